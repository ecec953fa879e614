#include <stdio.h>

int main(void) {
    int start, step;
    scanf("%d %d", &start, &step);

    // Write your code here: count down, then print the last line.

    return 0;
}
