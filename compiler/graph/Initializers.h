//===- Initializers.h - Keras's initial values of weights -------*- C++ -*-===//
//
// The sixteen initializers of Keras as pure functions of their keys, a shape
// and a seed. An untrained model gets its weights here, for trying things out
// and for benchmarks. The distributions are Keras's; the numbers drawn from
// them are ours, and the same bits on every machine.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_GRAPH_INITIALIZERS_H
#define NNC_COMPILER_GRAPH_INITIALIZERS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nnc {

/// An initializer as Keras's config gives it: its class or function name
/// ("GlorotUniform", "glorot_uniform") and its keys. Keys left out have Keras's
/// defaults. Booleans are the numbers 0 and 1, None is the string "none". A
/// number `seed` takes the place of the caller's seed, as in Keras.
struct InitializerSpec {
  std::string name;
  std::map<std::string, double> numbers;
  std::map<std::string, std::string> strings;
};

/// Checks name, keys and values; the message says which there are.
llvm::Error checkInitializer(const InitializerSpec &spec);

/// The values of a weight of this shape, row-major. An error if the spec is
/// wrong or the initializer does not make such shapes.
llvm::Expected<std::vector<float>> initialize(const InitializerSpec &spec,
                                              llvm::ArrayRef<int64_t> shape,
                                              uint64_t seed);

/// The seed of one weight's own stream, so that weights of one model differ and
/// adding a layer does not change the values of the others.
uint64_t seedFor(uint64_t seed, llvm::StringRef weightName);

/// Keras's numbers of input and output units of a weight of this shape.
std::pair<double, double> computeFans(llvm::ArrayRef<int64_t> shape);

} // namespace nnc

#endif // NNC_COMPILER_GRAPH_INITIALIZERS_H
