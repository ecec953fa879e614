#include <iostream>
#include <string>
using namespace std;

int main() {
    string first, second, third;
    getline(cin, first);
    getline(cin, second);
    getline(cin, third);

    cout << "1. " << third << endl;
    cout << "2. " << second << endl;
    cout << "3. " << first << endl;
    return 0;
}
