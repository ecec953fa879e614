#include <iostream>
using namespace std;

int main() {
    int start, step;
    cin >> start >> step;

    // Write your code here: count down, then print the last line.

    return 0;
}
