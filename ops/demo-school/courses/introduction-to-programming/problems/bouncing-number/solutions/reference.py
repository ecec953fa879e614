number = int(input())

steps = 0
highest = number
while number != 1:
    if number % 2 == 0:
        number = number // 2
    else:
        number = 3 * number + 1
    steps = steps + 1
    highest = max(highest, number)

print(steps)
print(highest)
