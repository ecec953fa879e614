#include <iostream>
#include <vector>
using namespace std;

int main() {
    int n, g;
    cin >> n >> g;
    vector<int> minutes(n);
    for (int i = 0; i < n; i++) {
        cin >> minutes[i];
    }

    // Write your code here: find the longest streak and print its length.

    return 0;
}
