/* races: threads that use one model at once, under ThreadSanitizer, which sees
 * the model's own accesses as well (its IR is instrumented, see races.test).
 *
 *   calls     several threads make each model's first call at once, and more
 *   shares    the tasks of one call run on the threads of a pool
 *   exchange  the weights of a model change while threads run it
 *
 * With an argument two calls share a workspace, which they must not: that is to
 * be noticed. */
#define _POSIX_C_SOURCE 200809L
#include "models.h"

#include "apart.h"

#include <pthread.h>
#include <sanitizer/tsan_interface.h>
#include <stdatomic.h>

enum { THREADS = 4, BATCH = 13, STEPS = 4, TURNS = 10 };

static void start_all(pthread_t threads[THREADS], void *(*run)(void *index)) {
  size_t i;
  for (i = 0; i < THREADS; ++i)
    expect(!pthread_create(&threads[i], NULL, run, (void *)i), "all",
           "a thread");
}

static void join_all(pthread_t threads[THREADS]) {
  int i;
  for (i = 0; i < THREADS; ++i)
    expect(!pthread_join(threads[i], NULL), "all", "a thread's end");
}

/* --- Calls ---------------------------------------------------------------- */

static call calls[MODELS][THREADS];

static void *run_all_models(void *index) {
  int i;
  for (i = 0; i < MODELS; ++i)
    expect(models[i]->run(calls[i][(size_t)index].args) == NNC_OK,
           models[i]->name, "a call beside others");
  return NULL;
}

static void test_calls(int share_memory) {
  pthread_t threads[THREADS];
  int i, j, k;
  for (i = 0; i < MODELS; ++i)
    for (j = 0; j < THREADS; ++j) {
      calls[i][j] = make_call(models[i], BATCH, STEPS, 1);
      for (k = 0; k < calls[i][j].inputs; ++k) /* inputs may be shared */
        nnc_args_buffers(calls[i][j].args)[k] = calls[i][0].buffers[k];
      if (share_memory)
        calls[i][j].args->workspace = calls[i][0].args->workspace;
    }
  start_all(threads, run_all_models);
  join_all(threads);
  for (i = 0; i < MODELS; ++i)
    for (j = 1; j < THREADS; ++j)
      for (k = calls[i][j].inputs; k < calls[i][j].count; ++k)
        expect(memcmp(calls[i][j].buffers[k], calls[i][0].buffers[k],
                      calls[i][0].bytes[k]) == 0,
               models[i]->name, "the same bits on all threads");
}

/* --- Shares --------------------------------------------------------------- */

/* pthreadpool promises that what happened before a parallel-for happened before
 * its tasks, and these before what follows; it is not instrumented, so that the
 * sanitizer has to be told. */
typedef struct told {
  nnc_parallel *pool;
  void (*task)(void *data, int index);
  void *data;
  char begin, end;
} told;

static void run_task(void *data, int index) {
  told *job = data;
  __tsan_acquire(&job->begin);
  job->task(job->data, index);
  __tsan_release(&job->end);
}

static int run_told(void *context, void (*task)(void *data, int index),
                    void *data, int count) {
  told job = {context, task, data, 0, 0};
  int status;
  __tsan_release(&job.begin);
  status = job.pool->run(job.pool->context, run_task, &job, count);
  __tsan_acquire(&job.end);
  return status;
}

static void test_shares(void) {
  nnc_parallel *pool = nnc_pool_create(4);
  nnc_parallel parallel;
  int i, k;
  int64_t batch;
  expect(pool != NULL && pool->threads == 4, "the runtime", "a pool");
  parallel = (nnc_parallel){pool, pool->threads, run_told};
  for (i = 0; i < MODELS; ++i)
    for (batch = 1; batch <= BATCH; batch += BATCH - 1) {
      call alone = make_call(models[i], batch, STEPS, 1);
      call shared = make_call(models[i], batch, STEPS, 4);
      shared.args->parallel = &parallel;
      expect(models[i]->run(alone.args) == NNC_OK, models[i]->name, "alone");
      expect(models[i]->run(shared.args) == NNC_OK, models[i]->name, "shared");
      for (k = alone.inputs; k < alone.count; ++k)
        expect(memcmp(shared.buffers[k], alone.buffers[k], alone.bytes[k]) == 0,
               models[i]->name, "the same bits from a pool");
      free_call(&alone);
      free_call(&shared);
    }
  nnc_pool_destroy(pool);
}

/* --- Exchange ------------------------------------------------------------- */

static nnc_weights opened[2];
static _Atomic(const nnc_weights *) current;
static float wanted[2][BATCH * APART_Y_SIZE];
static atomic_int seen[2];
static atomic_int done;

/* Which of the weights the call has run with: each gives its own result. */
static int run_with(call *made, const nnc_weights *weights) {
  made->args->weights = weights->data;
  made->args->weights_size = weights->size;
  expect(apart_run((const apart_args *)made->args) == NNC_OK, "apart",
         "a call");
  return memcmp(made->buffers[1], wanted[1], sizeof(wanted[1])) == 0;
}

static void *run_with_current(void *index) {
  call made = make_call(&apart_model, BATCH, 1, 1);
  (void)index;
  while (!done) {
    const nnc_weights *weights = atomic_load(&current);
    int which = run_with(&made, weights);
    expect(memcmp(made.buffers[1], wanted[which], sizeof(wanted[0])) == 0,
           "apart", "the result of one weights or of the others");
    expect(weights == &opened[which], "apart", "those that were passed");
    ++seen[which];
  }
  free_call(&made);
  return NULL;
}

static void test_exchange(void) {
  static const char *const files[2] = {"first.weights", "second.weights"};
  pthread_t threads[THREADS];
  call made = make_call(&apart_model, BATCH, 1, 1);
  const char *reason;
  int turn, i;
  for (i = 0; i < 2; ++i) {
    expect(!nnc_weights_open(files[i], &apart_model, &opened[i], &reason),
           "apart", files[i]);
    (void)run_with(&made, &opened[i]);
    memcpy(wanted[i], made.buffers[1], sizeof(wanted[i]));
  }
  expect(memcmp(wanted[0], wanted[1], sizeof(wanted[0])) != 0, "apart",
         "weights that differ");
  current = &opened[0];
  start_all(threads, run_with_current);
  for (turn = 0; turn < TURNS; ++turn) {
    int before = seen[turn % 2];
    atomic_store(&current, &opened[turn % 2]);
    while (seen[turn % 2] == before) /* until a call has taken them */
      sched_yield();
  }
  done = 1;
  join_all(threads);
  nnc_weights_close(&opened[0]);
  nnc_weights_close(&opened[1]);
  free_call(&made);
}

int main(int argc, char **argv) {
  (void)argv;
  test_calls(argc > 1);
  test_shares();
  test_exchange();
  puts("no failures");
  return 0;
}
