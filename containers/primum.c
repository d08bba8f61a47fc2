// Starts a step in the image: /opt/primum/bin/primum STEP --name=value …
//
// Runs Java with the options that suit the step, hands SIGTERM and its like on to it, and ends as it ended. Where that was for
// want of memory it says so, in the log and in the termination message: a process that was killed cannot.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef JAVA
#define JAVA "/opt/java/bin/java"
#define OPTIONS "/opt/primum/etc"
#endif
enum { OUT_OF_MEMORY = 3, CANNOT_START = 1 };

static volatile sig_atomic_t java;

static void hand_on(int signal) {
  if (java > 0) kill(java, signal);
}

// Short steps want a fast start, long ones the optimizing compiler; training needs memory beside Java's heap as well.
static const char *options_of(const char *step) {
  static const char *quick[] = {"gate",   "promote",    "rollback", "status", "record", "shap-plan", "describe",
                                "completion", "help", "--help",   "-h",     "--version", "", NULL};
  for (const char **name = quick; *name; name++)
    if (!strcmp(step, *name)) return "@" OPTIONS "/quick.options";
  if (!strcmp(step, "shap-batch")) return "@" OPTIONS "/shap.options";
  return strcmp(step, "train") ? "@" OPTIONS "/long.options" : "@" OPTIONS "/train.options";
}

static void start(int count, char **arguments) {
  char *extra = strdup(getenv("JAVA_OPTS") ? getenv("JAVA_OPTS") : "");
  char **command = calloc(count + strlen(extra) + 6, sizeof *command);
  int n = 0;
  command[n++] = JAVA;
  command[n++] = "@" OPTIONS "/java.options";
  command[n++] = (char *)options_of(count > 1 ? arguments[1] : "");
  for (char *word = strtok(extra, " \t\n"); word; word = strtok(NULL, " \t\n")) command[n++] = word;
  command[n++] = "org.primum.cli.Primum";
  for (int i = 1; i < count; i++) command[n++] = arguments[i];
  setenv("OMP_WAIT_POLICY", "passive", false);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  execv(JAVA, command);
  fprintf(stderr, "primum: cannot start %s: %s\n", JAVA, strerror(errno));
  _exit(CANNOT_START);
}

static void say(const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return;
    text += written;
    length -= written;
  }
}

// Passes on what Java says, but for a first line that only tells of the vector module, which is asked for on purpose: whoever
// reads the log of a step looks for warnings in it.
static void pass_on(int from) {
  static const char notice[] = "WARNING: Using incubator modules: jdk.incubator.vector\n";
  const size_t whole = sizeof notice - 1;
  char text[4096];
  size_t held = 0;
  bool first = true;
  for (;;) {
    ssize_t got = read(from, text + held, sizeof text - held);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    held += got;
    if (first && held < whole && !memcmp(text, notice, held)) continue;
    size_t skipped = first && held >= whole && !memcmp(text, notice, whole) ? whole : 0;
    say(text + skipped, held - skipped);
    first = false;
    held = 0;
  }
  say(text, held);
}

static void tell(const char *step, const char *reason) {
  char line[512];
  snprintf(line, sizeof line, "OUT_OF_MEMORY: %.64s %s", step, reason);
  fprintf(stderr, "%s\n", line);
  const char *named = getenv("PRIMUM_TERMINATION_LOG");
  int log = open(named ? named : "/dev/termination-log", O_WRONLY | O_TRUNC | (named ? O_CREAT : 0), 0644);
  if (log >= 0 && write(log, line, strlen(line)) >= 0) close(log);
}

int main(int count, char **arguments) {
  const char *step = count > 1 ? arguments[1] : "primum";
  struct sigaction action = {.sa_handler = hand_on};
  sigset_t handed, before;
  sigemptyset(&handed);
  for (const int *signal = (int[]){SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, 0}; *signal; signal++) {
    sigaddset(&handed, *signal);
    sigaction(*signal, &action, NULL);
  }
  sigprocmask(SIG_BLOCK, &handed, &before); // a signal that comes before Java is there waits for it
  if (isatty(STDERR_FILENO)) setenv("PRIMUM_STDERR_IS_TERMINAL", "1", true);
  int words[2];
  pid_t child = pipe2(words, O_CLOEXEC) < 0 ? -1 : fork();
  if (child < 0) {
    perror("primum: cannot start a process");
    return CANNOT_START;
  }
  if (child == 0) {
    dup2(words[1], STDERR_FILENO);
    action.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; signal++)
      if (sigismember(&handed, signal) == 1) sigaction(signal, &action, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    start(count, arguments);
  }
  java = child;
  sigprocmask(SIG_SETMASK, &before, NULL);
  close(words[1]);
  pass_on(words[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == OUT_OF_MEMORY)
    tell(step, "needs more memory than Java's heap may take here. Give the container more memory.");
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    tell(step, "was killed (SIGKILL), most likely at its memory limit. Give the container more memory.");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
