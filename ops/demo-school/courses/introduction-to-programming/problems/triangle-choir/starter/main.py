n = int(input())

# Write your code here: find the full rows and the singers on the balcony.
