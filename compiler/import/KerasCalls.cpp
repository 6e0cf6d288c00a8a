//===- KerasCalls.cpp - the parameters of Keras's calls -------------------===//
//
// See KerasCalls.h. Most layers take one argument, called `inputs`; here are
// the others.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasCalls.h"

#include "llvm/ADT/StringSwitch.h"

using namespace nnc;
using llvm::StringRef;

static constexpr StringRef kInputs[] = {"inputs", "training"};
static constexpr StringRef kMasked[] = {"inputs", "mask", "training"};
static constexpr StringRef kTrainedMasked[] = {"inputs", "training", "mask"};
static constexpr StringRef kSequences[] = {"sequences", "initial_state", "mask",
                                           "training"};
static constexpr StringRef kReverse[] = {"inputs", "reverse"};
static constexpr StringRef kAttention[] = {
    "inputs", "mask", "training", "return_attention_scores", "use_causal_mask"};
static constexpr StringRef kMultiHead[] = {"query",
                                           "value",
                                           "key",
                                           "query_mask",
                                           "value_mask",
                                           "key_mask",
                                           "attention_mask",
                                           "return_attention_scores",
                                           "training",
                                           "use_causal_mask"};

CallSignature nnc::getCallSignature(StringRef className) {
  return llvm::StringSwitch<CallSignature>(className)
      .Cases({"SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D",
              "ConvLSTM2D", "ConvLSTM3D"},
             {kSequences, 1})
      .Cases({"MultiHeadAttention", "GroupQueryAttention"}, {kMultiHead, 2})
      .Cases({"Attention", "AdditiveAttention"}, {kAttention, 1})
      .Cases({"BatchNormalization", "TimeDistributed"}, {kTrainedMasked, 1})
      .Cases({"Softmax", "GlobalAveragePooling1D"}, {kMasked, 1})
      .Case("ReversibleEmbedding", {kReverse, 1})
      .Default({kInputs, 1});
}

// Image layers say training = True of their own accord; Keras's predict
// overrides it.
bool nnc::isTrainingSensitive(StringRef className) {
  return llvm::StringSwitch<bool>(className)
      .Cases({"Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise",
              "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D",
              "BatchNormalization", "SpectralNormalization"},
             true)
      .Cases({"SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional", "ConvLSTM1D",
              "ConvLSTM2D", "ConvLSTM3D", "TimeDistributed"},
             true)
      .Cases({"Attention", "AdditiveAttention", "MultiHeadAttention",
              "GroupQueryAttention"},
             true)
      .Default(false);
}

bool nnc::isUnusedArgument(StringRef className, StringRef keyword) {
  return (className == "BatchNormalization" && keyword == "mask") ||
         (className == "ops.DotProductAttention" &&
          keyword == "flash_attention");
}

llvm::ArrayRef<NeutralArgument> nnc::getNeutralArguments(StringRef className) {
  static constexpr NeutralArgument norm[] = {{"offset", 0}, {"scale", 1}};
  static constexpr NeutralArgument attention[] = {
      {"bias", 0}, {"mask", 1, /*isTruth=*/true}};
  return llvm::StringSwitch<llvm::ArrayRef<NeutralArgument>>(className)
      .Case("ops.BatchNorm", norm)
      .Case("ops.DotProductAttention", attention)
      .Default({});
}
