//===- WeightValues.h - weights as float32 tensors --------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_WEIGHTVALUES_H
#define NNC_COMPILER_GRAPH_WEIGHTVALUES_H

#include "dialect/NNOps.h"
#include "llvm/Support/Error.h"
#include <vector>

namespace nnc {

/// The elements of a float32 tensor, dense or resource; an error for any other
/// element type or a blob of the wrong size.
llvm::Expected<std::vector<float>> readFloats(mlir::ElementsAttr value);

/// A float32 tensor that owns `values`; `name` is the resource's name.
mlir::ElementsAttr makeFloats(mlir::MLIRContext *context, llvm::StringRef name,
                              llvm::ArrayRef<int64_t> shape,
                              llvm::ArrayRef<float> values);

/// `value` as float32: itself where it is, converted from other float types,
/// an error for integers.
llvm::Expected<mlir::ElementsAttr> toFloat32(mlir::ElementsAttr value,
                                             llvm::StringRef name);

/// Keras's initial values of a weight, the same bits on every machine.
llvm::Expected<std::vector<float>> initializeWeight(const nn::WeightSpec &spec,
                                                    llvm::StringRef name,
                                                    uint64_t seed);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_WEIGHTVALUES_H
