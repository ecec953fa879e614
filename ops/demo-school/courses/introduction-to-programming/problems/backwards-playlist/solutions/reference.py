first = input()
second = input()
third = input()

print("1. " + third)
print("2. " + second)
print("3. " + first)
