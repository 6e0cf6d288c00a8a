//===- NNPoolOps.cpp - pooling --------------------------------------------===//
//
// Shapes of the pooling layers; strides default to the pool's size.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNPoolOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Error;
using llvm::Expected;

template <typename OpTy>
static Expected<SmallVector<Shape>> inferPoolShapes(OpTy op, ShapeRef input) {
  PoolSpec spec;
  spec.size = op.getPoolSize();
  spec.strides = op.getStrides().value_or(spec.size);
  spec.padding = parsePadding(op.getPadding());
  spec.channelsFirst = op.getDataFormat() == "channels_first";
  return single(inferPool(input, spec));
}

template <typename OpTy, int64_t spatialRank>
static Expected<SmallVector<Shape>> inferGlobalShapes(OpTy op, ShapeRef input) {
  return single(inferGlobalPool(input, spatialRank,
                                op.getDataFormat() == "channels_first",
                                op.getKeepdims()));
}

template <typename OpTy>
static Expected<SmallVector<Shape>> inferAdaptiveShapes(OpTy op,
                                                        ShapeRef input) {
  return single(inferAdaptivePool(input, op.getOutputSize(),
                                  op.getDataFormat() == "channels_first"));
}

#define NN_POOL_LAYER(Op, infer)                                               \
  Expected<SmallVector<Shape>> Op::inferShapes(ArrayRef<Shape> inputs) {       \
    return infer(*this, inputs[0]);                                            \
  }
#define NN_GLOBAL_LAYER(Op, rank)                                              \
  NN_POOL_LAYER(Op, (inferGlobalShapes<Op, rank>))

NN_POOL_LAYER(MaxPooling1DOp, inferPoolShapes)
NN_POOL_LAYER(MaxPooling2DOp, inferPoolShapes)
NN_POOL_LAYER(MaxPooling3DOp, inferPoolShapes)
NN_POOL_LAYER(AveragePooling1DOp, inferPoolShapes)
NN_POOL_LAYER(AveragePooling2DOp, inferPoolShapes)
NN_POOL_LAYER(AveragePooling3DOp, inferPoolShapes)
NN_GLOBAL_LAYER(GlobalAveragePooling2DOp, 2)
NN_GLOBAL_LAYER(GlobalAveragePooling3DOp, 3)
NN_GLOBAL_LAYER(GlobalMaxPooling1DOp, 1)
NN_GLOBAL_LAYER(GlobalMaxPooling2DOp, 2)
NN_GLOBAL_LAYER(GlobalMaxPooling3DOp, 3)
NN_POOL_LAYER(AdaptiveAveragePooling1DOp, inferAdaptiveShapes)
NN_POOL_LAYER(AdaptiveAveragePooling2DOp, inferAdaptiveShapes)
NN_POOL_LAYER(AdaptiveAveragePooling3DOp, inferAdaptiveShapes)
NN_POOL_LAYER(AdaptiveMaxPooling1DOp, inferAdaptiveShapes)
NN_POOL_LAYER(AdaptiveMaxPooling2DOp, inferAdaptiveShapes)
NN_POOL_LAYER(AdaptiveMaxPooling3DOp, inferAdaptiveShapes)
#undef NN_GLOBAL_LAYER
#undef NN_POOL_LAYER

Expected<SmallVector<Shape>>
GlobalAveragePooling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  auto results =
      inferGlobalShapes<GlobalAveragePooling1DOp, 1>(*this, inputs[0]);
  if (!results || !getMask())
    return results;
  int64_t steps = inputs[0][getDataFormat() == "channels_first" ? 2 : 1];
  if (Error error =
          checkSequenceMask(*this, {Shape{inputs[0][0], steps}, inputs[1]}))
    return error;
  return results;
}

//===----------------------------------------------------------------------===//
// Generated definitions
//===----------------------------------------------------------------------===//

void NNDialect::addPoolOps() {
  addOperations<
#define GET_OP_LIST
#include "dialect/NNPoolOps.cpp.inc"
      >();
}

#define GET_OP_CLASSES
#include "dialect/NNPoolOps.cpp.inc"
