/* A program without a C library that calls the model `m`: what a model may
 * ask of its program, and no more. */
#include "m.h"

#ifdef _WIN32
/* The C library's mark of programs that compute with floats. */
int _fltused = 0;
#endif

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  unsigned char *t = to;
  const unsigned char *f = from;
  while (size--)
    *t++ = *f++;
  return to;
}

void *memmove(void *to, const void *from, size_t size) {
  unsigned char *t = to;
  const unsigned char *f = from;
  if ((uintptr_t)to <= (uintptr_t)from)
    return memcpy(to, from, size);
  while (size--)
    t[size] = f[size];
  return to;
}

void *memset(void *to, int value, size_t size) {
  unsigned char *t = to;
  while (size--)
    *t++ = (unsigned char)value;
  return to;
}

int classify(const float *x, float *probs);

int classify(const float *x, float *probs) {
  static _Alignas(M_ALIGNMENT) char workspace[M_WORKSPACE_SIZE];
  m_args args = M_ARGS_INIT;
  args.workspace = workspace;
  args.workspace_size = sizeof workspace;
  args.x = x;
  args.probs = probs;
  return m_run(&args) + m_model.input_count;
}
