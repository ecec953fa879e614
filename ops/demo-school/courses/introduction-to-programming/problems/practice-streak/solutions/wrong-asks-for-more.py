n, g = map(int, input().split())
minutes = list(map(int, input().split()))

longest = 0
streak = 0
for today in minutes:
    if today > g:
        streak = streak + 1
    else:
        streak = 0
    longest = max(longest, streak)

print(longest)
