//===- KerasCalls.h - the parameters of Keras's calls -----------*- C++ -*-===//
//
// What the arguments of a layer's call are named, in Keras's order. A graph of
// Keras's records calls as Python saw them, by position or by keyword; the
// dialect wants tensors as operands and constants as keys. Functions of
// keras.ops have their parameters in the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_IMPORT_KERASCALLS_H
#define NNC_COMPILER_IMPORT_KERASCALLS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace nnc {

/// The parameters of a call, positional operands first: `inputs` of them.
struct CallSignature {
  llvm::ArrayRef<llvm::StringRef> parameters;
  unsigned inputs = 1;
};

/// That of a layer's class, "LSTM".
CallSignature getCallSignature(llvm::StringRef className);

/// Does `training = True` in the call of this class make the result random, or
/// depend on the other samples of the batch?
bool isTrainingSensitive(llvm::StringRef className);

/// A keyword argument that the class takes and that changes none of its results
/// at inference.
bool isUnusedArgument(llvm::StringRef className, llvm::StringRef keyword);

/// A tensor of a call that Keras takes None for, and the number or truth value
/// that does the same, so that the tensors behind it keep their places.
struct NeutralArgument {
  llvm::StringLiteral parameter;
  int value;
  bool isTruth = false;
};
llvm::ArrayRef<NeutralArgument> getNeutralArguments(llvm::StringRef className);

} // namespace nnc

#endif // NNC_COMPILER_IMPORT_KERASCALLS_H
