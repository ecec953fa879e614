#include <iostream>
using namespace std;

int main() {
    long long n;
    cin >> n;

    long long low = 0;
    long long high = 2000000000;
    while (low < high) {
        long long middle = (low + high + 1) / 2;
        if (middle * (middle + 1) / 2 <= n) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    cout << low << " " << n - low * (low + 1) / 2 << endl;
    return 0;
}
