//===- CNames.h - names of a model as C identifiers -------------*- C++ -*-===//
//
// Keras lets a layer be called anything; the generated header needs C and C++
// identifiers that stay the same when the model is trained again. These pure
// functions make them: the prefix of all symbols, and the members of the args
// struct. An identifier that is free and no keyword is left as it is.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_CNAMES_H
#define NNC_COMPILER_MODEL_CNAMES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace nnc {

/// An identifier in C and in C++, and a keyword of neither.
bool isCIdentifier(llvm::StringRef name);

/// The prefix of a model's symbols, made from the first of these that is not
/// empty: what the user asked for, the symbol written in the dialect, the stem
/// of the input file ("-" and "" are "model").
std::string makeCPrefix(llvm::StringRef asked, llvm::StringRef symbol,
                        llvm::StringRef inputPath);

/// One input or output before it has a C name.
struct TensorName {
  llvm::StringRef name; ///< dict key, or name of the input or output layer
  /// Class of the layer that `name` is of ("Dense"); empty where `name` was
  /// given on purpose (a dict key, `names` of nn.output).
  llvm::StringRef className;
};

/// Is it a name that Keras makes, which another training run would change:
/// "keras_tensor_12" and "input_layer_3", and where the class is known also
/// "input_1" of an InputLayer and the class in snake case, with or without a
/// number ("max_pooling2d_4" of a MaxPooling2D)?
bool isKerasMadeName(const TensorName &tensor);

/// The members of the args struct, in the same order.
struct MemberNames {
  std::vector<std::string> inputs, outputs;
};

/// Made of inputs and outputs together, since they share one struct. No two
/// fall together in upper case either: each makes a macro PREFIX_MEMBER_SIZE.
MemberNames makeMemberNames(llvm::StringRef prefix,
                            llvm::ArrayRef<TensorName> inputs,
                            llvm::ArrayRef<TensorName> outputs);

} // namespace nnc

#endif // NNC_COMPILER_MODEL_CNAMES_H
