#include <cctype>
#include <iostream>
#include <string>
using namespace std;

int main() {
    string phrase;
    getline(cin, phrase);

    // Write your code here: keep the letters, compare, and print the answer.

    return 0;
}
