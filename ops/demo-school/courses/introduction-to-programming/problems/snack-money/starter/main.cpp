#include <iostream>
using namespace std;

int main() {
    int coins, price;
    cin >> coins >> price;

    // Write your code here: print the number of rolls, then the coins that are left.

    return 0;
}
