//===- Options.cpp - the command line of nnc-run --------------------------===//
//
// getopt_long reads what OptionList.cpp lists, and one table stores the values.
// Messages are our own, so that they look like every other error of the tool.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Options.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <getopt.h>
#include <limits>
#include <numeric>
#include <utility>

namespace nnc::run {
namespace {

bool parseInteger(const std::string &option, const char *text,
                  std::int64_t most, std::int64_t &value, std::string &error) {
  char *end = nullptr;
  errno = 0;
  long long parsed = std::strtoll(text, &end, 10);
  if (end == text || *end != '\0' || errno == ERANGE || parsed < 1 ||
      parsed > most) {
    error = "--" + option + " needs a number from 1 to " +
            std::to_string(most) + ", got '" + text + "' [N001]";
    return false;
  }
  value = parsed;
  return true;
}

bool parseTolerance(const std::string &option, const char *text, double &value,
                    std::string &error) {
  char *end = nullptr;
  double parsed = std::strtod(text, &end);
  if (end == text || *end != '\0' || !std::isfinite(parsed) || parsed < 0) {
    error = "--" + option + " needs a number not below 0, got '" + text +
            "' [N001]";
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

/// Stores the value of one option; null where it was left out or there is none.
using Store = bool (*)(const char *value, Options &options, std::string &error);

struct StoredOption {
  const char *name;
  Store store;
};

/// A flag and a text, for the table below.
template <bool Options::*flag>
bool storeFlag(const char *, Options &options, std::string &) {
  return options.*flag = true;
}

template <std::string Options::*text>
bool storeText(const char *value, Options &options, std::string &) {
  options.*text = value;
  return true;
}

template <std::vector<TensorFile> Options::*files>
bool storeFile(const char *value, Options &options, std::string &) {
  (options.*files).push_back(parseTensorFile(value));
  return true;
}

bool storeThreads(const char *value, Options &options, std::string &error) {
  std::int64_t number = 0;
  if (!parseInteger("threads", value, 1024, number, error))
    return false;
  options.threads = static_cast<int>(number);
  return true;
}

bool storeProfile(const char *value, Options &options, std::string &) {
  options.profile = true;
  if (value)
    options.profilePaths.emplace_back(value);
  return true;
}

bool storeGenerated(const char *value, Options &options, std::string &error) {
  options.generated = generatedKind(value);
  if (!options.generated)
    error = std::string("--generate takes bash, zsh, fish or man, not '") +
            value + "' [N001]";
  return options.generated.has_value();
}

constexpr std::int64_t kMostRows = std::numeric_limits<std::int32_t>::max();

constexpr StoredOption storedOptions[] = {
    {"input", storeFile<&Options::inputs>},
    {"output", storeFile<&Options::outputs>},
    {"expect", storeFile<&Options::expected>},
    {"rtol",
     [](const char *value, Options &options, std::string &error) {
       return parseTolerance("rtol", value, options.rtol, error);
     }},
    {"atol",
     [](const char *value, Options &options, std::string &error) {
       return parseTolerance("atol", value, options.atol, error);
     }},
    {"info", storeFlag<&Options::info>},
    {"weights", storeText<&Options::weightsPath>},
    {"symbol", storeText<&Options::symbol>},
    {"threads", storeThreads},
    {"calls",
     [](const char *value, Options &options, std::string &error) {
       return parseInteger("calls", value, 10000000, options.calls, error);
     }},
    {"steps",
     [](const char *value, Options &options, std::string &error) {
       return parseInteger("steps", value, kMostRows, options.steps, error);
     }},
    {"bench", storeFlag<&Options::bench>},
    {"batch",
     [](const char *value, Options &options, std::string &error) {
       return parseInteger("batch", value, kMostRows, options.batch, error);
     }},
    {"profile", storeProfile},
    {"json", storeFlag<&Options::json>},
    {"help", storeFlag<&Options::help>},
    {"version", storeFlag<&Options::version>},
    // For the build only, so that nothing lists it.
    {"generate", storeGenerated},
};

/// What getopt_long returns for the first of them; above the characters' range.
constexpr int kFirstOption = 256;

std::vector<option> getoptTable(const Program &program) {
  std::vector<option> table;
  int id = kFirstOption;
  for (const StoredOption &stored : storedOptions) {
    int argument = required_argument;
    for (const OptionGroup &group : program.options)
      for (const OptionInfo &info : group.options)
        if (info.name == stored.name)
          argument = info.valueName.empty() ? no_argument
                     : info.optional        ? optional_argument
                                            : required_argument;
    table.push_back({stored.name, argument, nullptr, id++});
  }
  table.push_back({nullptr, 0, nullptr, 0});
  return table;
}

/// What can only be said once the whole line is read.
bool checkOptions(const Options &options, std::string &error) {
  if (options.help || options.version || options.generated)
    return true;
  if (options.modelPath.empty()) {
    error = "no model given; --help shows how to call nnc-run [N001]";
    return false;
  }
  if (options.bench && options.profile) {
    error = "--bench and --profile are two things to do [N002]";
    return false;
  }
  if (!options.measures() && (options.json || options.batch)) {
    error = "--json and --batch need --bench or --profile [N002]";
    return false;
  }
  for (const std::string &path : options.profilePaths)
    if (!profileFormat(path)) {
      error = "--profile needs a file that ends in .html, .svg or .json, or - "
              "for text, got '" +
              path + "' [N001]";
      return false;
    }
  if (options.profile && options.calls > kMostProfiled) {
    error = "--profile makes at most " + std::to_string(kMostProfiled) +
            " calls, got " + std::to_string(options.calls) + " [N002]";
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
            word + "'" +
            (afterProfile ? "; a file of --profile ends in .html, .svg or .json"
                          : "") +
            " [N001]";
    return false;
  }
  options.modelPath = word;
  return true;
}

/// How many characters to add, to leave out or to change make `to` of `from`.
std::size_t editDistance(const std::string &from, const std::string &to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t(0));
  for (std::size_t i = 0; i != from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j != to.size(); ++j) {
      std::size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

/// "; did you mean '--input'?" where an option is spelled nearly like `word`.
std::string suggestion(const std::string &word) {
  std::string name = word.substr(0, word.find('='));
  std::size_t least = 3;
  std::string best;
  for (const OptionGroup &group : describeProgram().options)
    for (const OptionInfo &option : group.options) {
      std::size_t distance = editDistance(name, option.spelling());
      if (distance < least) {
        least = distance;
        best = option.spelling();
      }
    }
  return best.empty() ? "" : "; did you mean '" + best + "'?";
}

/// What is wrong with `word`, for which getopt_long returned `id`.
std::string wordError(int id, const std::string &word) {
  if (id == ':')
    return "option '" + word + "' needs a value [N001]";
  if (optopt >= kFirstOption)
    return std::string("--") + storedOptions[optopt - kFirstOption].name +
           " takes no value, got '" + word + "' [N001]";
  return "unknown option '" + word + "'" + suggestion(word) + " [N001]";
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
  std::vector<option> table = getoptTable(describeProgram());
  for (bool afterProfile = false;;) {
    // For messages; getopt moves optind on before it returns.
    const char *word = optind < argc ? argv[optind] : "";
    int id = getopt_long(argc, argv, "-:", table.data(), nullptr);
    if (id == -1)
      break;
    bool wasProfile = std::exchange(afterProfile, false);
    if (id == 1) {
      if (!storeWord(optarg, wasProfile, options, error))
        return false;
      continue;
    }
    if (id == '?' || id == ':') {
      error = wordError(id, word);
      return false;
    }
    const StoredOption &stored = storedOptions[id - kFirstOption];
    afterProfile = stored.store == storeProfile && !optarg;
    if (!stored.store(optarg, options, error))
      return false;
  }
  if (optind < argc && options.modelPath.empty())
    options.modelPath = argv[optind];
  return checkOptions(options, error);
}

} // namespace nnc::run
