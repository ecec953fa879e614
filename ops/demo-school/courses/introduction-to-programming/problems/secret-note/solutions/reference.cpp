#include <iostream>
#include <string>
using namespace std;

char moveLetter(char letter, int k) {
    char first;
    if (letter >= 'a' && letter <= 'z') {
        first = 'a';
    } else if (letter >= 'A' && letter <= 'Z') {
        first = 'A';
    } else {
        return letter;
    }
    int place = (letter - first + k) % 26;
    if (place < 0) {
        place += 26;
    }
    return (char)(first + place);
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
