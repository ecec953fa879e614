#include <iostream>
using namespace std;

long long smallestTeam(long long n) {
    for (long long size = 2; size * size <= n; size++) {
        if (n % size == 0) {
            return size;
        }
    }
    return n;
}

int main() {
    long long n;
    cin >> n;
    cout << smallestTeam(n) << endl;
    return 0;
}
