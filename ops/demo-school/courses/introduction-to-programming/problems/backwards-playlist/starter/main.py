first = input()
second = input()
third = input()

# Write your code here: print the three songs in the opposite order.
