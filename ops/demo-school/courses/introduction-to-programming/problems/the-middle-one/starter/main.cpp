#include <iostream>
using namespace std;

int main() {
    int a, b, c;
    cin >> a >> b >> c;

    // Write your code here: find the middle one and print it.

    return 0;
}
