/* A model first, then another, then the ABI. */
#include "pair.h"

#include "tally.h"

#include "nnc/abi.h"

#include "headers.inc"
