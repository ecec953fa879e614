#include <iostream>
#include <string>
using namespace std;

char moveLetter(char letter, int k) {
    if (letter >= 'a' && letter <= 'z') {
        return (char)('a' + (letter - 'a' + k) % 26);
    }
    if (letter >= 'A' && letter <= 'Z') {
        return (char)('A' + (letter - 'A' + k) % 26);
    }
    return letter;
}

int main() {
    int k;
    string note;
    cin >> k >> ws;
    getline(cin, note);

    for (char character : note) {
        cout << moveLetter(character, k);
    }
    cout << endl;
    return 0;
}
