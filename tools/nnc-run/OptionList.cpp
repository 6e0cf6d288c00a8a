//===- OptionList.cpp - what nnc-run says of its options ------------------===//
//
// The table that getopt_long, --help, the completions of shells and the man
// page are made from. Options.cpp knows what each option does.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Options.h"

namespace nnc::run {
namespace {

/// Columns of --help: where the text of an option starts, and the last one.
constexpr std::size_t kTextColumn = 26;
constexpr std::size_t kLastColumn = 80;

OptionInfo flag(const char *name, const char *help) {
  OptionInfo info;
  info.name = name;
  info.help = help;
  return info;
}

OptionInfo valued(const char *name, const char *valueName, const char *help) {
  OptionInfo info = flag(name, help);
  info.valueName = valueName;
  return info;
}

OptionInfo data(const char *name, const char *help) {
  OptionInfo info = valued(name, "[name=]file", help);
  info.repeatable = true;
  return info;
}

OptionInfo profileOption() {
  OptionInfo info =
      valued("profile", "file",
             "Time each layer of a model compiled with nnc --profile, and "
             "compare it with what the machine can do: as a page (.html), a "
             "picture (.svg), JSON (.json) or text (-, the default); "
             "repeatable");
  info.optional = info.repeatable = true;
  return info;
}

OptionTable optionTable() {
  return {
      {"Data, by name or in the model's order",
       {data("input", "An input, its first dimension being the batch; "
                      "repeatable"),
        data("output", "Write an output; repeatable"),
        data("expect", "Compare an output, and fail if it differs; repeatable"),
        valued("rtol", "x", "Relative tolerance of --expect (default: 1e-4)"),
        valued("atol", "x", "Absolute tolerance of --expect (default: 1e-5)")}},
      {"The model",
       {flag("info", "Print names, shapes and sizes"),
        valued("weights", "file", "Weights of a model that keeps them apart"),
        valued("symbol", "name",
               "The model's symbol, if the library has several"),
        valued("threads", "n", "Run on n threads (default: 1)"),
        valued(
            "calls", "n",
            "Make n calls with the same inputs, the state kept, and show the "
            "last (default: 1); of --bench and --profile: time n calls "
            "(default: as many as fit in a second)"),
        valued("steps", "n",
               "Feed a stream n steps a call (default: all of the inputs')")}},
      {"Time",
       {flag("bench", "Time calls: median, min, p99, max; inputs not given are "
                      "zero"),
        valued("batch", "n", "Samples of the inputs not given (default: 1)"),
        profileOption(), flag("json", "Print the times as JSON")}},
      {"Help",
       {flag("help", "Show all options"),
        flag("version", "Show the version of nnc")}}};
}

/// "--input=<[name=]file>", "--profile[=<file>]".
std::string helpSpelling(const OptionInfo &option) {
  std::string text = option.spelling();
  if (option.valueName.empty())
    return text;
  std::string value = "=<" + option.valueName + ">";
  return text + (option.optional ? "[" + value + "]" : value);
}

/// One option: its spelling, and beside it its text, as wide as it may be.
std::string helpLines(const OptionInfo &option) {
  std::string text = "  " + helpSpelling(option);
  std::size_t column = text.size();
  // Never at once behind the spelling.
  bool first = true;
  for (std::size_t at = 0; at < option.help.size();) {
    std::size_t end = std::min(option.help.find(' ', at), option.help.size());
    std::size_t size = end - at;
    if (first && column < kTextColumn) {
      text.append(kTextColumn - column, ' ');
      column = kTextColumn;
    } else if (first || column + 1 + size > kLastColumn) {
      text += "\n" + std::string(kTextColumn, ' ');
      column = kTextColumn;
    } else {
      text += ' ';
      ++column;
    }
    text.append(option.help, at, size);
    column += size;
    first = false;
    at = end + 1;
  }
  return text + "\n";
}

} // namespace

Program describeProgram() {
  Program program;
  program.name = "nnc-run";
  program.version = NNC_VERSION;
  program.purpose = "run and measure a compiled model on .npy files";
  program.argument = "model.so";
  program.endings = {"so"};
  program.about = {
      "Loads a model that nnc compiled to a shared library, gives it arrays of "
      "numpy's from .npy files, and writes its outputs or compares them with "
      "expected ones. It also times calls, and layers of models compiled with "
      "nnc --profile.",
      "A value may follow its option behind = or as the next word."};
  program.exitStatus =
      "0 if all went well; 1 after an error, and if an output differs from the "
      "one that --expect names.";
  program.examples = {"nnc-run model.so --info",
                      "nnc-run model.so --input x.npy --output y.npy",
                      "nnc-run model.so --input image=x.npy --expect y.npy",
                      "nnc-run model.so --bench --batch 32 --threads 4",
                      "nnc-run model.so --profile report.html"};
  program.seeAlso = "nnc(1) compiles models.";
  program.options = optionTable();
  return program;
}

std::string helpText() {
  Program program = describeProgram();
  std::string text =
      "nnc-run runs a model compiled to a shared library, on .npy files.\n\n";
  for (const std::string &command : program.examples)
    text += "  " + command + "\n";
  for (const OptionGroup &group : program.options) {
    text += "\n" + group.title + ":\n";
    for (const OptionInfo &option : group.options)
      text += helpLines(option);
  }
  return text;
}

std::string versionText() {
  return std::string("nnc-run ") + NNC_VERSION + "\n";
}

} // namespace nnc::run
