/*
 * judge-init: process 1 of a sandbox. It starts one program under resource limits, reaps everything that the
 * program leaves behind, and reports exact usage to the engine over a close-on-exec control socket.
 *
 *   judge-init FD key=value... -- PROGRAM ARGS...
 *
 * Keys: nproc fsize stack nofile data (rlimits; bytes or counts, absent = untouched), uid gid (drop to, absent = stay),
 *       keep=FD (the one descriptor besides 0, 1, 2 that the program inherits),
 *       filter=FD (a seccomp filter for the program), answers=1 (process 1 answers the calls that the filter asks about),
 *       pipes=N (how many the program may have at once, where the filter asks about them),
 *       watch=1 with cpu_us mem_kb inodes (enforced here by polling, for hosts without control groups).
 * Protocol: the engine writes 'g' to start and may write 'k' to end the run; the helper answers with one line
 *   exit=N signal=N wall_us=N cpu_us=N rss_kb=N reason=none|cpu|memory|disk|killed
 * Before it kills what it ends, it sends JUDGE_FLUSH_SIGNAL, at which judge-flush writes what a program holds back.
 */
#define _GNU_SOURCE
#include "futex.h"
#include "guard.h"
#include "watch.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_MS 10
/* A program gets its turn at once, save on a machine with too much to do. */
#define FLUSH_US 500000LL

static struct {
  int control, watch;
  long long nproc, fsize, stack, nofile, data, cpu_us, mem_kb, inodes, uid, gid, keep, filter, answers, pipes;
} opt = {.nproc = -1, .fsize = -1, .stack = -1, .nofile = -1, .data = -1, .uid = -1, .gid = -1};

static const struct { const char *key; long long *slot; } NUMBERS[] = {
    {"nproc", &opt.nproc}, {"fsize", &opt.fsize},   {"stack", &opt.stack},   {"nofile", &opt.nofile},
    {"data", &opt.data},   {"cpu_us", &opt.cpu_us}, {"mem_kb", &opt.mem_kb}, {"inodes", &opt.inodes},
    {"uid", &opt.uid},     {"gid", &opt.gid},       {"keep", &opt.keep},     {"filter", &opt.filter},
    {"answers", &opt.answers}, {"pipes", &opt.pipes},
};

static long long now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
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
    /* The descriptors are those of process 1, too, until exec: only the number has to go there. */
    if (opt.answers && write(channel, &listener, sizeof listener) != sizeof listener) _exit(126);
  }
  execv(program[0], program);
  dprintf(2, "%s: %s\n", program[0], strerror(errno));
  _exit(127);
}

/* The program's process tells it before it starts the program, or ends. */
static int receive_listener(int channel, int events) {
  struct pollfd either[2] = {{channel, POLLIN, 0}, {events, POLLIN, 0}};
  int listener = -1;
  while (poll(either, 2, -1) < 0 && errno == EINTR) {}
  if (either[0].revents && read(channel, &listener, sizeof listener) != sizeof listener) listener = -1;
  return listener;
}

/* Ends what takes the signal, and waits for it no longer than FLUSH_US. */
static void let_flush(int events, int listener) {
  kill(-1, JUDGE_FLUSH_SIGNAL);
  for (long long end = now_us() + FLUSH_US, left; (left = end - now_us()) > 0;) {
    struct pollfd watched[2] = {{events, POLLIN, 0}, {listener, POLLIN, 0}};
    poll(watched, 2, left / 1000 < POLL_MS ? left / 1000 + 1 : POLL_MS);
    if (watched[1].revents & POLLIN) guard_calls_answer(listener, opt.pipes);
    else if (watched[1].revents) listener = -1;
    struct signalfd_siginfo drained;
    while (read(events, &drained, sizeof drained) == sizeof drained) {}
    pid_t p;
    while ((p = waitpid(-1, NULL, WNOHANG)) > 0) {}
    /* Who blocks the signal may not use the time to take more. */
    if (p < 0 || (opt.watch && watch_once(0, opt.mem_kb + opt.mem_kb / 4, 0))) return;
  }
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
  pid_t main_pid = syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  if (main_pid < 0) return 125;
  if (main_pid == 0) start_program(program, rules, channel[1]);
  int listener = opt.answers ? receive_listener(channel[0], events) : -1;

  const char *reason = NULL;
  int status = 0, ended = 0;
  long long looked = 0;
  while (!ended && !reason) {
    struct pollfd watched[3] = {{events, POLLIN, 0}, {opt.control, POLLIN, 0}, {listener, POLLIN, 0}};
    long long pause = futex_pause_ns();
    if (opt.watch && (pause < 0 || pause > POLL_MS * 1000000LL)) pause = POLL_MS * 1000000LL;
    ppoll(watched, 3, pause < 0 ? NULL : &(struct timespec){pause / 1000000000, pause % 1000000000}, NULL);
    if (watched[0].revents) {
      struct signalfd_siginfo drained;
      while (read(events, &drained, sizeof drained) == sizeof drained) {}
    }
    if (watched[1].revents) {
      if (read(opt.control, &order, 1) != 1) return 125;
      reason = "killed";
    }
    if (watched[2].revents & POLLIN) guard_calls_answer(listener, opt.pipes);
    else if (watched[2].revents) listener = -1;
    futex_look(listener);
    int s;
    for (pid_t p; (p = waitpid(-1, &s, WNOHANG)) > 0;)
      if (p == main_pid) ended = 1, status = s;
    if (!ended && opt.watch && !reason && now_us() - looked >= POLL_MS * 1000 / 2) {
      reason = watch_once(opt.cpu_us, opt.mem_kb, opt.inodes);
      looked = now_us();
    }
  }
  long long wall = now_us() - began;
  if (reason) let_flush(events, listener);
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
