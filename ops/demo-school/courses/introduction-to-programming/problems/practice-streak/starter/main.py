n, g = map(int, input().split())
minutes = list(map(int, input().split()))

# Write your code here: find the longest streak and print its length.
