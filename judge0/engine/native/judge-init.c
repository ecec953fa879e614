/*
 * judge-init: process 1 of a sandbox. It starts one program under resource limits, reaps everything that the
 * program leaves behind, and reports exact usage to the engine over a close-on-exec control socket.
 *
 *   judge-init FD key=value... -- PROGRAM ARGS...
 *
 * Keys: nproc fsize stack nofile data (rlimits; bytes or counts, absent = untouched), uid gid (drop to, absent = stay),
 *       keep=FD (the one descriptor besides 0, 1, 2 that the program inherits),
 *       filter=FD (a seccomp filter for the program), answers=1 (process 1 answers the calls that the filter asks about),
 *       watch=1 with cpu_us mem_kb inodes (enforced here by polling, for hosts without control groups).
 * Protocol: the engine writes 'g' to start and may write 'k' to end the run; the helper answers with one line
 *   exit=N signal=N wall_us=N cpu_us=N rss_kb=N reason=none|cpu|memory|disk|killed
 */
#define _GNU_SOURCE
#include "guard.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_MS 10
#define SEEN_MAX 4096

static struct {
  int control, watch;
  long long nproc, fsize, stack, nofile, data, cpu_us, mem_kb, inodes, uid, gid, keep, filter, answers;
} opt = {.nproc = -1, .fsize = -1, .stack = -1, .nofile = -1, .data = -1, .uid = -1, .gid = -1};

static const struct { const char *key; long long *slot; } NUMBERS[] = {
    {"nproc", &opt.nproc}, {"fsize", &opt.fsize},   {"stack", &opt.stack},   {"nofile", &opt.nofile},
    {"data", &opt.data},   {"cpu_us", &opt.cpu_us}, {"mem_kb", &opt.mem_kb}, {"inodes", &opt.inodes},
    {"uid", &opt.uid},     {"gid", &opt.gid},       {"keep", &opt.keep},     {"filter", &opt.filter},
    {"answers", &opt.answers},
};

