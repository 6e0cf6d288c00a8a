//===- Vocabulary.h - what an IntegerLookup knows ---------------*- C++ -*-===//
//
// Which integer has which place, by Keras's rules, from the layer's keys as
// plain values.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_VOCABULARY_H
#define NNC_DIALECT_VOCABULARY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/Error.h"
#include <optional>

namespace nnc::nn {

/// The layer's keys.
struct VocabularySpec {
  llvm::ArrayRef<int64_t> vocabulary;
  llvm::ArrayRef<double> idfWeights; ///< of `vocabulary`, for tf_idf
  std::optional<int64_t> maskToken, maxTokens;
  int64_t oovToken = -1, oovIndices = 1;
  bool padToMaxTokens = false;
  bool encodes = false; ///< output_mode is not "int"
};

/// The token at place oovStart + oovIndices + i is tokens[i]. The places before
/// belong to what is not in the vocabulary, and place 0 to the mask's token
/// where oovStart is 1.
struct Vocabulary {
  llvm::SmallVector<int64_t> tokens;
  int64_t oovStart = 0, oovIndices = 0;
  int64_t depth = 0;                 ///< length of an encoding
  llvm::SmallVector<double> weights; ///< of each place, for tf_idf

  int64_t tokenStart() const { return oovStart + oovIndices; }
};

/// The vocabulary, without special tokens that were listed in front, or what is
/// wrong with it.
llvm::Expected<Vocabulary> makeVocabulary(const VocabularySpec &spec);

} // namespace nnc::nn

#endif // NNC_DIALECT_VOCABULARY_H
