#define _GNU_SOURCE
#include "watch.h"
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/statfs.h>
#include <unistd.h>

#define SEEN_MAX 4096

long long reaped_cpu_us(void) {
  struct rusage u;
  getrusage(RUSAGE_CHILDREN, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000LL + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static long long read_number(const char *path, int field) {
  char text[512];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  if (n <= 0) return 0;
  text[n] = 0;
  char *p = strrchr(text, ')');
  p = p ? p + 1 : text;
  for (char *word = strtok(p, " "); word; word = strtok(NULL, " "))
    if (field-- == 0) return atoll(word);
  return 0;
}

/* CPU of processes whose children ignore SIGCHLD never reaches RUSAGE_CHILDREN, so each pid's last sight is kept. */
static struct { int pid; long long start, ticks; } seen[SEEN_MAX];
static int seen_count;
static long long forgotten_ticks;

static void remember(int pid, long long start, long long ticks) {
  int spot = -1;
  for (int i = 0; i < seen_count; i++)
    if (seen[i].pid == pid) spot = i;
  if (spot >= 0 && seen[spot].start != start) {
    forgotten_ticks += seen[spot].ticks;
  } else if (spot < 0) {
    if (seen_count == SEEN_MAX) {
      forgotten_ticks += seen[0].ticks;
      memmove(seen, seen + 1, sizeof seen[0] * --seen_count);
    }
    spot = seen_count++;
  }
  seen[spot].pid = pid;
  seen[spot].start = start;
  seen[spot].ticks = ticks;
}

static long long pss_kb(int pid) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
  FILE *f = fopen(path, "re");
  if (!f) return 0;
  long long kb = 0;
  while (fgets(line, sizeof line, f))
    if (sscanf(line, "Pss: %lld", &kb) == 1) break;
  fclose(f);
  return kb;
}

static void tmpfs_usage(long long *kb, long long *inodes) {
  static const char *const MOUNTS[] = {"/box", "/tmp", "/dev/shm"};
  *kb = *inodes = 0;
  for (int i = 0; i < 3; i++) {
    struct statfs s;
    if (statfs(MOUNTS[i], &s) != 0 || s.f_type != 0x01021994) continue;
    *kb += (long long)(s.f_blocks - s.f_bfree) * s.f_bsize / 1024;
    *inodes += s.f_files - s.f_ffree;
  }
}

static long long sysv_shm_kb(void) {
  struct shm_info info;
  if (shmctl(0, SHM_INFO, (struct shmid_ds *)&info) < 0) return 0;
  return (long long)info.shm_rss * sysconf(_SC_PAGESIZE) / 1024;
}

long long peak_kb;

const char *watch_once(long long cpu_us, long long mem_kb, long long inodes_max) {
  long long page_kb = sysconf(_SC_PAGESIZE) / 1024, ticks_per_s = sysconf(_SC_CLK_TCK);
  long long rss = 0, live_ticks = 0, disk_kb, inodes;
  int pids[1024], count = 0;
  char path[64];
  DIR *d = opendir("/proc");
  if (!d) return NULL;
  for (struct dirent *e; (e = readdir(d));) {
    int pid = isdigit((unsigned char)e->d_name[0]) ? atoi(e->d_name) : 0;
    if (pid <= 1 || count == 1024) continue;
    pids[count++] = pid;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    long long own = read_number(path, 11) + read_number(path, 12);
    remember(pid, read_number(path, 19), own);
    live_ticks += own + read_number(path, 13) + read_number(path, 14);
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    rss += read_number(path, 1) * page_kb;
  }
  closedir(d);
  tmpfs_usage(&disk_kb, &inodes);
  long long other_kb = disk_kb + sysv_shm_kb(), seen_ticks = forgotten_ticks;
  if (rss + other_kb > mem_kb) {
    rss = 0;
    for (int i = 0; i < count; i++) rss += pss_kb(pids[i]);
  }
  if (rss + other_kb > peak_kb) peak_kb = rss + other_kb;
  for (int i = 0; i < seen_count; i++) seen_ticks += seen[i].ticks;
  long long cpu = reaped_cpu_us() + live_ticks * 1000000 / ticks_per_s, sampled = seen_ticks * 1000000 / ticks_per_s;
  if (cpu_us > 0 && (cpu > sampled ? cpu : sampled) > cpu_us) return "cpu";
  if (mem_kb > 0 && rss + other_kb > mem_kb) return "memory";
  if (inodes_max > 0 && inodes > inodes_max) return "disk";
  return NULL;
}
