//===- NNOps.h - the operations of the nn dialect ---------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNOPS_H
#define NNC_DIALECT_NNOPS_H

#include "dialect/Keys.h"
#include "dialect/LayerSyntax.h"
#include "dialect/NNDialect.h"
#include "dialect/ShapeInference.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/RegionKindInterface.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace nnc::nn {

/// A weight that a layer needs. Shapes follow from the input and the keys.
struct WeightSpec {
  std::string name; ///< Keras's variable name, "kernel"
  Shape shape;
  mlir::Attribute initializer; ///< a name or {class_name = …, config = {…}}
  bool trainable = true;
};

/// Layers that only work in training pass their input through.
template <typename ConcreteType>
struct TrainingOnly
    : public mlir::OpTrait::TraitBase<ConcreteType, TrainingOnly> {};

} // namespace nnc::nn

#include "dialect/LayerOpInterface.h.inc"

#define GET_OP_CLASSES
#include "dialect/NNOps.h.inc"

namespace nnc::nn {

/// "layer 'conv1' (Conv2D): " in front of a diagnostic at the layer.
mlir::InFlightDiagnostic emitLayerError(LayerOpInterface layer);

/// The layer's operand passed by keyword, all of them where it is a list.
mlir::OperandRange getKeywordOperands(LayerOpInterface layer,
                                      llvm::StringRef keyword);
/// The layer's positional inputs.
mlir::OperandRange getPositionalInputs(LayerOpInterface layer);

/// The weight `name` ("kernel") that materialization has bound; null before.
mlir::FlatSymbolRefAttr getWeightRef(LayerOpInterface layer,
                                     llvm::StringRef name);

} // namespace nnc::nn

#endif // NNC_DIALECT_NNOPS_H
