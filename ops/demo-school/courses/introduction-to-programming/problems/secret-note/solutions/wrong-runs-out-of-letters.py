def move(letter, k):
    if letter.isalpha():
        return chr(ord(letter) + k % 26)
    return letter


k = int(input())
note = input()

result = ""
for character in note:
    result = result + move(character, k)
print(result)
