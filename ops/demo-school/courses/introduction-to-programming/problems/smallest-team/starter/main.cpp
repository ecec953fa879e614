#include <iostream>
using namespace std;

int main() {
    long long n;
    cin >> n;

    // Write your code here: find the smallest team size and print it.

    return 0;
}
