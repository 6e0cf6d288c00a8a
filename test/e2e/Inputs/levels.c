/* levels calls|prepares: runs `all` on several threads at once, as the first
 * calls or after all_prepare(), and compares it with what the object of the
 * machine's own level computes. */
#include "all.h"
#include "v1.h"
#include "v3.h"
#include "v4.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 8, BATCH = 3 };

static float x[BATCH * ALL_X_SIZE];
static float wanted[BATCH * ALL_Y_SIZE];
static _Alignas(64) char workspaces[THREADS][ALL_WORKSPACE_SIZE];
static float results[THREADS][BATCH * ALL_Y_SIZE];
static int failures;

static void expect(int condition, const char *what) {
  if (condition)
    return;
  printf("failed: %s\n", what);
  ++failures;
}

static void *run(void *index) {
  size_t i = (size_t)index;
  all_args args = ALL_ARGS_INIT;
  args.batch = BATCH;
  args.workspace = workspaces[i];
  args.workspace_size = ALL_WORKSPACE_SIZE;
  args.x = x;
  args.y = results[i];
  return all_run(&args) == NNC_OK ? NULL : (void *)workspaces;
}

/* What one level alone computes. */
#define COMPUTE(NAME, MACRO, RESULT)                                           \
  do {                                                                         \
    NAME##_args args = MACRO##_ARGS_INIT;                                      \
    args.batch = BATCH;                                                        \
    args.workspace = workspaces;                                               \
    args.workspace_size = sizeof workspaces;                                   \
    args.x = x;                                                                \
    args.y = RESULT;                                                           \
    expect(NAME##_run(&args) == NNC_OK, #NAME);                                \
  } while (0)

/* 1, 3 or 4; whether the greatest level differs from the least goes to
 * `differs`, since the comparison says nothing if it does not. */
static int compute_wanted(int *differs) {
  static float least[BATCH * ALL_Y_SIZE];
  int level = 1;
  __builtin_cpu_init();
  COMPUTE(v1, V1, least);
  if (__builtin_cpu_supports("x86-64-v4")) {
    COMPUTE(v4, V4, wanted);
    level = 4;
  } else if (__builtin_cpu_supports("x86-64-v3")) {
    COMPUTE(v3, V3, wanted);
    level = 3;
  } else {
    memcpy(wanted, least, sizeof wanted);
  }
  *differs = memcmp(least, wanted, sizeof wanted) != 0;
  return level;
}

static size_t max(size_t a, size_t b) { return a > b ? a : b; }

int main(int argc, char **argv) {
  pthread_t threads[THREADS];
  int differs;
  for (size_t i = 0; i < sizeof x / sizeof *x; ++i)
    x[i] = (float)(i * 37 % 101) / 50 - 1;
  int level = compute_wanted(&differs);
  printf("level %d\n", level);
  expect(differs == (level != 1), "levels that differ");
  expect(ALL_WORKSPACE_SIZE ==
             max(V1_WORKSPACE_SIZE, max(V3_WORKSPACE_SIZE, V4_WORKSPACE_SIZE)),
         "the largest workspace");
  if (argc > 1 && !strcmp(argv[1], "prepares"))
    all_prepare();
  for (size_t i = 0; i < THREADS; ++i)
    expect(!pthread_create(&threads[i], NULL, run, (void *)i), "a thread");
  for (size_t i = 0; i < THREADS; ++i) {
    void *failed;
    expect(!pthread_join(threads[i], &failed) && !failed, "a call");
    expect(!memcmp(results[i], wanted, sizeof wanted), "the same bits");
  }
  all_prepare();
  printf("%d failures\n", failures);
  return failures != 0;
}
