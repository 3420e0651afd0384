/* Loaded before the C library: lets a chosen call that changes files end the process, or find the disk full.
 *
 * UNSPIN_FAULT=kill:N  ends the process by SIGKILL in the N-th call (a write is half done by then)
 * UNSPIN_FAULT=full:N  from the N-th call on nothing more fits on the disk (a write is half done first)
 *
 * Counted are write and writev to a file, fsync, rename and open for writing, in the order in which they are made. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls = 0;

/* Whether this call is the chosen one, or a later one. */
static int reached(const char* kind) {
  const char* fault = getenv("UNSPIN_FAULT");
  if (fault == NULL || strncmp(fault, kind, 5) != 0) return 0;
  return calls >= atoi(fault + 5);
}

static int is_file(int descriptor) {
  struct stat about;
  return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
}

static void die(void) { kill(getpid(), SIGKILL); }

static int full(void) {
  errno = ENOSPC;
  return -1;
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static ssize_t (*real)(int, const void*, size_t);
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  if (!is_file(descriptor)) return real(descriptor, bytes, size);
  const int before = reached("full:");
  ++calls;
  if (before) return full();
  if (reached("kill:")) {
    if (real(descriptor, bytes, size / 2) >= 0) die();
  }
  if (reached("full:")) return size < 2 ? full() : real(descriptor, bytes, size / 2);
  return real(descriptor, bytes, size);
}

/* Does the first half of it, and no more. */
static ssize_t write_half(int descriptor, const struct iovec* parts, int count) {
  size_t left = 0;
  for (int i = 0; i < count; ++i) left += parts[i].iov_len;
  const size_t half = left /= 2;
  for (int i = 0; i < count && left > 0; ++i) {
    const size_t size = parts[i].iov_len < left ? parts[i].iov_len : left;
    if (syscall(SYS_write, descriptor, parts[i].iov_base, size) != (ssize_t)size) return -1;
    left -= size;
  }
  return (ssize_t)half;
}

ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  static ssize_t (*real)(int, const struct iovec*, int);
  if (real == NULL) real = (ssize_t(*)(int, const struct iovec*, int))dlsym(RTLD_NEXT, "writev");
  if (!is_file(descriptor)) return real(descriptor, parts, count);
  const int before = reached("full:");
  ++calls;
  if (before) return full();
  if (reached("kill:") && write_half(descriptor, parts, count) >= 0) die();
  if (reached("full:")) {
    const ssize_t half = write_half(descriptor, parts, count);
    return half == 0 ? full() : half;
  }
  return real(descriptor, parts, count);
}

int fsync(int descriptor) {
  static int (*real)(int);
  if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  ++calls;
  if (reached("kill:")) die();
  return reached("full:") ? full() : real(descriptor);
}

int rename(const char* from, const char* to) {
  static int (*real)(const char*, const char*);
  if (real == NULL) real = (int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename");
  ++calls;
  if (reached("kill:")) die();
  return reached("full:") ? full() : real(from, to);
}

static int open_as(const char* name, const char* path, int flags, mode_t mode) {
  int (*real)(const char*, int, ...) = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, name);
  if ((flags & O_CREAT) != 0) {
    ++calls;
    if (reached("kill:")) die();
    if (reached("full:")) return full();
  }
  return real(path, flags, mode);
}

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_as("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_as("open64", path, flags, mode);
}
