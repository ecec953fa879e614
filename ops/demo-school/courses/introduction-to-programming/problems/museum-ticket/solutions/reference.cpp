#include <iostream>
#include <string>
using namespace std;

int main() {
    int age;
    string day;
    cin >> age >> day;

    int price;
    if (age < 6) {
        price = 0;
    } else if (age < 18) {
        price = 4;
    } else if (age < 65) {
        price = 9;
    } else {
        price = 5;
    }

    if (day == "Sunday" && price > 0) {
        price = price - 2;
    }
    cout << price << endl;
    return 0;
}
