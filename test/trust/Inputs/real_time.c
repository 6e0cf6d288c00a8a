/* What a call does besides computing: nothing. The same calls, good and bad,
 * each model's first among them, are made
 *
 *   under RealtimeSanitizer   if built by clang with -fsanitize=realtime: from
 *                             functions that must not block
 *   under counters            otherwise: of the functions that allocate and
 *                             lock, which this program defines itself, and then
 *                             in a process to which Linux allows nothing but to
 *                             write and to end: any other system call kills it
 *
 * With an argument it does what it must not, which has to be noticed. */
#define _GNU_SOURCE
#include "models.h"

#include <dlfcn.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(realtime_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif

#ifdef UNDER_SANITIZER
#define NONBLOCKING __attribute__((nonblocking))
#else
#define NONBLOCKING
#endif

static int watching, counted;

#ifndef UNDER_SANITIZER
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

void *malloc(size_t size) {
  counted += watching;
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  counted += watching;
  return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size) {
  counted += watching;
  return __libc_realloc(memory, size);
}
void *aligned_alloc(size_t alignment, size_t size) {
  counted += watching;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void **memory, size_t alignment, size_t size) {
  counted += watching;
  *memory = __libc_memalign(alignment, size);
  return *memory == NULL;
}
void free(void *memory) {
  counted += watching;
  __libc_free(memory);
}
int pthread_mutex_lock(pthread_mutex_t *mutex) {
  int (*lock)(pthread_mutex_t *mutex) =
      (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_lock");
  counted += watching;
  return lock(mutex);
}
#endif

/* One call and the status that it must give. */
typedef struct trial {
  call call;
  int wanted;
} trial;

enum { KINDS = 6, TRIALS = MODELS * KINDS + 1 };
static trial trials[TRIALS];
static int count;
static const nnc_parallel serial = {NULL, 4, run_backwards};

static trial *add(const nnc_model *model, int64_t batch, int threads,
                  int wanted) {
  trial *added = &trials[count++];
  added->call = make_call(model, batch, 7, threads);
  added->wanted = wanted;
  if (threads > 1)
    added->call.args->parallel = &serial;
  return added;
}

static void make_trials(void) {
  int i;
  for (i = 0; i < MODELS; ++i) {
    add(models[i], 1, 1, NNC_OK);
    add(models[i], 5, 1, NNC_OK);
    add(models[i], 1, 4, NNC_OK);
    add(models[i], 13, 4, NNC_OK);
    add(models[i], 1, 1, NNC_ERROR_WORKSPACE)->call.args->workspace_size = 1;
    nnc_args_buffers(add(models[i], 2, 1, NNC_ERROR_NULL)->call.args)[0] = NULL;
  }
  ((int32_t *)add(&words_model, 3, 1, NNC_ERROR_INDEX)->call.buffers[0])[17] =
      50;
}

static void prepare(void) NONBLOCKING {
  int i;
  for (i = 0; i < MODELS; ++i)
    models[i]->prepare();
}

/* The number of calls, or where one ended with another status. */
static int run_trials(void) NONBLOCKING {
  int i;
  for (i = 0; i < count; ++i)
    if (trials[i].call.model->run(trials[i].call.args) != trials[i].wanted)
      return -i - 1;
  return count;
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void *volatile kept; /* so that the allocation is made */

/* What a call must not do. */
static void misbehave(const char *how) NONBLOCKING {
  if (how[0] == 'a')
    kept = malloc(1);
  else if (how[0] == 'l')
    pthread_mutex_lock(&mutex);
  else
    (void)!write(1, "", 0);
}

#ifndef UNDER_SANITIZER
/* In a process that may write and end only; 0 if it had to be killed. */
static int run_confined(void (*what)(void)) {
  int status;
  pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
      _exit(2);
    what();
    syscall(SYS_exit, run_trials() == count ? 0 : 1);
  }
  expect(child > 0 && waitpid(child, &status, 0) == child, "all", "a process");
  expect(!WIFEXITED(status) || WEXITSTATUS(status) != 2, "all",
         "this system has no seccomp");
  if (WIFSIGNALED(status))
    return 0;
  expect(WEXITSTATUS(status) == 0, "all", "calls in a confined process");
  return 1;
}

static void ask_for_the_process(void) { (void)syscall(SYS_getpid); }
#endif

int main(int argc, char **argv) {
  int done;
  make_trials();
  watching = 1;
  if (argc > 1)
    misbehave(argv[1]);
#ifndef UNDER_SANITIZER
  expect(run_confined(prepare), "all", "a system call");
  expect(!run_confined(ask_for_the_process), "all", "system calls are noticed");
#endif
  prepare();
  done = run_trials();
  watching = 0;
  expect(done == count, trials[done < 0 ? -done - 1 : 0].call.model->name,
         "a status");
  expect(kept == NULL || counted != 0, "all", "allocations are noticed");
  printf("%d calls, %d allocations and locks\n", done, counted);
  return counted != 0;
}
