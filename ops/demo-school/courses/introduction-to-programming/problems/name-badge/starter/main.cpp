#include <iostream>
#include <string>
using namespace std;

int main() {
    string name, club;
    getline(cin, name);
    getline(cin, club);

    // Write your code here: print the two lines of the badge.

    return 0;
}
