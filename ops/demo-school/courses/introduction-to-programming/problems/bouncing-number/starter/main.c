#include <stdio.h>

int main(void) {
    long long number;
    scanf("%lld", &number);

    // Write your code here: let the number bounce, then print the steps and the height.

    return 0;
}
