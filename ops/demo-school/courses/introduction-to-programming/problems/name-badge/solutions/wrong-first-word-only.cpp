#include <iostream>
#include <string>
using namespace std;

int main() {
    string name, club;
    cin >> name >> club;

    cout << "Hello, " << name << "!" << endl;
    cout << "Welcome to the " << club << " club." << endl;
    return 0;
}
