a, b, c = map(int, input().split())

# Write your code here: find the middle one and print it.
