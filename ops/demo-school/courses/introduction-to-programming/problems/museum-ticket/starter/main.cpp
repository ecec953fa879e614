#include <iostream>
#include <string>
using namespace std;

int main() {
    int age;
    string day;
    cin >> age >> day;

    // Write your code here: work out the price and print it.

    return 0;
}
