#include <iostream>
using namespace std;

int main() {
    int n;
    cin >> n;

    for (long long size = 2; size * size <= n; size++) {
        if (n % size == 0) {
            cout << size << endl;
            return 0;
        }
    }
    cout << n << endl;
    return 0;
}
