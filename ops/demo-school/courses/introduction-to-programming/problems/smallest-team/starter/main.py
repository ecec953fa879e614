n = int(input())

# Write your code here: find the smallest team size and print it.
