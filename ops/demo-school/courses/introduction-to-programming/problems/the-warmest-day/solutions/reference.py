n = int(input())
temperatures = list(map(int, input().split()))

best = 0
for i in range(1, n):
    if temperatures[i] > temperatures[best]:
        best = i

print(temperatures[best], best + 1)
