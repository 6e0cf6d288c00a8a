//===- NNKerasProductOps.h - sums of products in keras.ops ------*- C++ -*-===//

#ifndef NNC_DIALECT_NNKERASPRODUCTOPS_H
#define NNC_DIALECT_NNKERASPRODUCTOPS_H

#include "dialect/Constants.h"
#include "dialect/Einsum.h"
#include "dialect/NNOps.h"

#define GET_OP_CLASSES
#include "dialect/NNKerasProductOps.h.inc"

namespace nnc::nn {

/// A product as an einsum over its arguments, and their shapes: flat ones for
/// the functions that look at no axes.
struct Product {
  std::string equation;
  llvm::SmallVector<Shape> shapes;
};

/// The product that `layer`, one of this family, is for operands of these
/// shapes.
llvm::Expected<Product> getProduct(LayerOpInterface layer,
                                   llvm::ArrayRef<Shape> operands);

} // namespace nnc::nn

#endif // NNC_DIALECT_NNKERASPRODUCTOPS_H
