/*
 * futex: the kernel knows a futex in a file's page by its file, and libraries are one file for all boxes: a wake in one
 * box would end a wait in another. So the kernel only sees private futexes, and process 1 keeps the others, for its box.
 * A wake ends every wait: waiters have to look at their value again in any case (futex(2), "spurious wake-ups").
 */
#define _GNU_SOURCE
#include "futex.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define WAITING_MAX 512
#define SECOND 1000000000LL

static struct waiting {
  unsigned long long id, address;
  unsigned value;
  int pid;
  /* By CLOCK_MONOTONIC; no deadline is 0. */
  long long since, deadline;
} waiting[WAITING_MAX];
static int waiting_count;

static long long now_ns(int clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

/* Fails when the caller has ended, or hides its memory. */
static int read_memory(int pid, unsigned long long address, void *to, size_t size) {
  struct iovec here = {to, size}, there = {(void *)address, size};
  if (process_vm_readv(pid, &here, 1, &there, 1, 0) == (ssize_t)size) return 1;
  /* A container's filter may refuse that. */
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = pread(fd, to, size, address);
  close(fd);
  return n == (ssize_t)size;
}

static void reply(int listener, unsigned long long id, int error, long long value) {
  struct { struct seccomp_notif_resp reply; char rest[256]; } out;
  memset(&out, 0, sizeof out);
  out.reply.id = id;
  out.reply.error = error;
  out.reply.val = value;
  /* Fails when the caller has ended or was interrupted: then nobody waits for it. */
  ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &out.reply);
}

static long long deadline_of(const struct seccomp_notif *call) {
  struct timespec t;
  if (call->data.args[3] == 0 || !read_memory(call->pid, call->data.args[3], &t, sizeof t)) return 0;
  long long time = t.tv_sec > 4 * SECOND ? 4 * SECOND * SECOND : t.tv_sec * SECOND + t.tv_nsec, now = now_ns(CLOCK_MONOTONIC);
  if (((unsigned)call->data.args[1] & FUTEX_CMD_MASK) == FUTEX_WAIT) time += now;
  else if (call->data.args[1] & FUTEX_CLOCK_REALTIME) time += now - now_ns(CLOCK_REALTIME);
  return time > 0 ? time : 1;
}

static int wake_all(int listener) {
  int count = waiting_count;
  for (int i = 0; i < count; i++) reply(listener, waiting[i].id, 0, 0);
  waiting_count = 0;
  return count;
}

void futex_call(int listener, const struct seccomp_notif *call) {
  unsigned long long command = (unsigned)call->data.args[1] & FUTEX_CMD_MASK, address = call->data.args[0];
  if (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET) {
    int count = wake_all(listener);
    return reply(listener, call->id, 0, count < (int)call->data.args[2] ? count : (int)call->data.args[2]);
  }
  unsigned value, wanted = call->data.args[2];
  if (!read_memory(call->pid, address, &value, sizeof value)) return reply(listener, call->id, -EFAULT, 0);
  if (value != wanted) return reply(listener, call->id, -EAGAIN, 0);
  /* To have waited for nothing is allowed. */
  if (waiting_count == WAITING_MAX) return reply(listener, call->id, 0, 0);
  waiting[waiting_count++] =
      (struct waiting){call->id, address, wanted, call->pid, now_ns(CLOCK_MONOTONIC), deadline_of(call)};
}

void futex_look(int listener) {
  long long now = waiting_count > 0 ? now_ns(CLOCK_MONOTONIC) : 0;
  int kept = 0;
  for (int i = 0; i < waiting_count; i++) {
    struct waiting w = waiting[i];
    unsigned value = w.value;
    int is_late = w.deadline > 0 && now >= w.deadline;
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &w.id) != 0) continue;
    if (!read_memory(w.pid, w.address, &value, sizeof value) || value != w.value) reply(listener, w.id, 0, 0);
    else if (is_late) reply(listener, w.id, -ETIMEDOUT, 0);
    else waiting[kept++] = w;
  }
  waiting_count = kept;
}

long long futex_pause_ns(void) {
  long long pause = -1, now = waiting_count > 0 ? now_ns(CLOCK_MONOTONIC) : 0;
  for (int i = 0; i < waiting_count; i++) {
    /* Often at first, as short threads end soon: an end may be seen late by a twentieth of the wait, and 4 ms. */
    long long own = (now - waiting[i].since) / 20;
    if (own < 50000) own = 50000;
    if (own > 4000000) own = 4000000;
    long long left = waiting[i].deadline - now;
    if (waiting[i].deadline > 0 && left < own) own = left > 0 ? left : 0;
    if (pause < 0 || own < pause) pause = own;
  }
  return pause;
}
