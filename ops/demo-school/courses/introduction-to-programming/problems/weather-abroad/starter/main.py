celsius = int(input())

# Write your code here: print the temperature in Fahrenheit with one decimal.
