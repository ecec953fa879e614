phrase = input()

letters = ""
for sign in phrase:
    if sign.isalpha():
        letters = letters + sign

if letters == letters[::-1]:
    print("mirror")
else:
    print("no mirror")
