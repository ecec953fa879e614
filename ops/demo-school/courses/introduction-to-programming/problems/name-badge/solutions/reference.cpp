#include <iostream>
#include <string>
using namespace std;

int main() {
    string name, club;
    getline(cin, name);
    getline(cin, club);

    cout << "Hello, " << name << "!" << endl;
    cout << "Welcome to the " << club << " club." << endl;
    return 0;
}
