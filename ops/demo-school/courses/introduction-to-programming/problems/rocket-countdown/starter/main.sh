read -r start step

# Write your code here: count down, then print the last line.
