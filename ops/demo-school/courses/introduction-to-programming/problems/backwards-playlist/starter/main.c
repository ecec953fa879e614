#include <stdio.h>
#include <string.h>

int main(void) {
    char first[100], second[100], third[100];
    fgets(first, sizeof first, stdin);
    fgets(second, sizeof second, stdin);
    fgets(third, sizeof third, stdin);
    first[strcspn(first, "\r\n")] = '\0';
    second[strcspn(second, "\r\n")] = '\0';
    third[strcspn(third, "\r\n")] = '\0';

    // Write your code here: print the three songs in the opposite order.

    return 0;
}
