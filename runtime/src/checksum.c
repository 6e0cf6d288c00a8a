/* XXH3-64 with seed 0, the checksum of weights files: fast without vector
 * instructions, and what the compiler's support library computes too. Plain C
 * on bytes, so that it gives the same number on every target, whatever the
 * byte order and the alignment of the data.
 */
#include "nnc/runtime.h"

#define PRIME32_1 UINT64_C(0x9E3779B1)
#define PRIME32_2 UINT64_C(0x85EBCA77)
#define PRIME32_3 UINT64_C(0xC2B2AE3D)
#define PRIME64_1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME64_2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define PRIME64_3 UINT64_C(0x165667B19E3779F9)
#define PRIME64_4 UINT64_C(0x85EBCA77C2B2AE63)
#define PRIME64_5 UINT64_C(0x27D4EB2F165667C5)
#define MIX_1 UINT64_C(0x165667919E3779F9)
#define MIX_2 UINT64_C(0x9FB21C651E98DF25)

enum { LANES = 8, STRIPE = 64, KEY_SIZE = 192, BLOCK_STRIPES = 16 };

/* The key that the algorithm prescribes. */
static const unsigned char key[KEY_SIZE] = {
    0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c,
    0xf7, 0x21, 0xad, 0x1c, 0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb,
    0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f, 0xcb, 0x79, 0xe6, 0x4e,
    0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
    0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6,
    0x81, 0x3a, 0x26, 0x4c, 0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb,
    0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3, 0x71, 0x64, 0x48, 0x97,
    0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
    0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7,
    0xc7, 0x0b, 0x4f, 0x1d, 0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31,
    0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64, 0xea, 0xc5, 0xac, 0x83,
    0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
    0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26,
    0x29, 0xd4, 0x68, 0x9e, 0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc,
    0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce, 0x45, 0xcb, 0x3a, 0x8f,
    0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
};

static uint64_t load32(const unsigned char *p) {
  return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
         (uint64_t)p[3] << 24;
}

static uint64_t load64(const unsigned char *p) {
  return load32(p) | load32(p + 4) << 32;
}

static uint64_t rotate_left(uint64_t value, int bits) {
  return value << bits | value >> (64 - bits);
}

static uint64_t swap_bytes(uint64_t value) {
  uint64_t result = 0;
  int i;
  for (i = 0; i < 8; ++i)
    result = result << 8 | (value >> (8 * i) & 0xFF);
  return result;
}

/* The two halves of the 128-bit product, folded into one. C11 has no 128-bit
 * integer, so it is put together from four 32-bit products. */
static uint64_t multiply_fold(uint64_t a, uint64_t b) {
  uint64_t a0 = a & 0xFFFFFFFF, a1 = a >> 32;
  uint64_t b0 = b & 0xFFFFFFFF, b1 = b >> 32;
  uint64_t low = a0 * b0;
  uint64_t middle = a1 * b0 + (low >> 32); /* cannot overflow */
  uint64_t cross = a0 * b1 + (middle & 0xFFFFFFFF);
  uint64_t high = a1 * b1 + (middle >> 32) + (cross >> 32);
  return high ^ (cross << 32 | (low & 0xFFFFFFFF));
}

static uint64_t avalanche(uint64_t hash) {
  hash = (hash ^ hash >> 37) * MIX_1;
  return hash ^ hash >> 32;
}

/* The stronger finish that inputs below four bytes get. */
static uint64_t avalanche_tiny(uint64_t hash) {
  hash = (hash ^ hash >> 33) * PRIME64_2;
  hash = (hash ^ hash >> 29) * PRIME64_3;
  return hash ^ hash >> 32;
}

