n = int(input())

size = 2
while n % size != 0:
    size = size + 1
print(size)
