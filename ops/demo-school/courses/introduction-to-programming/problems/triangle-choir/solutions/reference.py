n = int(input())

low = 0
high = 2_000_000_000
while low < high:
    middle = (low + high + 1) // 2
    if middle * (middle + 1) // 2 <= n:
        low = middle
    else:
        high = middle - 1

print(low, n - low * (low + 1) // 2)
