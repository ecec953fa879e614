start, step = map(int, input().split())

number = start
while number > 0:
    print(number)
    number = number - step
print("Lift-off!")
