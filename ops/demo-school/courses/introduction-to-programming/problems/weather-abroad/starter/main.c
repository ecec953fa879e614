#include <stdio.h>

int main(void) {
    int celsius;
    scanf("%d", &celsius);

    // Write your code here: print the temperature in Fahrenheit with one decimal.

    return 0;
}
