// The wrapper and the runtime first, then the models.
#include "nnc/model.hpp"

#include "nnc/runtime.h"

#include "pair.h"

#include "tally.h"

#include "headers.inc"

template class nnc::model<pair>;
template class nnc::model<tally>;
