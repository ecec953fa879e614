#include <stdio.h>

int main(void) {
    long long n;
    scanf("%lld", &n);

    // Write your code here: find the smallest team size and print it.

    return 0;
}
