def smallest_team(n):
    if n % 2 == 0:
        return 2
    size = 3
    while size * size <= n:
        if n % size == 0:
            return size
        size = size + 2
    return n


print(smallest_team(int(input())))
