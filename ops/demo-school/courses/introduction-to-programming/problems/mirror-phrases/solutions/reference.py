phrase = input()

letters = ""
for character in phrase.lower():
    if character.isalpha():
        letters = letters + character

if letters == letters[::-1]:
    print("mirror")
else:
    print("no mirror")
