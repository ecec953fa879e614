name = input()
club = input()

# Write your code here: print the two lines of the badge.
