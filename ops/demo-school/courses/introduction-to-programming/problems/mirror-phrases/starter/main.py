phrase = input()

# Write your code here: keep the letters, compare, and print the answer.
