#include <algorithm>
#include <iostream>
using namespace std;

int main() {
    long long number;
    cin >> number;

    int steps = 0;
    long long highest = number;
    while (number != 1) {
        if (number % 2 == 0) {
            number = number / 2;
        } else {
            number = 3 * number + 1;
        }
        steps++;
        highest = max(highest, number);
    }
    cout << steps << endl;
    cout << highest << endl;
    return 0;
}
