//===- ModelAttrs.h - what a model may say beside its layers ----*- C++ -*-===//
//
// Attributes of nn.model and nn.sequential that are no key of Keras's. The
// importer writes them, the graph stage reads them.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_MODELATTRS_H
#define NNC_DIALECT_MODELATTRS_H

#include "llvm/ADT/StringRef.h"

namespace nnc {

/// Masks are passed on as Keras 2 did it: to recurrent layers that are given
/// their states, too. The entry model's counts.
inline constexpr llvm::StringLiteral kKeras2MasksAttr = "nn.keras2_masks";

} // namespace nnc

#endif // NNC_DIALECT_MODELATTRS_H
