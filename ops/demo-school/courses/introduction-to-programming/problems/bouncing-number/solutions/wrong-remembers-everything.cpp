#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

int main() {
    long long number;
    cin >> number;

    vector<long long> way;
    way.push_back(number);
    while (number != 0) {
        if (number % 2 == 0) {
            number = number / 2;
        } else {
            number = 3 * number + 1;
        }
        way.push_back(number);
    }
    cout << way.size() - 1 << endl;
    cout << *max_element(way.begin(), way.end()) << endl;
    return 0;
}
