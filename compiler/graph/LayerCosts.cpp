//===- LayerCosts.cpp - how much a layer computes -------------------------===//
//
// See LayerCosts.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/LayerCosts.h"

#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

int64_t nnc::addCapped(int64_t a, int64_t b) {
  return llvm::checkedAdd(a, b).value_or(std::numeric_limits<int64_t>::max());
}

int64_t nnc::countFlops(LayerOpInterface layer) {
  if (int64_t macs = layer.getMacs(); macs > 0)
    return 2 * macs;
  int64_t elements = 0;
  for (Type type : layer->getResultTypes())
    if (auto count = countElements(cast<RankedTensorType>(type).getShape()))
      elements += *count == kDynamic ? 0 : *count;
  return elements;
}