static long long now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long reaped_cpu_us(void) {
  struct rusage u;
  getrusage(RUSAGE_CHILDREN, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000LL + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static void limit(int what, long long value) {
  if (value < 0) return;
  struct rlimit l = {(rlim_t)value, (rlim_t)value};
  if (setrlimit(what, &l) != 0) _exit(126);
}

/* The engine itself may have been started with descriptors that are none of the program's business. */
static void hide_descriptors(void) {
  DIR *d = opendir("/proc/self/fd");
  if (!d) _exit(126);
  for (struct dirent *e; (e = readdir(d));) {
    int fd = atoi(e->d_name);
    if (fd > 2 && fd != opt.keep) fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  closedir(d);
}

static void parse(int argc, char **argv, char ***program) {
  if (argc < 4) exit(125);
  opt.control = atoi(argv[1]);
  int i = 2;
  for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
    char *eq = strchr(argv[i], '=');
    if (!eq) exit(125);
    *eq = 0;
    if (strcmp(argv[i], "watch") == 0) opt.watch = atoi(eq + 1);
    for (size_t k = 0; k < sizeof NUMBERS / sizeof *NUMBERS; k++)
      if (strcmp(argv[i], NUMBERS[k].key) == 0) *NUMBERS[k].slot = atoll(eq + 1);
  }
  if (i + 1 >= argc) exit(125);
  *program = argv + i + 1;
}

static void start_program(char **program, int rules, int channel) {
  /* A process that may not be dumped may not write its own oom_score_adj either. */
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  /* The out-of-memory killer must prefer the learner's processes to this one. */
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd >= 0) {
    if (write(fd, "1000", 4) < 0) { /* a read-only /proc: only the preference is lost */ }
    close(fd);
  }
  hide_descriptors();
  setsid();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_MEMLOCK, 65536);
  limit(RLIMIT_MSGQUEUE, 0);
  limit(RLIMIT_SIGPENDING, 1024);
  limit(RLIMIT_STACK, opt.stack);
  limit(RLIMIT_NOFILE, opt.nofile);
  limit(RLIMIT_DATA, opt.data);
  if (opt.gid >= 0 && (setgroups(0, NULL) != 0 || setresgid(opt.gid, opt.gid, opt.gid) != 0)) _exit(126);
  if (opt.uid >= 0 && setresuid(opt.uid, opt.uid, opt.uid) != 0) _exit(126);
  limit(RLIMIT_NPROC, opt.nproc);
  limit(RLIMIT_FSIZE, opt.fsize);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(126);
  guard_files_enter(rules);
  if (opt.filter > 0) {
    int listener = guard_calls_enter(opt.filter, opt.answers);
    if (opt.answers) guard_send(channel, listener);
  }
  execv(program[0], program);
  dprintf(2, "%s: %s\n", program[0], strerror(errno));
  _exit(127);
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

static long long peak_kb;

/* One look at everything in the pid namespace: the reason to end the run, or NULL. */
static const char *watch_once(void) {
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
  if (rss + other_kb > opt.mem_kb) {
    rss = 0;
    for (int i = 0; i < count; i++) rss += pss_kb(pids[i]);
  }
  if (rss + other_kb > peak_kb) peak_kb = rss + other_kb;
  for (int i = 0; i < seen_count; i++) seen_ticks += seen[i].ticks;
  long long cpu = reaped_cpu_us() + live_ticks * 1000000 / ticks_per_s, sampled = seen_ticks * 1000000 / ticks_per_s;
  if (opt.cpu_us > 0 && (cpu > sampled ? cpu : sampled) > opt.cpu_us) return "cpu";
  if (opt.mem_kb > 0 && rss + other_kb > opt.mem_kb) return "memory";
  if (opt.inodes > 0 && inodes > opt.inodes) return "disk";
  return NULL;
}

int main(int argc, char **argv) {
  char **program, order;
  if (argc == 2 && strcmp(argv[1], "probe") == 0) return guard_probe();
  parse(argc, argv, &program);
  fcntl(opt.control, F_SETFD, FD_CLOEXEC);
  if (opt.filter > 0) fcntl(opt.filter, F_SETFD, FD_CLOEXEC);
  /* /proc/1 must not be open to the program: neither its memory nor its control socket. */
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  sigset_t child_ended;
  sigemptyset(&child_ended);
  sigaddset(&child_ended, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_ended, NULL);
  int events = signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK);
  guard_close_view();
  int rules = guard_files_prepare(opt.keep), channel[2] = {-1, -1};
  if (opt.answers && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) return 125;
  if (read(opt.control, &order, 1) != 1 || order != 'g') return 125;

  long long began = now_us();
  pid_t main_pid = fork();
  if (main_pid < 0) return 125;
  if (main_pid == 0) start_program(program, rules, channel[1]);
  close(channel[1]);
  int listener = opt.answers ? guard_receive(channel[0]) : -1;

  const char *reason = NULL;
  int status = 0, ended = 0;
  while (!ended && !reason) {
    struct pollfd watched[3] = {{events, POLLIN, 0}, {opt.control, POLLIN, 0}, {listener, POLLIN, 0}};
    poll(watched, 3, opt.watch ? POLL_MS : -1);
    if (watched[0].revents) {
      struct signalfd_siginfo drained;
      while (read(events, &drained, sizeof drained) == sizeof drained) {}
    }
    if (watched[1].revents) {
      if (read(opt.control, &order, 1) != 1) return 125;
      reason = "killed";
    }
    if (watched[2].revents & POLLIN) guard_calls_answer(listener);
    else if (watched[2].revents) listener = -1;
    int s;
    for (pid_t p; (p = waitpid(-1, &s, WNOHANG)) > 0;)
      if (p == main_pid) ended = 1, status = s;
    if (!ended && opt.watch && !reason) reason = watch_once();
  }
  long long wall = now_us() - began;
  for (;;) {
    kill(-1, SIGKILL);
    int s;
    pid_t p = waitpid(-1, &s, 0);
    if (p < 0 && errno == ECHILD) break;
  }
  struct rusage u;
  getrusage(RUSAGE_CHILDREN, &u);
  if (u.ru_maxrss > peak_kb) peak_kb = u.ru_maxrss;
  dprintf(opt.control, "exit=%d signal=%d wall_us=%lld cpu_us=%lld rss_kb=%lld reason=%s\n",
          ended && WIFEXITED(status) ? WEXITSTATUS(status) : 0, ended && WIFSIGNALED(status) ? WTERMSIG(status) : 0,
          wall, reaped_cpu_us(), peak_kb, reason ? reason : "none");
  return 0;
}
