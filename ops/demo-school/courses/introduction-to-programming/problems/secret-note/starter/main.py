def move(letter, k):
    # Write your code here: return the letter k places further on.
    return letter


k = int(input())
note = input()

result = ""
for character in note:
    result = result + move(character, k)
print(result)
