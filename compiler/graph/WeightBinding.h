//===- WeightBinding.h - which weight of a file is whose --------*- C++ -*-===//
//
// Files name a variable in many ways: by Keras's variable name or by position,
// with or without the model's, the nested model's and the cell's name. This is
// the one place that knows them.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_GRAPH_WEIGHTBINDING_H
#define NNC_COMPILER_GRAPH_WEIGHTBINDING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace nnc {

/// A variable of a layer, as far as names go.
struct VariableName {
  std::string entry; ///< the model that is compiled
  std::string owner; ///< the model that the layer was written in
  std::string scope; ///< names of calls on the way to it, joined by '/'
  std::string layer; ///< the layer's name, or its outermost wrapper's
  /// Inside wrappers: what each has in the path, in all ways that files know.
  std::vector<std::vector<std::string>> inside;
  std::string className;  ///< "LSTM"
  std::string variable;   ///< "kernel", in an object "query_dense/kernel"
  size_t position = 0;    ///< among the layer's variables
  size_t inObject = 0;    ///< among those of its object
  bool ambiguous = false; ///< another model has a layer of this name
};

/// All paths under which a file may hold the variable, most specific first.
std::vector<std::string> getFilePaths(const VariableName &name);

/// A path as files write it, in the form of getFilePaths: "a.b" and "a/b:0" are
/// "a/b".
std::string normalizeFilePath(llvm::StringRef path);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_WEIGHTBINDING_H
