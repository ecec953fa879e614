#include <cmath>
#include <iostream>
using namespace std;

int main() {
    long long n;
    cin >> n;

    long long rows = (long long)((sqrt(8.0 * n + 1.0) - 1.0) / 2.0);
    cout << rows << " " << n - rows * (rows + 1) / 2 << endl;
    return 0;
}
