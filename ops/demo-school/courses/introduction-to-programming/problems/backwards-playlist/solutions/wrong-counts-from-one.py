songs = [input(), input(), input()]

print("1. " + songs[3])
print("2. " + songs[2])
print("3. " + songs[1])
