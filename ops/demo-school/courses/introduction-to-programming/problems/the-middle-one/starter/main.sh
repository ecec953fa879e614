read -r a b c

# Write your code here: find the middle one and print it.
