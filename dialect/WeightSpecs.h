//===- WeightSpecs.h - short ways to state weights and results --*- C++ -*-===//
//
// What the families' shape and weight functions share.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_WEIGHTSPECS_H
#define NNC_DIALECT_WEIGHTSPECS_H

#include "dialect/Einsum.h"
#include "dialect/NNOps.h"

namespace nnc::nn {

/// One result of this shape, or the error.
inline llvm::Expected<llvm::SmallVector<Shape>> single(ShapeOr shape) {
  if (!shape)
    return shape.takeError();
  return llvm::SmallVector<Shape>{*shape};
}

/// The shape of positional input `index`, whose type is inferred.
inline Shape inputShape(LayerOpInterface layer, unsigned index = 0) {
  auto type = llvm::cast<mlir::RankedTensorType>(
      getPositionalInputs(layer)[index].getType());
  return Shape(type.getShape());
}

/// Elements of one sample, 0 where an extent is open.
inline int64_t sampleElements(ShapeRef shape) {
  auto count = countElements(shape);
  if (count)
    return *count == kDynamic ? 0 : *count;
  llvm::consumeError(count.takeError());
  return 0;
}

/// The product of positive factors, or a number above kMaxMacs where it does
/// not fit: costs are reported, not used as sizes.
inline int64_t cappedProduct(llvm::ArrayRef<int64_t> factors) {
  auto product = checkedProduct(factors);
  if (product)
    return std::min(*product, kMaxMacs + 1);
  llvm::consumeError(product.takeError());
  return kMaxMacs + 1;
}

/// Multiplications of an einsum for one sample, the batch being the first axis
/// of its first operand; 0 where an extent is open.
inline int64_t countEinsumMacs(llvm::StringRef equation,
                               llvm::ArrayRef<Shape> shapes) {
  Shape extents = llvm::cantFail(analyzeEinsum(equation, shapes)).extents;
  extents.erase(extents.begin());
  return llvm::is_contained(extents, kDynamic) ? 0 : cappedProduct(extents);
}

/// A weight that training does not touch. `initializer` is the key's value,
/// `otherwise` Keras's default.
inline WeightSpec fixed(LayerOpInterface layer, llvm::StringRef name,
                        ShapeRef shape,
                        std::optional<mlir::Attribute> initializer,
                        llvm::StringRef otherwise) {
  mlir::Attribute value =
      initializer ? *initializer
                  : mlir::StringAttr::get(layer.getContext(), otherwise);
  return {name.str(), Shape(shape), value, /*trainable=*/false};
}

/// A weight that training changes, unless the layer is frozen.
inline WeightSpec trained(LayerOpInterface layer, llvm::StringRef name,
                          ShapeRef shape,
                          std::optional<mlir::Attribute> initializer,
                          llvm::StringRef otherwise) {
  WeightSpec spec = fixed(layer, name, shape, initializer, otherwise);
  auto trainable = layer->getAttrOfType<mlir::BoolAttr>("trainable");
  spec.trainable = !trainable || trainable.getValue();
  return spec;
}

} // namespace nnc::nn

#endif // NNC_DIALECT_WEIGHTSPECS_H
