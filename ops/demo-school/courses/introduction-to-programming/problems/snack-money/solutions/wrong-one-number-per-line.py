coins = int(input())
price = int(input())

print(coins // price)
print(coins % price)
