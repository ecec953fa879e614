/* Futexes that processes share, kept in process 1. */
#ifndef FUTEX_H
#define FUTEX_H
#include <linux/seccomp.h>

/* Takes a futex call; the reply comes at once or when its time has come. */
void futex_call(int listener, const struct seccomp_notif *call);
/* Looks at all that wait, as the kernel wakes the waiters of a thread that ended by a changed value only. */
void futex_look(int listener);
/* How many ns until the next look, -1 when nobody waits. */
long long futex_pause_ns(void);

#endif
