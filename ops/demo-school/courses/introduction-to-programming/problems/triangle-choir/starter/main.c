#include <stdio.h>

int main(void) {
    long long n;
    scanf("%lld", &n);

    // Write your code here: find the full rows and the singers on the balcony.

    return 0;
}
