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

    string backwards(letters.rbegin(), letters.rend());
    cout << (letters == backwards ? "mirror" : "no mirror") << endl;
    return 0;
}
