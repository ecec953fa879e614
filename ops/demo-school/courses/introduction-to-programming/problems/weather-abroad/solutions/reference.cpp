#include <iomanip>
#include <iostream>
using namespace std;

int main() {
    int celsius;
    cin >> celsius;
    double fahrenheit = celsius * 9.0 / 5.0 + 32.0;

    cout << fixed << setprecision(1) << fahrenheit << endl;
    return 0;
}
