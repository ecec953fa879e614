read -r age
read -r day

# Write your code here: work out the price and print it.
