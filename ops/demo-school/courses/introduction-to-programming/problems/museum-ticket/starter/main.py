age = int(input())
day = input()

# Write your code here: work out the price and print it.
