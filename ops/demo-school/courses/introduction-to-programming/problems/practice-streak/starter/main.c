#include <stdio.h>

int main(void) {
    int n, g;
    int minutes[200];
    scanf("%d %d", &n, &g);
    for (int i = 0; i < n; i++) {
        scanf("%d", &minutes[i]);
    }

    // Write your code here: find the longest streak and print its length.

    return 0;
}
