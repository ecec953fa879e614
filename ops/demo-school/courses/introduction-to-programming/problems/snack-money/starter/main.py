coins, price = map(int, input().split())

# Write your code here: print the number of rolls, then the coins that are left.
