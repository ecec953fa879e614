singers = int(input())

rows = 0
while singers > rows:
    rows = rows + 1
    singers = singers - rows

print(rows, singers)
