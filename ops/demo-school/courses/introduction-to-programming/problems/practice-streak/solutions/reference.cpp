#include <algorithm>
#include <iostream>
using namespace std;

int main() {
    int n, g;
    cin >> n >> g;

    int longest = 0;
    int streak = 0;
    for (int i = 0; i < n; i++) {
        int today;
        cin >> today;
        if (today >= g) {
            streak++;
        } else {
            streak = 0;
        }
        longest = max(longest, streak);
    }
    cout << longest << endl;
    return 0;
}
