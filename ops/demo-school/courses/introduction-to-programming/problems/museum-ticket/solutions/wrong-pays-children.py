age = int(input())
day = input()

if age < 6:
    price = 0
elif age < 18:
    price = 4
elif age < 65:
    price = 9
else:
    price = 5

if day == "Sunday":
    price = price - 2

print(price)
