/* The pool adaptor: a pthreadpool as an nnc_parallel. pthreadpool deals the
 * indices out and steals between threads, so the tasks need not be equally
 * long. Without the library there is no pool, and nnc_pool_create says so by
 * returning NULL; models run on the caller's thread all the same.
 */
#ifdef NNC_HAVE_PTHREADPOOL
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <pthreadpool.h>
#include <stdlib.h>
#include <unistd.h>
#endif

#include "nnc/runtime.h"

#ifdef NNC_HAVE_PTHREADPOOL

/* One parallel-for: pthreadpool's tasks take a size_t, ours an int. */
typedef struct job {
  void (*task)(void *data, int index);
  void *data;
} job;

static void run_task(void *context, size_t index) {
  const job *current = context;
  current->task(current->data, (int)index);
}

static int run_on_pool(void *context, void (*task)(void *data, int index),
                       void *data, int count) {
  job current = {task, data};
  if (!context || !task || count < 0)
    return NNC_ERROR_PARALLEL;
  pthreadpool_parallelize_1d(context, run_task, &current, (size_t)count,
                             /*flags=*/0);
  return NNC_OK;
}

static void *wait_for_gate(void *gate) {
  pthread_mutex_lock(gate);
  pthread_mutex_unlock(gate);
  return NULL;
}

/* Whether the system starts `count` threads: pthreadpool would wait for ever
 * for one that it does not. They are there at the same time, and then end. */
static int can_start(size_t count) {
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  size_t started = 0, i;
  pthread_t *threads = malloc((count + 1) * sizeof(*threads));
  if (!threads)
    return 0;
  pthread_mutex_lock(&gate);
  while (started != count &&
         pthread_create(&threads[started], NULL, wait_for_gate, &gate) == 0)
    ++started;
  pthread_mutex_unlock(&gate);
  for (i = 0; i != started; ++i)
    pthread_join(threads[i], NULL);
  pthread_mutex_destroy(&gate);
  free(threads);
  return started == count;
}

nnc_parallel *nnc_pool_create(int threads) {
  nnc_parallel *parallel;
  pthreadpool_t pool;
  long wanted = threads == 0 ? sysconf(_SC_NPROCESSORS_ONLN) : threads;
  if (threads < 0 || (wanted > 1 && !can_start((size_t)wanted - 1)))
    return NULL;
  parallel = malloc(sizeof(*parallel));
  if (!parallel)
    return NULL;
  pool = pthreadpool_create((size_t)threads);
  if (!pool) {
    free(parallel);
    return NULL;
  }
  parallel->context = pool;
  parallel->threads = (int)pthreadpool_get_threads_count(pool);
  parallel->run = run_on_pool;
  return parallel;
}

void nnc_pool_destroy(nnc_parallel *pool) {
  if (!pool)
    return;
  pthreadpool_destroy(pool->context);
  free(pool);
}

#else

nnc_parallel *nnc_pool_create(int threads) {
  (void)threads;
  return NULL;
}

void nnc_pool_destroy(nnc_parallel *pool) { (void)pool; }

#endif
