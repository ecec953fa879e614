#include <cmath>
#include <iostream>
using namespace std;

int main() {
    double coins, price;
    cin >> coins >> price;

    long long rolls = llround(coins / price);
    long long left = (long long)coins - rolls * (long long)price;
    cout << rolls << endl;
    cout << left << endl;
    return 0;
}
