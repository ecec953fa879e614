#include <cctype>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string phrase;
    getline(cin, phrase);

    string letters;
    for (char character : phrase) {
        if (isalpha((unsigned char)character)) {
            letters += (char)tolower((unsigned char)character);
        }
    }

    if (letters.empty() || letters[0] == letters[letters.size() - 1]) {
        cout << "mirror" << endl;
    } else {
        cout << "no mirror" << endl;
    }
    return 0;
}
