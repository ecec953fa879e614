number = int(input())

# Write your code here: let the number bounce, then print the steps and the height.
