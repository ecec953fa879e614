name = input()
club = input()

print("Hello, " + name + "!")
print("Welcome to the " + club + " club.")
