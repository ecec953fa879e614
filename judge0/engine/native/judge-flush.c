/*
 * judge-flush: preloaded into a learner's program, so that what it printed is not lost when it is ended or crashes.
 * Output to a file waits in a buffer of the program; with the program, the buffer goes.
 *
 * Nothing here runs while the program prints. Its handlers run once: at a signal that ends the program, whether the
 * program caused it or judge-init sent JUDGE_FLUSH_SIGNAL before SIGKILL. They write what C's stdout, C++'s std::cout
 * and Python's sys.stdout hold back, and then the signal does what it would have done. What is known of C++ and Python
 * is looked up when the program is loaded, and absent in others.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

#define WEAK __attribute__((weak))
#define STACK_BYTES (256 * 1024)
#define PATIENCE_US 400000

/* std::cout and std::ostream::flush() by their mangled names. */
extern char _ZSt4cout[] WEAK;
extern void *_ZNSo5flushEv(void *) WEAK;

extern int Py_IsInitialized(void) WEAK;
extern int PyGILState_Check(void) WEAK;
extern int PyGILState_Ensure(void) WEAK;
extern void *PySys_GetObject(const char *) WEAK;
extern void *PyObject_CallMethod(void *, const char *, const char *, ...) WEAK;
extern void PyErr_Clear(void) WEAK;

static const int FATAL[] = {SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGTRAP, SIGSYS, JUDGE_FLUSH_SIGNAL};

/* A crash is often the end of the stack. Pages of it that are never used take no memory. */
static char stack[STACK_BYTES] __attribute__((aligned(16)));
static pid_t owner;
static volatile sig_atomic_t caught;

/* Not by fflush: the signal may have come in the middle of printf, which holds the lock. */
static void flush_stdio(void) {
  if (!stdout || !stdout->_IO_write_base) return;
  char *from = stdout->_IO_write_base;
  while (from < stdout->_IO_write_ptr) {
    ssize_t count = write(stdout->_fileno, from, stdout->_IO_write_ptr - from);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    from += count;
  }
  stdout->_IO_write_ptr = stdout->_IO_write_base;
}

static void flush_python(void) {
  static const char *const STREAMS[] = {"stdout", "__stdout__"};
  if (!PyGILState_Check || !PyGILState_Ensure || !PySys_GetObject || !PyObject_CallMethod || !PyErr_Clear) return;
  if (!Py_IsInitialized()) return;
  if (!PyGILState_Check()) PyGILState_Ensure();
  for (int i = 0; i < 2; i++) {
    PyErr_Clear();
    void *stream = PySys_GetObject(STREAMS[i]);
    if (stream) PyObject_CallMethod(stream, "flush", NULL);
  }
}

/* The signal as it would have been without this library. */
static void die(void) {
  sigset_t open;
  signal(caught, SIG_DFL);
  sigemptyset(&open);
  sigaddset(&open, caught);
  kill(getpid(), caught);
  sigprocmask(SIG_UNBLOCK, &open, NULL);
}

static void gave_up(int unused) {
  (void)unused;
  die();
}

static void flush_and_die(int number) {
  if (caught) return die();
  caught = number;
  /* A forked copy has its parent's text in its buffer, which the parent prints itself. */
  if (getpid() == owner) {
    flush_stdio();
    int is_cpp = _ZSt4cout && _ZNSo5flushEv;
    if (is_cpp || Py_IsInitialized) {
      /* Both may wait for a lock that the interrupted program holds. */
      struct itimerval patience = {{0, 0}, {0, PATIENCE_US}};
      signal(SIGALRM, gave_up);
      setitimer(ITIMER_REAL, &patience, NULL);
      if (is_cpp) _ZNSo5flushEv(_ZSt4cout);
      else flush_python();
      flush_stdio();
    }
  }
  die();
}

__attribute__((constructor)) static void prepare(void) {
  owner = getpid();
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  if (sigaltstack(&own, NULL) != 0) return;
  struct sigaction action = {.sa_handler = flush_and_die, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof FATAL / sizeof *FATAL; i++) {
    struct sigaction before;
    if (sigaction(FATAL[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) sigaction(FATAL[i], &action, NULL);
  }
}
