#include <stdio.h>

int main(void) {
    int a, b, c;
    scanf("%d %d %d", &a, &b, &c);

    // Write your code here: find the middle one and print it.

    return 0;
}
