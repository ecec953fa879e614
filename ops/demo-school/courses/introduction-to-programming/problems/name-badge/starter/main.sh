IFS= read -r name
IFS= read -r club

# Write your code here: print the two lines of the badge.
