/*
 * guard: files, calls and mounts through which two boxes that run at the same time could reach each other.
 * The list of all such channels, and what closes each, is ops/docs/sandbox-channels.md.
 */
#define _GNU_SOURCE
#include "guard.h"
#include "futex.h"
#include "pipes.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

/* linux/landlock.h, which old systems lack. */
#define LANDLOCK_CREATE 444
#define LANDLOCK_ADD 445
#define LANDLOCK_RESTRICT 446
#define LL_WRITE_FILE (1ULL << 1)
#define LL_READ_FILE (1ULL << 2)
#define LL_REFER (1ULL << 13)
/* Before 2 every move between folders is refused. */
#define LANDLOCK_ABI_NEEDED 2

#define TMPFS 0x01021994
#ifdef SYS_pipe
#define PIPE SYS_pipe
#else
#define PIPE SYS_pipe2
#endif

static void fail(const char *what) {
  dprintf(2, "judge-init: %s: %s\n", what, strerror(errno));
  _exit(126);
}

/* A device can be written to on a read-only mount, but its times cannot be changed. */
static void close_devices(void) {
  static const char *const DEVICES[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  for (size_t i = 0; i < sizeof DEVICES / sizeof *DEVICES; i++) {
    struct stat s;
    if (stat(DEVICES[i], &s) != 0 || !S_ISCHR(s.st_mode)) continue;
    if (mount(NULL, DEVICES[i], NULL, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NOEXEC, NULL) != 0)
      fail(DEVICES[i]);
  }
}

void guard_close_view(void) {
  close_devices();
  /* Before Linux 5.8 the option is unknown; Landlock closes the same files where it exists. */
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "subset=pid");
  for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++) prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0}};
  if (syscall(SYS_capset, &head, none) != 0) fail("capset");
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("no_new_privs");
}

static void allow(int rules, int fd, unsigned long long access) {
  struct {
    unsigned long long access;
    int fd;
  } __attribute__((packed)) rule = {access, fd};
  /* Fails for pipes and the like, which need no rule. */
  syscall(LANDLOCK_ADD, rules, 1, &rule, 0);
}

int guard_files_prepare(int keep) {
  if (syscall(LANDLOCK_CREATE, NULL, 0, 1) < LANDLOCK_ABI_NEEDED) return -1;
  unsigned long long handled = LL_READ_FILE | LL_WRITE_FILE | LL_REFER;
  int rules = syscall(LANDLOCK_CREATE, &handled, sizeof handled, 0);
  DIR *root = rules < 0 ? NULL : opendir("/");
  if (!root) fail("landlock");
  for (struct dirent *e; (e = readdir(root));) {
    if (e->d_name[0] == '.' || strcmp(e->d_name, "proc") == 0) continue;
    struct stat s;
    int fd = openat(dirfd(root), e->d_name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &s) != 0) fail(e->d_name);
    if (!S_ISLNK(s.st_mode)) allow(rules, fd, S_ISDIR(s.st_mode) ? handled : LL_READ_FILE | LL_WRITE_FILE);
    close(fd);
  }
  closedir(root);
  /* So that /dev/stdin and its like, files without a name, can be opened again. */
  for (int fd = 0; fd < 3; fd++) allow(rules, fd, LL_READ_FILE | LL_WRITE_FILE);
  if (keep > 2) allow(rules, keep, LL_READ_FILE | LL_WRITE_FILE);
  return rules;
}

void guard_files_enter(int rules) {
  if (rules >= 0 && syscall(LANDLOCK_RESTRICT, rules, 0) != 0) fail("landlock");
}

int guard_calls_enter(int fd, int answered) {
  static struct sock_filter code[4096];
  ssize_t bytes = pread(fd, code, sizeof code, 0);
  if (bytes <= 0 || bytes == sizeof code) fail("filter");
  struct sock_fprog program = {bytes / sizeof *code, code};
  int result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, answered ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0, &program);
  if (result < 0) fail("seccomp");
  return result;
}

/*
 * Whether nobody but the asking thread, which waits for us, can put another file behind this number: the filter lets
 * no other process share its descriptors.
 */
