//===- LayerNames.h - names as Keras makes them -----------------*- C++ -*-===//

#ifndef NNC_COMPILER_GRAPH_LAYERNAMES_H
#define NNC_COMPILER_GRAPH_LAYERNAMES_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <string>

namespace nnc {

/// Makes names as Keras does: "dense", "dense_1", …; one that an author has
/// taken is skipped.
class LayerNamer {
public:
  /// `name` is in use.
  void take(llvm::StringRef name) { taken.insert(name); }
  /// The next name of a layer of this class.
  std::string next(llvm::StringRef className);

private:
  llvm::StringSet<> taken;
  llvm::StringMap<unsigned> counts;
};

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_LAYERNAMES_H
