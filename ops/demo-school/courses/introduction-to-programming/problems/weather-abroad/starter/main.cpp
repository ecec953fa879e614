#include <iomanip>
#include <iostream>
using namespace std;

int main() {
    int celsius;
    cin >> celsius;
    cout << fixed << setprecision(1);

    // Write your code here: print the temperature in Fahrenheit with one decimal.

    return 0;
}
