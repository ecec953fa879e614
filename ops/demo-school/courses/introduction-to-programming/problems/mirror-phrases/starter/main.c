#include <ctype.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    char phrase[300];
    fgets(phrase, sizeof phrase, stdin);
    phrase[strcspn(phrase, "\r\n")] = '\0';

    // Write your code here: keep the letters, compare, and print the answer.

    return 0;
}
