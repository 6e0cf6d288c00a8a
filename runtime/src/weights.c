/* Weights files: mapped where the system can map, read into memory elsewhere,
 * and checked once against the model, so that `run` need only compare size and
 * fingerprint. The caller's path and file are not trusted: every byte that is
 * used has been checked to be there.
 */
#if defined(__unix__) || defined(__APPLE__)
#define NNC_HAVE_MMAP 1
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <stdio.h>
#include <stdlib.h>
#endif

#include "nnc/runtime.h"

#include <string.h>

const char *nnc_weights_check(const void *data, size_t size,
                              const nnc_model *model) {
  static const char magic[8] = {'N', 'N', 'C', 'W', 'G', 'H', 'T', '1'};
  nnc_weights_header head;
  if (!data || !model)
    return "the weights or the model are NULL";
  if (model->weights_size == 0)
    return "the model has its weights inside and takes none";
  if (size < sizeof(head))
    return "the file is too short for a weights file";
  if (((uintptr_t)data & (model->alignment - 1)) != 0)
    return "the weights are not aligned as the model needs";
  memcpy(&head, data, sizeof(head));
  if (memcmp(head.magic, magic, sizeof(magic)) != 0)
    return "it is no weights file of nnc";
  if (head.size != size)
    return "the file has another size than its head says; it is cut or damaged";
  if (head.fingerprint != model->weights_fingerprint ||
      size != model->weights_size)
    return "the weights are of another model, target or layout";
  if (head.checksum !=
      nnc_checksum((const char *)data + sizeof(head), size - sizeof(head)))
    return "the checksum does not match; the file is damaged";
  return NULL;
}

#ifdef NNC_HAVE_MMAP

/* Maps the whole of `file`; the mapping outlives the descriptor. */
static int map_file(int file, nnc_weights *weights, const char **reason) {
  struct stat info;
  void *data;
  if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
    *reason = "it is no regular file";
    return NNC_ERROR_FILE;
  }
  if (info.st_size == 0) {
    *reason = "the file is empty";
    return NNC_ERROR_WEIGHTS;
  }
  if ((uintmax_t)info.st_size > SIZE_MAX) {
    *reason = "the file is larger than the address space";
    return NNC_ERROR_MEMORY;
  }
  data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (data == MAP_FAILED) {
    *reason = "the file cannot be mapped";
    return NNC_ERROR_MEMORY;
  }
  weights->data = data;
  weights->size = (size_t)info.st_size;
  weights->handle = data;
  return NNC_OK;
}

static const char *explain_open(int error) {
  switch (error) {
  case ENOENT:
  case ENOTDIR:
    return "there is no such file";
  case EACCES:
    return "the file may not be read";
  default:
    return "the file cannot be opened";
  }
}

static int load(const char *path, const nnc_model *model, nnc_weights *weights,
                const char **reason) {
  int status;
  /* Not to wait for a writer if the path is that of a pipe. */
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  (void)model;
  if (file < 0) {
    *reason = explain_open(errno);
    return NNC_ERROR_FILE;
  }
  status = map_file(file, weights, reason);
  close(file);
  return status;
}

static void unload(nnc_weights *weights) {
  munmap(weights->handle, weights->size);
}

#else

/* Reads as many bytes as the model wants, and one more to see the end. */
static int read_file(FILE *file, const nnc_model *model, nnc_weights *weights,
                     const char **reason) {
  size_t size = model->weights_size;
  size_t alignment = model->alignment != 0 ? model->alignment : 1;
  char *memory, *data;
  if (size > SIZE_MAX - alignment - 1 ||
      !(memory = malloc(size + alignment + 1))) {
    *reason = "there is not enough memory for the file";
    return NNC_ERROR_MEMORY;
  }
  data = memory + (alignment - (uintptr_t)memory % alignment) % alignment;
  weights->size = fread(data, 1, size + 1, file);
  weights->data = data;
  weights->handle = memory;
  return NNC_OK;
}

static int load(const char *path, const nnc_model *model, nnc_weights *weights,
                const char **reason) {
  int status;
  FILE *file = fopen(path, "rb");
  if (!file) {
    *reason = "the file cannot be opened";
    return NNC_ERROR_FILE;
  }
  status = read_file(file, model, weights, reason);
  fclose(file);
  return status;
}

static void unload(nnc_weights *weights) { free(weights->handle); }

#endif

int nnc_weights_open(const char *path, const nnc_model *model,
                     nnc_weights *weights, const char **reason) {
  const char *ignored;
  int status;
  if (!reason)
    reason = &ignored;
  *reason = "an argument is NULL";
  if (!weights)
    return NNC_ERROR_NULL;
  memset(weights, 0, sizeof(*weights));
  if (!path || !model)
    return NNC_ERROR_NULL;
  *reason = NULL;
  status = load(path, model, weights, reason);
  if (status != NNC_OK)
    return status;
  *reason = nnc_weights_check(weights->data, weights->size, model);
  if (!*reason)
    return NNC_OK;
  status = ((uintptr_t)weights->data & (model->alignment - 1)) != 0
               ? NNC_ERROR_ALIGNMENT
               : NNC_ERROR_WEIGHTS;
  nnc_weights_close(weights);
  return status;
}

void nnc_weights_close(nnc_weights *weights) {
  if (!weights || !weights->handle)
    return;
  unload(weights);
  memset(weights, 0, sizeof(*weights));
}
