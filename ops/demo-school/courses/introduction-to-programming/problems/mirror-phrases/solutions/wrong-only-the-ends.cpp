#include <cctype>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string phrase;
    getline(cin, phrase);

    string letters;
    for (char sign : phrase) {
        if (isalpha((unsigned char)sign)) {
            letters += (char)tolower((unsigned char)sign);
        }
    }

    if (letters.empty() || letters[0] == letters[letters.size() - 1]) {
        cout << "mirror" << endl;
    } else {
        cout << "no mirror" << endl;
    }
    return 0;
}