static uint64_t hash_to_16(const unsigned char *p, size_t size) {
  if (size > 8) {
    uint64_t low = load64(p) ^ load64(key + 24) ^ load64(key + 32);
    uint64_t high = load64(p + size - 8) ^ load64(key + 40) ^ load64(key + 48);
    return avalanche(size + swap_bytes(low) + high + multiply_fold(low, high));
  }
  if (size >= 4) {
    uint64_t hash = load32(p) << 32 | load32(p + size - 4);
    hash ^= load64(key + 8) ^ load64(key + 16);
    hash ^= rotate_left(hash, 49) ^ rotate_left(hash, 24);
    hash *= MIX_2;
    hash = (hash ^ ((hash >> 35) + size)) * MIX_2;
    return hash ^ hash >> 28;
  }
  if (size > 0) {
    uint64_t bytes = (uint64_t)p[0] << 16 | (uint64_t)p[size >> 1] << 24 |
                     (uint64_t)p[size - 1] | (uint64_t)size << 8;
    return avalanche_tiny(bytes ^ load32(key) ^ load32(key + 4));
  }
  return avalanche_tiny(load64(key + 56) ^ load64(key + 64));
}

static uint64_t mix_16(const unsigned char *p, const unsigned char *k) {
  return multiply_fold(load64(p) ^ load64(k), load64(p + 8) ^ load64(k + 8));
}

/* 17 to 128 bytes: pairs of 16 from both ends towards the middle. */
static uint64_t hash_to_128(const unsigned char *p, size_t size) {
  uint64_t hash = size * PRIME64_1;
  size_t pairs = (size - 1) / 32 + 1;
  size_t i;
  for (i = 0; i < pairs; ++i) {
    hash += mix_16(p + 16 * i, key + 32 * i);
    hash += mix_16(p + size - 16 * (i + 1), key + 32 * i + 16);
  }
  return avalanche(hash);
}

/* 129 to 240 bytes: eight chunks, then the others on a shifted key. */
static uint64_t hash_to_240(const unsigned char *p, size_t size) {
  uint64_t hash = size * PRIME64_1;
  size_t i;
  for (i = 0; i < 8; ++i)
    hash += mix_16(p + 16 * i, key + 16 * i);
  hash = avalanche(hash);
  for (; i < size / 16; ++i)
    hash += mix_16(p + 16 * i, key + 16 * (i - 8) + 3);
  hash += mix_16(p + size - 16, key + 119);
  return avalanche(hash);
}

static void add_stripe(uint64_t *lanes, const unsigned char *p,
                       const unsigned char *k) {
  int i;
  for (i = 0; i < LANES; ++i) {
    uint64_t value = load64(p + 8 * i);
    uint64_t keyed = value ^ load64(k + 8 * i);
    lanes[i ^ 1] += value;
    lanes[i] += (keyed & 0xFFFFFFFF) * (keyed >> 32);
  }
}

static void scramble(uint64_t *lanes) {
  int i;
  for (i = 0; i < LANES; ++i) {
    uint64_t lane = lanes[i] ^ lanes[i] >> 47;
    lanes[i] = (lane ^ load64(key + KEY_SIZE - STRIPE + 8 * i)) * PRIME32_1;
  }
}

/* More than 240 bytes: stripes of 64 over eight lanes, scrambled after every
 * 16 of them; the last stripe ends with the data and may overlap. */
static uint64_t hash_long(const unsigned char *p, size_t size) {
  uint64_t lanes[LANES] = {PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3,
                           PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1};
  size_t stripes = (size - 1) / STRIPE;
  uint64_t hash = size * PRIME64_1;
  size_t i;
  for (i = 0; i < stripes; ++i) {
    add_stripe(lanes, p + STRIPE * i, key + 8 * (i % BLOCK_STRIPES));
    if (i % BLOCK_STRIPES == BLOCK_STRIPES - 1)
      scramble(lanes);
  }
  add_stripe(lanes, p + size - STRIPE, key + KEY_SIZE - STRIPE - 7);
  for (i = 0; i < LANES; i += 2)
    hash += multiply_fold(lanes[i] ^ load64(key + 11 + 8 * i),
                          lanes[i + 1] ^ load64(key + 19 + 8 * i));
  return avalanche(hash);
}

uint64_t nnc_checksum(const void *data, size_t size) {
  const unsigned char *bytes = data;
  if (size <= 16)
    return hash_to_16(bytes, size);
  if (size <= 128)
    return hash_to_128(bytes, size);
  if (size <= 240)
    return hash_to_240(bytes, size);
  return hash_long(bytes, size);
}
