#include <iostream>
using namespace std;

int main() {
    long long n;
    cin >> n;

    // Write your code here: find the full rows and the singers on the balcony.

    return 0;
}
