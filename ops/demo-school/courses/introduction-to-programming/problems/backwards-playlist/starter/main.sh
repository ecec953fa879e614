IFS= read -r first
IFS= read -r second
IFS= read -r third

# Write your code here: print the three songs in the opposite order.
