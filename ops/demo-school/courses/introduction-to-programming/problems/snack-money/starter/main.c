#include <stdio.h>

int main(void) {
    int coins, price;
    scanf("%d %d", &coins, &price);

    // Write your code here: print the number of rolls, then the coins that are left.

    return 0;
}
