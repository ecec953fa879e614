start, step = map(int, input().split())

# Write your code here: count down, then print the last line.
