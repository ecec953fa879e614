#include <iostream>
using namespace std;

int main() {
    int start, step;
    cin >> start >> step;

    int number = start;
    while (number > 0) {
        cout << number << "\n";
    }
    cout << "Lift-off!\n";
    return 0;
}
