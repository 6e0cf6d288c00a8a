//===- StripTypes.cpp - forget inferred types -----------------------------===//
//
// Turns a typed model back into the text that an author writes: shapes are
// inferred again when it is compiled. Bodies of static batch keep their types,
// which cannot be inferred.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Passes.h"

#include "dialect/NNOps.h"

namespace nnc {
#define GEN_PASS_DEF_STRIPTYPESPASS
#include "compiler/graph/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

namespace {

struct StripTypesPass : public nnc::impl::StripTypesPassBase<StripTypesPass> {
  void runOnOperation() override {
    Type unknown = UnknownType::get(&getContext());
    for (Operation &model : *getOperation().getBody()) {
      auto functional = dyn_cast<ModelOp>(model);
      bool isBody = functional && functional.getBatch();
      if (isBody || !isa<ModelOp, SequentialOp>(model))
        continue;
      model.walk([&](Operation *op) {
        for (Value result : op->getResults())
          result.setType(unknown);
      });
    }
  }
};

} // namespace
