#include <iostream>
using namespace std;

int main() {
    int n, g;
    cin >> n >> g;

    int good = 0;
    for (int i = 0; i < n; i++) {
        int today;
        cin >> today;
        if (today >= g) {
            good++;
        }
    }
    cout << good << endl;
    return 0;
}
