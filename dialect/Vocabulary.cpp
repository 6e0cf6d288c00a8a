//===- Vocabulary.cpp - what an IntegerLookup knows -----------------------===//
//
// A vocabulary may or may not begin with the special tokens, which then have
// the first places; weights for those that it does not list are the mean of the
// others.
//
//===----------------------------------------------------------------------===//

#include "dialect/Vocabulary.h"

#include "dialect/ShapeInference.h"
#include "llvm/ADT/STLExtras.h"
#include <numeric>
#include <set>

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::SmallVector;
using llvm::Twine;

static Error checkTokens(ArrayRef<int64_t> tokens, const VocabularySpec &spec) {
  std::set<int64_t> seen;
  for (int64_t token : tokens) {
    if (!seen.insert(token).second)
      return shapeError("vocabulary has the token " + Twine(token) +
                        " twice [N311]");
    if (spec.maskToken == token)
      return shapeError("vocabulary has mask_token = " + Twine(token) +
                        " among its tokens [N311]");
  }
  return Error::success();
}

llvm::Expected<Vocabulary> nn::makeVocabulary(const VocabularySpec &spec) {
  if (spec.vocabulary.empty())
    return shapeError("needs a vocabulary [N311]");
  if (spec.oovIndices > kMaxTable)
    return shapeError("num_oov_indices is above 2^24 [N312]");
  Vocabulary result;
  result.oovIndices = spec.oovIndices;
  result.oovStart = spec.maskToken && !spec.encodes ? 1 : 0;
  SmallVector<int64_t> special(result.oovStart, spec.maskToken.value_or(0));
  special.append(size_t(spec.oovIndices), spec.oovToken);
  bool listed = spec.vocabulary.take_front(special.size()) == ArrayRef(special);
  result.tokens.assign(
      spec.vocabulary.drop_front(listed ? special.size() : 0).begin(),
      spec.vocabulary.end());
  if (Error error = checkTokens(result.tokens, spec))
    return error;
  int64_t size = result.tokenStart() + int64_t(result.tokens.size());
  if (spec.maxTokens && size > *spec.maxTokens)
    return shapeError("its vocabulary has " + Twine(size) +
                      " places, which is above max_tokens = " +
                      Twine(*spec.maxTokens) + " [N312]");
  if (spec.padToMaxTokens && !spec.maxTokens)
    return shapeError("pad_to_max_tokens needs max_tokens [N311]");
  result.depth = spec.padToMaxTokens ? *spec.maxTokens : size;
  if (result.depth > kMaxTable)
    return shapeError("has more than 2^24 places [N312]");
  if (spec.idfWeights.empty())
    return result;
  if (spec.idfWeights.size() != spec.vocabulary.size())
    return shapeError("idf_weights has " + Twine(spec.idfWeights.size()) +
                      " numbers, but vocabulary " +
                      Twine(spec.vocabulary.size()) + " [N311]");
  double mean =
      std::accumulate(spec.idfWeights.begin(), spec.idfWeights.end(), 0.0) /
      double(spec.idfWeights.size());
  result.weights.assign(listed ? 0 : special.size(), mean);
  llvm::append_range(result.weights, spec.idfWeights);
  result.weights.resize(size_t(result.depth), 0.0);
  return result;
}
