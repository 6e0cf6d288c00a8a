//===- Progress.h - what a long compilation is busy with --------*- C++ -*-===//
//
// One line at the bottom of a terminal: the stage, the pass and what it works
// on, and the time since the start. It is rewritten in place, gives way to
// every other message and is gone at the end. Nothing is drawn unless it is
// asked for, or in the first moments: most compilations are over by then.
//
// With -v instead: a line for each stage with the time that it took.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_PROGRESS_H
#define NNC_COMPILER_DRIVER_PROGRESS_H

#include "compiler/driver/Options.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace mlir {
class PassManager;
} // namespace mlir

namespace nnc {

class Progress {
public:
  enum class Style { None, Line, Log };

  /// What `options` ask for: a line only where nothing else is printed.
  static Style styleFor(const Options &options);

  /// `width` is how many columns of text the line may take.
  Progress(llvm::raw_ostream &os, Style style, unsigned width = 79);
  ~Progress();

  /// A stage begins; the one before is over.
  void stage(llvm::StringRef name);

  /// What the stage does now.
  void step(llvm::StringRef what);

  /// Shows each pass as a step.
  void watch(mlir::PassManager &passes);

  /// A line of -v.
  void log(const llvm::Twine &message);

  /// Removes the line, and keeps it away while the lock is held: for whoever
  /// writes to the terminal.
  [[nodiscard]] std::unique_lock<std::mutex> pause();

private:
  using Clock = std::chrono::steady_clock;

  void draw();
  void erase();
  void endStage();

  llvm::raw_ostream &os;
  const Style style;
  const unsigned width;
  const Clock::time_point start = Clock::now();
  Clock::time_point stageStart = start;

  std::mutex mutex; ///< of all below, and of drawing
  std::condition_variable wake;
  std::string stageName, stepName;
  bool drawn = false;
  bool over = false;
  std::thread ticker;
};

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_PROGRESS_H
