coins, price = map(int, input().split())

print(coins // price)
print(coins % price)
