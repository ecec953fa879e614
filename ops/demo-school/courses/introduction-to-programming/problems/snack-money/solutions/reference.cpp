#include <iostream>
using namespace std;

int main() {
    int coins, price;
    cin >> coins >> price;

    cout << coins / price << endl;
    cout << coins % price << endl;
    return 0;
}
