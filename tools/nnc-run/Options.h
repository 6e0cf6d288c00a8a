//===- Options.h - the command line of nnc-run ------------------*- C++ -*-===//
//
// The command line as plain data. Parsing checks the syntax only; whether the
// names and the files fit is for those who know the model.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_OPTIONS_H
#define NNC_TOOLS_NNC_RUN_OPTIONS_H

#include "tools/options/OptionTable.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nnc::run {

/// `[NAME=]FILE`; without a name it goes to the first tensor not named.
struct TensorFile {
  std::string name;
  std::string path;
};

/// Calls that a profile keeps the times of.
inline constexpr std::int64_t kMostProfiled = 100000;

struct Options {
  std::string modelPath;
  std::string symbol;
  std::string weightsPath;
  std::vector<TensorFile> inputs, outputs, expected;
  double rtol = 1e-4;
  double atol = 1e-5;
  int threads = 1;
  std::int64_t batch = 0; ///< for inputs made up by --bench; 0: not given
  /// To time; 0: as many as fit in a second. Without --bench to make, the state
  /// kept; 0: one.
  std::int64_t calls = 0;
  std::int64_t steps = 0; ///< of a stream's call; 0: those of the inputs
  bool bench = false;
  bool profile = false;
  /// Where the profile goes: files whose endings say what is written (see
  /// profileFormat), "-" for text on the standard output.
  std::vector<std::string> profilePaths;
  bool json = false; ///< instead of text on the standard output
  bool info = false;
  bool help = false;
  bool version = false;
  std::optional<Generated> generated; ///< the page to print

  /// Does it call the model for the time only? Inputs may then be left out.
  bool measures() const { return bench || profile; }
};

enum class ProfileFormat { Text, Html, Svg, Json };

/// What is written to `path`: "-" is text, files end in .html, .svg or .json.
/// Nothing for any other.
std::optional<ProfileFormat> profileFormat(const std::string &path);

/// Reads the command line; on an error returns false with a one-line message.
bool parseOptions(int argc, char **argv, Options &options, std::string &error);

/// The options, and what else the man page says of nnc-run.
Program describeProgram();

/// The texts of --help and --version.
std::string helpText();
std::string versionText();

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_OPTIONS_H
