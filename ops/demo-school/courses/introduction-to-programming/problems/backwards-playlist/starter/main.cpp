#include <iostream>
#include <string>
using namespace std;

int main() {
    string first, second, third;
    getline(cin, first);
    getline(cin, second);
    getline(cin, third);

    // Write your code here: print the three songs in the opposite order.

    return 0;
}
