def move(letter, k):
    if letter.isalpha():
        return chr(ord(letter) + k % 26)
    return letter


k = int(input())
note = input()

result = ""
for sign in note:
    result = result + move(sign, k)
print(result)
