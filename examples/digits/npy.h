/* npy.h: reads a NumPy array from a .npy file, for the examples.
 *
 * Takes little-endian, C-ordered arrays of format version 1 and 2, which is
 * what numpy.save writes. Everything in the file is checked, so that a
 * truncated or foreign file is an error and never a crash. Everything is
 * static: include it where it is needed, in C or C++.
 */
#ifndef NPY_H
#define NPY_H

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NPY_MAX_RANK = 8 };

typedef struct npy_array {
  int rank;
  size_t shape[NPY_MAX_RANK];
  size_t count; /* elements in all */
  void *data;   /* free() it */
} npy_array;

/* The text after `'key':` in the header's dictionary, or NULL. */
static const char *npy_field(const char *header, const char *key) {
  const char *at = strstr(header, key);
  if (!at)
    return NULL;
  at += strlen(key);
  while (*at == ' ')
    ++at;
  return at;
}

/* Reads "(360, 8, 8, 1)" into the array; 0, or -1 where it is malformed or
 * has more than `limit` elements. */
static int npy_shape(const char *at, size_t limit, npy_array *array) {
  array->rank = 0;
  array->count = 1;
  if (*at++ != '(')
    return -1;
  for (;;) {
    size_t extent = 0;
    while (*at == ' ' || *at == ',')
      ++at;
    if (*at == ')')
      return 0;
    if (!isdigit((unsigned char)*at) || array->rank == NPY_MAX_RANK)
      return -1;
    for (; isdigit((unsigned char)*at); ++at) {
      extent = extent * 10 + (size_t)(*at - '0');
      if (extent > limit)
        return -1;
    }
    if (extent != 0 && array->count > limit / extent)
      return -1;
    array->shape[array->rank++] = extent;
    array->count *= extent;
  }
}

/* Reads the magic and the header's dictionary into `header`; 0 or -1. */
static int npy_header(FILE *file, char *header, size_t capacity) {
  unsigned char head[12];
  size_t length;
  if (fread(head, 1, 10, file) != 10 || memcmp(head, "\x93NUMPY", 6) != 0)
    return -1;
  length = head[8] | (size_t)head[9] << 8;
  if (head[6] == 2) {
    if (fread(head + 10, 1, 2, file) != 2)
      return -1;
    length |= (size_t)head[10] << 16 | (size_t)head[11] << 24;
  } else if (head[6] != 1) {
    return -1;
  }
  if (length >= capacity || fread(header, 1, length, file) != length)
    return -1;
  header[length] = 0;
  return 0;
}

/* Reads the file at `path`, whose elements must be of type `descr` ("<f4") and
 * of `size` bytes. Returns 0, or -1 after a line on stderr. */
static int npy_read(const char *path, const char *descr, size_t size,
                    npy_array *array) {
  char header[4096];
  const char *type, *order, *shape;
  size_t bytes;
  FILE *file = fopen(path, "rb");
  array->data = NULL;
  if (!file) {
    fprintf(stderr, "%s: cannot be opened\n", path);
    return -1;
  }
  if (npy_header(file, header, sizeof header) != 0)
    goto malformed;
  type = npy_field(header, "'descr':");
  order = npy_field(header, "'fortran_order':");
  shape = npy_field(header, "'shape':");
  if (!type || !order || !shape || strncmp(order, "False", 5) != 0)
    goto malformed;
  if (*type != '\'' || strncmp(type + 1, descr, strlen(descr)) != 0 ||
      type[1 + strlen(descr)] != '\'') {
    fprintf(stderr, "%s: its elements are not of type %s\n", path, descr);
    goto failed;
  }
  if (npy_shape(shape, (SIZE_MAX >> 1) / size, array) != 0)
    goto malformed;
  bytes = array->count * size;
  array->data = malloc(bytes ? bytes : 1);
  if (!array->data || fread(array->data, 1, bytes, file) != bytes)
    goto malformed;
  fclose(file);
  return 0;

malformed:
  fprintf(stderr, "%s: is not a complete .npy file\n", path);
failed:
  free(array->data);
  array->data = NULL;
  fclose(file);
  return -1;
}

#endif /* NPY_H */
