// Lets Java see one point in time and one sequence of random numbers while it records the start-up cache, so that the same
// build gives the same bytes: soft references in the cache hold the machine's uptime, and seeds and dates decide what is
// loaded. Waits last as they should. Used by LD_PRELOAD; STILL_SECONDS (since 1970) says when. Nothing of it is in the image.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MONOTONIC = 1000 };

static int (*real_gettime)(clockid_t, struct timespec *);
static int (*real_wait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
static int (*real_open)(const char *, int, ...);
static time_t seconds;

__attribute__((constructor)) static void prepare(void) {
  real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  real_wait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  real_open = dlsym(RTLD_NEXT, "open64");
  seconds = getenv("STILL_SECONDS") ? atol(getenv("STILL_SECONDS")) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (clock != CLOCK_MONOTONIC && clock != CLOCK_REALTIME) return real_gettime(clock, time);
  *time = (struct timespec){.tv_sec = clock == CLOCK_MONOTONIC ? MONOTONIC : seconds};
  return 0;
}

// Java waits until a time of the clocks above; the kernel wants one of its own.
int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
  bool of_day = until->tv_sec >= seconds;
  struct timespec real;
  real_gettime(of_day ? CLOCK_REALTIME : CLOCK_MONOTONIC, &real);
  real.tv_sec += until->tv_sec - (of_day ? seconds : MONOTONIC);
  real.tv_nsec += until->tv_nsec;
  if (real.tv_nsec >= 1000000000) {
    real.tv_sec++;
    real.tv_nsec -= 1000000000;
  }
  return real_wait(condition, mutex, &real);
}

// Java takes its randomness from files of these names, and adds a sequence of its own to it.
int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int);
  va_end(rest);
  bool random = !strcmp(path, "/dev/random") || !strcmp(path, "/dev/urandom");
  return real_open(random ? "/dev/zero" : path, flags, mode);
}

int open(const char *path, int flags, ...) __attribute__((alias("open64")));
