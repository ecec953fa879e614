/* What keeps a program from seeing state of the machine that other boxes can change. */
#ifndef GUARD_H
#define GUARD_H

/* Mounts a /proc of processes only, makes devices read-only, then gives every capability up for ever. */
void guard_close_view(void);

/* A Landlock rule set for every file but those of /proc; -1 where the kernel has none that is good enough. */
int guard_files_prepare(int keep);
void guard_files_enter(int rules);

/* Installs the seccomp filter that lies in fd; with `answered`, returns the descriptor from which calls are answered. */
int guard_calls_enter(int fd, int answered);
/* Answers one call of a program, which may have so many pipes; `listener` must be readable. */
void guard_calls_answer(int listener, int pipes);

/* "landlock=N answers=N": what this kernel can do. */
int guard_probe(void);

#endif