static int is_alone(int pid) {
  char path[64], line[256];
  int threads = 0;
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  FILE *f = fopen(path, "re");
  while (f && fgets(line, sizeof line, f))
    if (sscanf(line, "Threads: %d", &threads) == 1) break;
  if (f) fclose(f);
  return threads == 1;
}

/* Files on the box's own file systems; all others have inodes that other boxes may open too. */
static int is_private(int pid, int fd) {
  static const char *const OWN[] = {"/box", "/tmp", "/dev/shm"};
  char path[64];
  struct stat file, own;
  snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
  if (stat(path, &file) != 0) return 0;
  for (int i = 0; i < 3; i++)
    if (stat(OWN[i], &own) == 0 && own.st_dev == file.st_dev) return 1;
  return 0;
}

/* Only what stays the same while the machine runs. */
static int tell_machine(int pid, unsigned long long address) {
  struct sysinfo now, told = {0};
  if (sysinfo(&now) != 0) return -errno;
  told.uptime = now.uptime;
  told.totalram = told.freeram = now.totalram;
  told.mem_unit = now.mem_unit;
  told.procs = 1;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -EPERM;
  ssize_t n = pwrite(fd, &told, sizeof told, address);
  close(fd);
  return n == sizeof told ? 0 : -EFAULT;
}

static int tell_space(int pid, unsigned long long address) {
  struct statfs told = {.f_type = TMPFS, .f_bsize = 4096, .f_frsize = 4096, .f_namelen = 255};
  told.f_blocks = told.f_bfree = told.f_bavail = 1 << 16;
  told.f_files = told.f_ffree = 1 << 16;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -EPERM;
  ssize_t n = pwrite(fd, &told, sizeof told, address);
  close(fd);
  return n == sizeof told ? 0 : -EFAULT;
}

void guard_calls_answer(int listener, int pipes) {
  static struct { struct seccomp_notif call; char rest[256]; } in;
  struct { struct seccomp_notif_resp reply; char rest[256]; } out;
  memset(&in, 0, sizeof in);
  memset(&out, 0, sizeof out);
  /* The caller may have ended meanwhile. */
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &in.call) != 0) return;
  const struct seccomp_data *d = &in.call.data;
  int pid = in.call.pid, error = 0, asks = 0;
  if (d->nr == SYS_futex) return futex_call(listener, &in.call);
  switch (d->nr) {
#ifdef SYS_pipe
  case SYS_pipe:
#endif
#ifdef SYS_mknod
  case SYS_mknod:
#endif
  case SYS_mknodat:
  case SYS_pipe2:
    error = d->nr == SYS_pipe2 || d->nr == PIPE ? pipes_take(pipes) : fifos_take();
    /* What it writes to, and where, is the caller's own affair. */
    if (error == 0) out.reply.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    break;
  case SYS_sysinfo: error = tell_machine(pid, d->args[0]); break;
  case SYS_statfs:
  case SYS_fstatfs: error = tell_space(pid, d->args[1]); break;
  default:
    /* A lock: held by the kernel on own files, granted without being there on all others. */
    asks = d->nr == SYS_fcntl && (d->args[1] == F_GETLK || d->args[1] == F_OFD_GETLK);
    if (is_private(pid, d->args[0]) && is_alone(pid)) out.reply.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    else if (asks) error = -ENOLCK;
  }
  out.reply.id = in.call.id;
  out.reply.error = error;
  /* The pid may belong to another by now: then this fails, as the id does not. */
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &out.reply);
}

/* A filter of one line, that allows everything. */
static int can_answer(void) {
  struct sock_filter all = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
  struct sock_fprog program = {1, &all};
  struct seccomp_notif_sizes sizes;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 0;
  if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0 || sizes.seccomp_notif > 256) return 0;
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) >= 0;
}

int guard_probe(void) {
  long abi = syscall(LANDLOCK_CREATE, NULL, 0, 1);
  printf("landlock=%d answers=%d\n", abi >= LANDLOCK_ABI_NEEDED, can_answer());
  return 0;
}
