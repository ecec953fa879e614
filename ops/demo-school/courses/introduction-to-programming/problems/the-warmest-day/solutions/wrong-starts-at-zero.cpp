#include <iostream>
using namespace std;

int main() {
    int n;
    cin >> n;

    int highest = 0;
    int day = 0;
    for (int i = 1; i <= n; i++) {
        int temperature;
        cin >> temperature;
        if (temperature > highest) {
            highest = temperature;
            day = i;
        }
    }
    cout << highest << " " << day << endl;
    return 0;
}
