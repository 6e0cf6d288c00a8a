//===- NNPoolOps.cpp - pooling --------------------------------------------===//
//
// Shapes of the pooling layers; strides default to the pool's size.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"
#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
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

Expected<SmallVector<Shape>>
MaxPooling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPoolShapes(*this, inputs[0]);
}
Expected<SmallVector<Shape>>
MaxPooling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPoolShapes(*this, inputs[0]);
}
Expected<SmallVector<Shape>>
AveragePooling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPoolShapes(*this, inputs[0]);
}
Expected<SmallVector<Shape>>
AveragePooling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferPoolShapes(*this, inputs[0]);
}

template <typename OpTy>
static Expected<SmallVector<Shape>> inferGlobalShapes(OpTy op, ShapeRef input,
                                                      int64_t spatialRank) {
  return single(inferGlobalPool(input, spatialRank,
                                op.getDataFormat() == "channels_first",
                                op.getKeepdims()));
}

Expected<SmallVector<Shape>>
GlobalAveragePooling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferGlobalShapes(*this, inputs[0], 1);
}
Expected<SmallVector<Shape>>
GlobalAveragePooling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferGlobalShapes(*this, inputs[0], 2);
}
Expected<SmallVector<Shape>>
GlobalMaxPooling1DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferGlobalShapes(*this, inputs[0], 1);
}
Expected<SmallVector<Shape>>
GlobalMaxPooling2DOp::inferShapes(ArrayRef<Shape> inputs) {
  return inferGlobalShapes(*this, inputs[0], 2);
}
