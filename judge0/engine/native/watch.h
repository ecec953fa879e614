/* CPU, memory and files of everything in the box, for hosts without control groups. */
#ifndef WATCH_H
#define WATCH_H

/* CPU of all children that were waited for. */
long long reaped_cpu_us(void);
/* The highest memory seen, in kB. */
extern long long peak_kb;
/* One look at everything in the pid namespace: the reason to end the run, or NULL. A limit of 0 is none. */
const char *watch_once(long long cpu_us, long long mem_kb, long long inodes_max);

#endif
