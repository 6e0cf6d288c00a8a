//===- Options.cpp - the command line of nnc-run --------------------------===//
//
// One table of options for getopt_long, one switch that stores their values.
// Messages are our own, so that they look like every other error of the tool.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Options.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <getopt.h>
#include <limits>

namespace nnc::run {
namespace {

/// What getopt_long returns for each option; above the characters' range.
enum OptionId {
  OptInput = 256,
  OptOutput,
  OptExpect,
  OptRtol,
  OptAtol,
  OptThreads,
  OptBatch,
  OptBench,
  OptProfile,
  OptCalls,
  OptSteps,
  OptJson,
  OptInfo,
  OptWeights,
  OptSymbol,
  OptHelp,
};

const option optionTable[] = {
    {"input", required_argument, nullptr, OptInput},
    {"output", required_argument, nullptr, OptOutput},
    {"expect", required_argument, nullptr, OptExpect},
    {"rtol", required_argument, nullptr, OptRtol},
    {"atol", required_argument, nullptr, OptAtol},
    {"threads", required_argument, nullptr, OptThreads},
    {"batch", required_argument, nullptr, OptBatch},
    {"bench", no_argument, nullptr, OptBench},
    {"profile", optional_argument, nullptr, OptProfile},
    {"calls", required_argument, nullptr, OptCalls},
    {"steps", required_argument, nullptr, OptSteps},
    {"json", no_argument, nullptr, OptJson},
    {"info", no_argument, nullptr, OptInfo},
    {"weights", required_argument, nullptr, OptWeights},
    {"symbol", required_argument, nullptr, OptSymbol},
    {"help", no_argument, nullptr, OptHelp},
    {nullptr, 0, nullptr, 0},
};

bool parseInteger(const std::string &option, std::int64_t most,
                  std::int64_t &value, std::string &error) {
  char *end = nullptr;
  errno = 0;
  long long parsed = std::strtoll(optarg, &end, 10);
  if (end == optarg || *end != '\0' || errno == ERANGE || parsed < 1 ||
      parsed > most) {
    error = "--" + option + " needs a number from 1 to " +
            std::to_string(most) + ", got '" + optarg + "'";
    return false;
  }
  value = parsed;
  return true;
}

bool parseTolerance(const std::string &option, double &value,
                    std::string &error) {
  char *end = nullptr;
  double parsed = std::strtod(optarg, &end);
  if (end == optarg || *end != '\0' || !std::isfinite(parsed) || parsed < 0) {
    error = "--" + option + " needs a number not below 0, got '" + optarg + "'";
    return false;
  }
  value = parsed;
  return true;
}

TensorFile parseTensorFile(const std::string &text) {
  std::size_t equals = text.find('=');
  if (equals == std::string::npos)
    return {"", text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// Stores one option that getopt_long found.
bool storeOption(int id, Options &options, std::string &error) {
  std::int64_t number = 0;
  switch (id) {
  case OptInput:
    options.inputs.push_back(parseTensorFile(optarg));
    return true;
  case OptOutput:
    options.outputs.push_back(parseTensorFile(optarg));
    return true;
  case OptExpect:
    options.expected.push_back(parseTensorFile(optarg));
    return true;
  case OptRtol:
    return parseTolerance("rtol", options.rtol, error);
  case OptAtol:
    return parseTolerance("atol", options.atol, error);
  case OptThreads:
    if (!parseInteger("threads", 1024, number, error))
      return false;
    options.threads = static_cast<int>(number);
    return true;
  case OptBatch:
    return parseInteger("batch", std::numeric_limits<std::int32_t>::max(),
                        options.batch, error);
  case OptCalls:
    return parseInteger("calls", 10000000, options.calls, error);
  case OptSteps:
    return parseInteger("steps", std::numeric_limits<std::int32_t>::max(),
                        options.steps, error);
  case OptBench:
    options.bench = true;
    return true;
  case OptProfile:
    options.profile = true;
    if (optarg)
      options.profilePaths.emplace_back(optarg);
    return true;
  case OptJson:
    options.json = true;
    return true;
  case OptInfo:
    options.info = true;
    return true;
  case OptWeights:
    options.weightsPath = optarg;
    return true;
  case OptSymbol:
    options.symbol = optarg;
    return true;
  default:
    options.help = true;
    return true;
  }
}

/// What can only be said once the whole line is read.
bool checkOptions(const Options &options, std::string &error) {
  if (options.help)
    return true;
  if (options.modelPath.empty()) {
    error = "no model given; --help shows how to call nnc-run";
    return false;
  }
  if (options.bench && options.profile) {
    error = "--bench and --profile are two things to do";
    return false;
  }
  if (!options.measures() && (options.json || options.batch)) {
    error = "--json and --batch need --bench or --profile";
    return false;
  }
  for (const std::string &path : options.profilePaths)
    if (!profileFormat(path)) {
      error = "--profile needs a file that ends in .html, .svg or .json, or - "
              "for text, got '" +
              path + "'";
      return false;
    }
  if (options.profile && options.calls > kMostProfiled) {
    error = "--profile makes at most " + std::to_string(kMostProfiled) +
            " calls, got " + std::to_string(options.calls);
    return false;
  }
  return true;
}

/// A word that is no option. It is where the profile goes if --profile stands
/// right before it and it looks like that, and else the model.
bool storeWord(const std::string &word, bool afterProfile, Options &options,
               std::string &error) {
  if (afterProfile && profileFormat(word)) {
    options.profilePaths.push_back(word);
    return true;
  }
  if (!options.modelPath.empty()) {
    error = "one model at a time, got '" + options.modelPath + "' and '" +
            word + "'";
    return false;
  }
  options.modelPath = word;
  return true;
}

} // namespace

std::optional<ProfileFormat> profileFormat(const std::string &path) {
  auto endsIn = [&](const std::string &ending) {
    return path.size() > ending.size() &&
           path.compare(path.size() - ending.size(), ending.size(), ending) ==
               0;
  };
  if (path == "-")
    return ProfileFormat::Text;
  if (endsIn(".html"))
    return ProfileFormat::Html;
  if (endsIn(".svg"))
    return ProfileFormat::Svg;
  if (endsIn(".json"))
    return ProfileFormat::Json;
  return std::nullopt;
}

bool parseOptions(int argc, char **argv, Options &options, std::string &error) {
  opterr = 0;
  for (bool afterProfile = false;;) {
    // For messages; getopt moves optind on before it returns.
    const char *word = optind < argc ? argv[optind] : "";
    int id = getopt_long(argc, argv, "-:", optionTable, nullptr);
    if (id == -1)
      break;
    bool wasProfile = afterProfile;
    afterProfile = id == OptProfile && !optarg;
    if (id == 1) {
      if (!storeWord(optarg, wasProfile, options, error))
        return false;
      continue;
    }
    if (id == '?' || id == ':') {
      error = id == ':' ? std::string("option '") + word + "' needs a value"
                        : std::string("unknown option '") + word + "'";
      return false;
    }
    if (!storeOption(id, options, error))
      return false;
  }
  if (optind < argc && options.modelPath.empty())
    options.modelPath = argv[optind];
  return checkOptions(options, error);
}

const char *helpText() {
  return R"(nnc-run: runs a model compiled to a shared library, on .npy files

  nnc-run MODEL.so --input x.npy --output y.npy
  nnc-run MODEL.so --input image=x.npy --expect probs=y.npy
  nnc-run MODEL.so --bench --batch 32 --threads 4
  nnc-run MODEL.so --profile report.html
  nnc-run MODEL.so --info

Data ([NAME=]FILE, repeatable; without a name in the model's order):
  --input FILE     an input, its first dimension being the batch
  --output FILE    write an output
  --expect FILE    compare an output; exit 1 if it differs
  --rtol X         relative tolerance of --expect (default 1e-4)
  --atol X         absolute tolerance of --expect (default 1e-5)

Model:
  --info           print names, shapes and sizes
  --weights FILE   the weights of a model that keeps them apart
  --symbol NAME    the model's symbol, if the library has several
  --threads N      run on N threads (default 1)

Models that keep a state or take any number of steps of time:
  --calls N        make N calls with the same inputs and show the last
  --steps N        feed a stream N steps a call (default: all of the inputs')

Time:
  --bench          time calls: median, min, p99, max; inputs not given are zero
  --batch N        samples of the inputs not given (default 1)
  --calls N        calls to time (default: as many as fit in a second)
  --profile [FILE] time each layer of a model compiled with nnc --profile, and
                   compare it with what the machine can do: as a page (.html),
                   a picture (.svg), JSON (.json) or text (-, the default);
                   give it again for another FILE
  --json           print the times as JSON
)";
}

} // namespace nnc::run
