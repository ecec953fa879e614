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

    string backwards(letters.rbegin(), letters.rend());
    cout << (letters == backwards ? "mirror" : "no mirror") << endl;
    return 0;
}
