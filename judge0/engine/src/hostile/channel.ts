/** A program of two parts that run at the same time in two boxes: one says a number, the other tries to hear it. */
export interface Channel {
  name: string;
  /** C: `before()` is called by the listener at its start, `say(n)` by the sender, `hear()` by the listener, often. */
  body: string;
  /** Numbers that can be said: above `from`, below `from` + `range`. */
  from?: number;
  range?: number;
}

/** How the parts are told apart, by standard input: "say N" or "hear". */
export const sayInput = (secret: number) => `say ${secret}\n`;
export const HEAR_INPUT = 'hear 0\n';
/** Whether the listener's output shows that it got the number. */
export const hasHeard = (stdout: string, secret: number) => stdout.split('\n').includes(`heard ${secret}`);

/** A number for the sender that nobody guesses. */
export const randomSecret = ({ from = 0, range = 1 << 14 }: Channel) =>
  from + 1 + Math.floor(Math.random() * (range - 1));

const NAMES = [
  'stdio',
  'stdlib',
  'string',
  'unistd',
  'errno',
  'fcntl',
  'signal',
  'pthread',
  'time',
  'dirent',
];
const SYSTEM = [
  'mman',
  'socket',
  'stat',
  'wait',
  'shm',
  'msg',
  'syscall',
  'file',
  'inotify',
  'un',
  'vfs',
  'sysinfo',
];

const PRELUDE = `#define _GNU_SOURCE
${NAMES.map((name) => `#include <${name}.h>`).join('\n')}
${SYSTEM.map((name) => `#include <sys/${name}.h>`).join('\n')}
#include <linux/futex.h>
#include <netinet/in.h>
enum { BITS = 14 };
/* The number-th file of the system that has at least so many bytes: the same one in both boxes. */
static const char *sharedPath(int number, long size) {
  static char path[400];
  struct stat s;
  DIR *d = opendir("/usr/bin");
  for (struct dirent *e; (e = readdir(d));) {
    snprintf(path, sizeof path, "/usr/bin/%s", e->d_name);
    if (stat(path, &s) == 0 && S_ISREG(s.st_mode) && s.st_size >= size && number-- == 0) break;
  }
  closedir(d);
  return path;
}
static int sharedFile(int number) { return open(sharedPath(number, 1), O_RDONLY); }
static void recordLocks(int fd, int command, int type, int bits) {
  for (int i = 0; i < BITS; i++) {
    struct flock l = {.l_type = type, .l_start = i, .l_len = 1};
    if (bits >> i & 1) fcntl(fd, command, &l);
  }
}
static int lockedBytes(int fd, int command) {
  int n = 0;
  for (int i = 0; i < BITS; i++) {
    struct flock l = {.l_type = F_WRLCK, .l_start = i, .l_len = 1};
    if (fcntl(fd, command, &l) == 0 && l.l_type != F_UNLCK) n |= 1 << i;
  }
  return n;
}
`;

const MAIN = `
int main(void) {
  char part[8];
  int secret;
  if (scanf("%7s %d", part, &secret) != 2) return 3;
  if (part[0] == 's') {
    usleep(700000);
    say(secret);
    usleep(1300000);
    return 0;
  }
  before();
  for (int i = 0, last = -1; i < 90; i++) {
    int n = hear();
    if (n != last) printf("heard %d\\n", last = n), fflush(stdout);
    usleep(20000);
  }
  return 0;
}`;

/** The whole source. */
export const channelSource = ({ body }: Channel) => PRELUDE + body + MAIN;
