/* The ABI and the runtime first, then the models, one of them twice. */
#include "nnc/abi.h"

#include "nnc/runtime.h"

#include "tally.h"

#include "pair.h"

#include "tally.h"

#include "headers.inc"
