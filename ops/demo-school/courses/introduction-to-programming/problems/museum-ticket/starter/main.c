#include <stdio.h>
#include <string.h>

int main(void) {
    int age;
    char day[20];
    scanf("%d %19s", &age, day);
    int isSunday = strcmp(day, "Sunday") == 0;

    // Write your code here: work out the price and print it.

    return 0;
}
