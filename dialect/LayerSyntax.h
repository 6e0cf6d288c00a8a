//===- LayerSyntax.h - the one syntax of all layers -------------*- C++ -*-===//
//
//   nn.<layer>(%a, %b, keyword = %c, list = [%d, %e]) {key = value} {region}
//       : (types) -> types
//
// Operands, keys, region and types are each left out when there is nothing to
// say (but a region has keys in front, {} if there are none); inside
// nn.sequential layers have no operands. Types are given for a whole model or
// not at all: without them every value is !nn.unknown.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_LAYERSYNTAX_H
#define NNC_DIALECT_LAYERSYNTAX_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace nnc::nn {

/// Parses any layer. A layer that does not fit its declaration (an unknown or
/// missing key, a value of the wrong kind) becomes an `nn.malformed`.
mlir::ParseResult parseLayer(mlir::OpAsmParser &parser,
                             mlir::OperationState &state);

/// Parses a layer whose name the dialect does not know, as `nn.malformed`.
mlir::ParseResult parseUnknownLayer(mlir::OpAsmParser &parser,
                                    mlir::OperationState &state);

void printLayer(mlir::OpAsmPrinter &printer, mlir::Operation *op);

/// Layers write until link has named and connected them: two equal ones are
/// two layers, and inside nn.sequential no result is used, so that neither CSE
/// nor dead-code elimination may touch them. Afterwards they have no effect.
void getLayerEffects(mlir::Operation *op,
                     llvm::SmallVectorImpl<mlir::SideEffects::EffectInstance<
                         mlir::MemoryEffects::Effect>> &effects);

/// The value of key `key` in the form that layer `layer` keeps, or null with
/// what the key expects in `expected` (empty for an unknown key).
mlir::Attribute fitKey(mlir::OperationName layer, llvm::StringRef key,
                       mlir::Attribute written, std::string &expected);

/// A layer as a file or a program states it: everything may be wrong.
struct LayerParts {
  llvm::StringRef mnemonic; ///< "conv2d", or Keras's class where there is none
  llvm::SmallVector<mlir::Value> inputs;
  llvm::SmallVector<std::pair<std::string, llvm::SmallVector<mlir::Value>>>
      keywords;
  mlir::NamedAttrList keys;
  llvm::SmallVector<std::unique_ptr<mlir::Region>> regions;
  unsigned results = 1; ///< of a layer that does not know how many it has
};

/// Creates what the parser would make of the layer's text: the layer with
/// values of !nn.unknown, or an `nn.malformed`.
mlir::Operation *createLayer(mlir::OpBuilder &builder, mlir::Location loc,
                             LayerParts parts);

/// The key of an `nn.malformed` that lists, as strings, why the layer cannot be
/// compiled; its other keys are not looked at then.
inline constexpr llvm::StringLiteral kRefusedKey = "refused";

/// The keys that an author may write for `layer`, sorted.
llvm::SmallVector<llvm::StringRef> getAuthorKeys(mlir::OperationName layer);

} // namespace nnc::nn

#endif // NNC_DIALECT_LAYERSYNTAX_H
