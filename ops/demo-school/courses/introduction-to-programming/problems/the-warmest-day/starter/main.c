#include <stdio.h>

int main(void) {
    int n;
    int temperatures[100];
    scanf("%d", &n);
    for (int i = 0; i < n; i++) {
        scanf("%d", &temperatures[i]);
    }

    // Write your code here: find the highest temperature and its first day.

    return 0;
}
