#include <iostream>
using namespace std;

int main() {
    int start, step;
    cin >> start >> step;

    for (int number = start; number > 0; number -= step) {
        cout << number << endl;
    }
    cout << "Lift-off!" << endl;
    return 0;
}
