#include <stdio.h>
#include <string.h>

char move(char letter, int k) {
    // Write your code here: return the letter k places further on.
    return letter;
}

int main(void) {
    int k;
    char note[300];
    scanf("%d ", &k);
    fgets(note, sizeof note, stdin);
    note[strcspn(note, "\r\n")] = '\0';

    for (int i = 0; note[i] != '\0'; i++) {
        putchar(move(note[i], k));
    }
    putchar('\n');
    return 0;
}
