// The order of headers-models-first.c in C++, and the wrapper last.
#include "tally.h"

#include "pair.h"

#include "nnc/abi.h"

#include "nnc/model.hpp"

#include "headers.inc"

template class nnc::model<pair>;
template class nnc::model<tally>;
