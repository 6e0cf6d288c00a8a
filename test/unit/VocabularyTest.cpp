//===- VocabularyTest.cpp - what an IntegerLookup knows -------------------===//
//
// Places of tokens, special tokens listed or not, weights, and the words of the
// errors.
//
//===----------------------------------------------------------------------===//

#include "dialect/Vocabulary.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

VocabularySpec specOf(llvm::ArrayRef<int64_t> tokens) {
  VocabularySpec spec;
  spec.vocabulary = tokens;
  return spec;
}

std::string errorOf(const VocabularySpec &spec) {
  auto vocabulary = makeVocabulary(spec);
  return vocabulary ? "" : llvm::toString(vocabulary.takeError());
}

} // namespace

TEST(Vocabulary, UnknownTokensComeFirst) {
  int64_t tokens[] = {12, 36, 7};
  auto vocabulary = makeVocabulary(specOf(tokens));
  ASSERT_TRUE(bool(vocabulary));
  EXPECT_THAT(vocabulary->tokens, ElementsAre(12, 36, 7));
  EXPECT_EQ(vocabulary->tokenStart(), 1);
  EXPECT_EQ(vocabulary->depth, 4);
}

TEST(Vocabulary, SpecialTokensMayBeListed) {
  int64_t tokens[] = {0, -1, 12, 36};
  VocabularySpec spec = specOf(tokens);
  spec.maskToken = 0;
  auto vocabulary = makeVocabulary(spec);
  ASSERT_TRUE(bool(vocabulary));
  EXPECT_THAT(vocabulary->tokens, ElementsAre(12, 36));
  EXPECT_EQ(vocabulary->oovStart, 1);
  EXPECT_EQ(vocabulary->tokenStart(), 2);
  // An encoding has no place for the mask.
  spec.encodes = true;
  spec.vocabulary = spec.vocabulary.drop_front();
  vocabulary = makeVocabulary(spec);
  ASSERT_TRUE(bool(vocabulary));
  EXPECT_EQ(vocabulary->oovStart, 0);
  EXPECT_EQ(vocabulary->depth, 3);
}

TEST(Vocabulary, WeightsOfUnlistedTokensAreTheMean) {
  int64_t tokens[] = {12, 36};
  double weights[] = {0.5, 1.5};
  VocabularySpec spec = specOf(tokens);
  spec.idfWeights = weights;
  spec.encodes = true;
  spec.maxTokens = 5;
  spec.padToMaxTokens = true;
  auto vocabulary = makeVocabulary(spec);
  ASSERT_TRUE(bool(vocabulary));
  EXPECT_EQ(vocabulary->depth, 5);
  EXPECT_THAT(vocabulary->weights, ElementsAre(1.0, 0.5, 1.5, 0.0, 0.0));
}

TEST(Vocabulary, RefusesWhatKerasRefuses) {
  int64_t twice[] = {3, 4, 3}, good[] = {3, 4};
  double one[] = {1.0};
  EXPECT_THAT(errorOf(specOf({})), HasSubstr("needs a vocabulary"));
  EXPECT_THAT(errorOf(specOf(twice)), HasSubstr("the token 3 twice"));
  VocabularySpec spec = specOf(good);
  spec.maskToken = 4;
  EXPECT_THAT(errorOf(spec), HasSubstr("mask_token = 4 among its tokens"));
  spec = specOf(good);
  spec.maxTokens = 2;
  EXPECT_THAT(errorOf(spec), HasSubstr("3 places, which is above max_tokens"));
  spec = specOf(good);
  spec.padToMaxTokens = true;
  EXPECT_THAT(errorOf(spec), HasSubstr("pad_to_max_tokens needs max_tokens"));
  spec = specOf(good);
  spec.idfWeights = one;
  EXPECT_THAT(errorOf(spec),
              HasSubstr("idf_weights has 1 numbers, but vocabulary 2"));
  spec = specOf(good);
  spec.oovIndices = int64_t(1) << 40;
  EXPECT_THAT(errorOf(spec), HasSubstr("above 2^24"));
}
