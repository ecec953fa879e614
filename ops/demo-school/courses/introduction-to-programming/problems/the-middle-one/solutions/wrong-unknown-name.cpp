#include <iostream>
using namespace std;

int main() {
    int a, b, c;
    cin >> a >> b >> c;

    if ((b <= a && a <= c) || (c <= a && a <= b)) {
        middle = a;
    } else if ((a <= b && b <= c) || (c <= b && b <= a)) {
        middle = b;
    } else {
        middle = c;
    }
    cout << middle << endl;
    return 0;
}
