#include <iostream>
using namespace std;

int main() {
    long long number;
    cin >> number;

    // Write your code here: let the number bounce, then print the steps and the height.

    return 0;
}
