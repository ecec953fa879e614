/*
 * pipes: beyond fs.pipe-user-pages-soft pages of one user, new pipes are small. Boxes that run as one user could tell
 * each other by that, so each may only have its part.
 */
#define _GNU_SOURCE
#include "pipes.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#define FIFOS_MAX 16
#define COUNTED_MAX 2048

/* Of all processes here, each pipe once. */
static int count_live(void) {
  static ino_t counted[COUNTED_MAX];
  int count = 0;
  DIR *processes = opendir("/proc");
  for (struct dirent *p; processes && (p = readdir(processes));) {
    char path[300];
    if (!isdigit((unsigned char)p->d_name[0])) continue;
    snprintf(path, sizeof path, "/proc/%s/fd", p->d_name);
    DIR *files = opendir(path);
    for (struct dirent *f; files && (f = readdir(files));) {
      struct stat s;
      if (fstatat(dirfd(files), f->d_name, &s, 0) != 0 || !S_ISFIFO(s.st_mode)) continue;
      int i = 0;
      while (i < count && counted[i] != s.st_ino) i++;
      if (i == count && count < COUNTED_MAX) counted[count++] = s.st_ino;
    }
    if (files) closedir(files);
  }
  if (processes) closedir(processes);
  return count;
}

int pipes_take(int most) {
  static int left;
  /* Counted anew only when as many were made as were free, so that a shell's many short pipes cost little. */
  if (left <= 0) left = most - count_live();
  return left-- > 0 ? 0 : -EMFILE;
}

int fifos_take(void) {
  static int made;
  return made++ < FIFOS_MAX ? 0 : -EPERM;
}
