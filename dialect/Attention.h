//===- Attention.h - shapes of attention, as pure functions -----*- C++ -*-===//
//
// What an attention layer computes, said in einsums, and what shapes it takes.
// The layers' shape rules and their lowering both read it here.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_DIALECT_ATTENTION_H
#define NNC_DIALECT_ATTENTION_H

#include "dialect/ShapeInference.h"
#include <optional>

namespace nnc::nn {

/// The shapes of what an attention layer is called with.
struct AttentionShapes {
  Shape query, value, key;
  std::optional<Shape> queryMask, valueMask, keyMask, attentionMask;
};

/// Multi-head attention as einsums.
struct HeadEquations {
  std::string project; ///< an input and a kernel, to heads
  std::string scores;  ///< queries and keys in heads
  std::string combine; ///< scores and values in heads
  std::string output;  ///< heads and a kernel, to the result
};

/// For inputs of `rank` axes and attention over `axes` of them; the result has
/// `outputAxes` axes in the place of the features.
HeadEquations makeHeadEquations(int64_t rank, llvm::ArrayRef<int64_t> axes,
                                int64_t outputAxes);

/// The products of heads that share keys and values in groups: queries (batch,
/// steps, groups, heads of a group, features) and keys (batch, steps, groups,
/// features) to (batch, groups, heads of a group, queries, keys), and back.
/// Their projections are those of attention over one axis.
inline constexpr llvm::StringLiteral kGroupScores = "aqghf,akgf->aghqk";
inline constexpr llvm::StringLiteral kGroupCombine = "aghqk,akgf->aqghf";

/// The same without heads.
inline constexpr llvm::StringLiteral kPlainScores = "aqf,akf->aqk";
inline constexpr llvm::StringLiteral kPlainCombine = "aqk,akf->aqf";

/// The axes that are attended over: all between the batch and the features, or
/// `given`, which may count from the end.
llvm::Expected<llvm::SmallVector<int64_t>>
normalizeAttentionAxes(std::optional<llvm::ArrayRef<int64_t>> given,
                       int64_t rank);

/// Inputs of (batch, steps, features): one batch, as many values as keys, all
/// features known; masks of (batch, steps).
llvm::Error checkSequences(const AttentionShapes &shapes);

/// The same for attention over `axes`: the other axes are those of one batch.
llvm::Error checkHeadInputs(const AttentionShapes &shapes,
                            llvm::ArrayRef<int64_t> axes);

/// Where the axes of an attention_mask of `maskRank` axes lie in scores of
/// `rank`: those of queries and keys, `axes` each, are the last; the ones in
/// front are the first.
llvm::SmallVector<int64_t> placeAttentionMask(int64_t maskRank, int64_t rank,
                                              int64_t axes);

/// Whether the attention_mask fits the scores of attention over `axes` axes.
llvm::Error checkAttentionMask(const AttentionShapes &shapes, ShapeRef scores,
                               int64_t axes);

} // namespace nnc::nn

#endif // NNC_DIALECT_ATTENTION_H
