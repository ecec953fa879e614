songs = [input(), input(), input()]
songs.sort(reverse=True)

print("1. " + songs[0])
print("2. " + songs[1])
print("3. " + songs[2])
