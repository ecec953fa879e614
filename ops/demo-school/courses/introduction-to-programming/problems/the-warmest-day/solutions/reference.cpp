#include <iostream>
#include <vector>
using namespace std;

int main() {
    int n;
    cin >> n;
    vector<int> temperatures(n);
    for (int i = 0; i < n; i++) {
        cin >> temperatures[i];
    }

    int best = 0;
    for (int i = 1; i < n; i++) {
        if (temperatures[i] > temperatures[best]) {
            best = i;
        }
    }
    cout << temperatures[best] << " " << best + 1 << endl;
    return 0;
}
