//===- Options.h - what one compilation is asked for ------------*- C++ -*-===//
//
// The command line of nnc as plain data, so that tests and other programs can
// compile without one. A default-constructed Options with an input compiles it
// as `nnc INPUT` does.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_OPTIONS_H
#define NNC_COMPILER_DRIVER_OPTIONS_H

#include "compiler/driver/OutputKind.h"
#include "compiler/emit/Target.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nnc {

struct Options {
  // What goes in. "-" is stdin.
  std::string input;
  std::string weights; ///< a weights file that belongs to the input

  // What comes out. "-" is stdout; empty paths are not written.
  std::string output;             ///< empty: named after the input
  std::optional<OutputKind> emit; ///< not given: by the ending of `output`
  std::string header;
  std::string js;         ///< ES module of a .wasm; empty: beside it
  std::string weightsOut; ///< weights in this file instead of in the code
  std::string depfile;
  bool check = false; ///< say whether the model compiles; write nothing
  std::string verify; ///< recorded samples to run the model on; write nothing
  std::optional<double> tolerance; ///< of --verify
  bool summaryDetails = false;
  bool stripTypes = false; ///< forget the types that the input gives

  // The model.
  std::string model;               ///< which one, if the input has several
  std::string symbol;              ///< prefix of the C symbols
  int64_t batch = 0;               ///< the only batch size; 0: any
  std::vector<std::string> shapes; ///< "name=2x3" or "2x3"
  std::optional<uint64_t> seed;    ///< of initial weights
  std::vector<std::string> taps;   ///< layers whose results become outputs
  bool stateful = false;           ///< every recurrent layer keeps its state
  bool stream = false;             ///< any number of steps of time a call

  // The code.
  std::string target;   ///< empty: the host's
  std::string cpu;      ///< or several "a,b"; empty: the target's baseline
  std::string features; ///< "+avx2,-fma"
  unsigned optLevel = 3;
  unsigned winograd = 2; ///< largest tiles of convolutions: 0 (none), 2 or 4
  bool debugInfo = false;
  RelocationModel relocation = RelocationModel::PIC;
  Visibility visibility = Visibility::Hidden;

  bool profile = false; ///< counters of the time in each layer

  // A look inside.
  bool verbose = false;
  bool quiet = false;    ///< no notes
  bool progress = false; ///< show what it does; the log is a terminal
  bool timePasses = false;
  bool dumpPassPipeline = false;
  std::string printIRTreeDir;
  std::string crashReproducer;

  /// Where nnc itself is: the runtime library and the linker are looked for
  /// relative to it.
  std::string programDirectory;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_OPTIONS_H
