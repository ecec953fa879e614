#include <stdio.h>
#include <string.h>

int main(void) {
    char name[100];
    char club[100];
    fgets(name, sizeof name, stdin);
    fgets(club, sizeof club, stdin);
    name[strcspn(name, "\r\n")] = '\0';
    club[strcspn(club, "\r\n")] = '\0';

    // Write your code here: print the two lines of the badge.

    return 0;
}
