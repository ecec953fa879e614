#include <iostream>
#include <string>
using namespace std;

char moveLetter(char letter, int k) {
    // Write your code here: return the letter k places further on.
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
