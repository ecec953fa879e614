def move(letter, k):
    if "a" <= letter <= "z":
        first = ord("a")
    elif "A" <= letter <= "Z":
        first = ord("A")
    else:
        return letter
    place = (ord(letter) - first + k) % 26
    return chr(first + place)


k = int(input())
note = input()

result = ""
for character in note:
    result = result + move(character, k)
print(result)
