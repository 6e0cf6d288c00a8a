//===- NNPreprocessingOps.h - categories, sound ----------------*- C++ -*-===//

#ifndef NNC_DIALECT_NNPREPROCESSINGOPS_H
#define NNC_DIALECT_NNPREPROCESSINGOPS_H

#include "dialect/NNOps.h"
#include "dialect/SpectrogramSpec.h"
#include "dialect/Vocabulary.h"

#define GET_OP_CLASSES
#include "dialect/NNPreprocessingOps.h.inc"

namespace nnc::nn {

/// What follows from the layer's keys, or what is wrong with them.
llvm::Expected<Vocabulary> getVocabulary(IntegerLookupOp op);
llvm::Expected<StftSpec> getStftSpec(STFTSpectrogramOp op);
llvm::Expected<MelSpec> getMelSpec(MelSpectrogramOp op);

} // namespace nnc::nn

#endif // NNC_DIALECT_NNPREPROCESSINGOPS_H
