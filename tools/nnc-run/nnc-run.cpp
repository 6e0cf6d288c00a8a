//===- nnc-run.cpp - run a compiled model on .npy files -------------------===//
//
// The steps of the tool: load the library, read the inputs, call the model,
// write and compare the outputs, time calls. Uses the runtime's public headers
// only, so it is also an example of calling a model that is not known when the
// program is compiled. Every error is one line on stderr and exit code 1.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Bench.h"
#include "tools/nnc-run/Call.h"
#include "tools/nnc-run/Compare.h"
#include "tools/nnc-run/Info.h"
#include "tools/nnc-run/LoadedModel.h"
#include "tools/nnc-run/Npy.h"
#include "tools/nnc-run/Options.h"
#include "tools/nnc-run/ProfilePage.h"
#include "tools/nnc-run/ProfileSvg.h"
#include "tools/nnc-run/ProfileText.h"
#include "tools/nnc-run/Text.h"

#include <algorithm>
#include <cstdio>
#include <new>

using namespace nnc::run;

namespace {

/// The inputs or the outputs of a model, with the lookup by name.
struct Side {
  const char *kind;
  const nnc_model &model;
  const nnc_tensor *tensors;
  std::int32_t count;
  int (*find)(const nnc_model *model, const char *name);
};

Side inputsOf(const nnc_model &model) {
  return {"input", model, model.inputs, model.input_count, nnc_find_input};
}

Side outputsOf(const nnc_model &model) {
  return {"output", model, model.outputs, model.output_count, nnc_find_output};
}

std::string listNames(const Side &side) {
  std::string text;
  for (std::int32_t i = 0; i != side.count; ++i)
    text += std::string(i == 0 ? "" : ", ") + "'" + side.tensors[i].name + "'";
  return text;
}

/// Gives each file its tensor: the named ones first, the others in order to
/// what is left. `paths` gets one per tensor, empty where there is none.
bool assignFiles(const Side &side, const std::vector<TensorFile> &files,
                 std::vector<std::string> &paths, std::string &error) {
  std::string kind = side.kind;
  paths.assign(static_cast<std::size_t>(side.count), "");
  for (const TensorFile &file : files) {
    if (file.name.empty())
      continue;
    int index = side.find(&side.model, file.name.c_str());
    if (index < 0) {
      error = "no " + kind + " '" + file.name + "'; there is " +
              listNames(side) + " [N804]";
      return false;
    }
    std::string &path = paths[static_cast<std::size_t>(index)];
    if (!path.empty()) {
      error = kind + " '" + file.name + "' is given twice [N804]";
      return false;
    }
    path = file.path;
  }
  std::size_t next = 0;
  for (const TensorFile &file : files) {
    if (!file.name.empty())
      continue;
    while (next != paths.size() && !paths[next].empty())
      ++next;
    if (next == paths.size()) {
      error = "more files than the model has " + kind + "s: it has " +
              listNames(side) + " [N804]";
      return false;
    }
    paths[next] = file.path;
  }
  return true;
}

bool readInputs(const Options &options, const nnc_model &model,
                std::vector<std::optional<NpyArray>> &inputs,
                std::string &error) {
  Side side = inputsOf(model);
  std::vector<std::string> paths;
  if (!assignFiles(side, options.inputs, paths, error))
    return false;
  for (std::size_t i = 0; i != paths.size(); ++i) {
    inputs.emplace_back();
    if (paths[i].empty() && options.measures())
      continue;
    if (paths[i].empty()) {
      error = std::string("input '") + model.inputs[i].name +
              "' is missing; give it with --input [N804]";
      return false;
    }
    if (!readNpy(paths[i], inputs.back().emplace(), error))
      return false;
  }
  return true;
}

bool writeOutputs(const std::vector<std::string> &paths, const Call &call,
                  const nnc_model &model, std::string &error) {
  for (std::size_t i = 0; i != paths.size(); ++i) {
    int index = static_cast<int>(i);
    if (!paths[i].empty() &&
        !writeNpy(paths[i], model.outputs[i].dtype, call.outputShape(index),
                  call.output(index), error))
      return false;
  }
  return true;
}

/// Compares one output and says how it went; false on a mismatch.
bool compareOutput(const Options &options, const std::string &path,
                   const Call &call, const nnc_tensor &output, int index,
                   std::string &error) {
  NpyArray want;
  std::vector<std::int64_t> shape = call.outputShape(index);
  if (!readNpy(path, want, error))
    return false;
  if (want.shape != shape) {
    error = std::string("output '") + output.name + "': has shape " +
            shapeText(shape) + ", expected is " + shapeText(want.shape) +
            " [N806]";
    return false;
  }
  Comparison result = compareElements(call.output(index), output.dtype, want,
                                      options.rtol, options.atol);
  std::printf("output '%s': largest error %.3Lg", output.name, result.error);
  if (result.error != 0)
    std::printf(" at %s", positionText(shape, result.worst).c_str());
  std::printf(" (rtol %g, atol %g)\n", options.rtol, options.atol);
  if (result.mismatches == 0)
    return true;
  error = std::string("output '") + output.name +
          "': " + std::to_string(result.mismatches) + " of " +
          std::to_string(want.size()) + " elements differ [N810]";
  return false;
}

/// Compares all outputs that have a file, and goes on after a mismatch, so that
/// all of them are seen.
bool compareOutputs(const Options &options,
                    const std::vector<std::string> &paths, const Call &call,
                    const nnc_model &model, std::string &error) {
  bool same = true;
  for (std::size_t i = 0; i != paths.size(); ++i) {
    std::string problem;
    if (paths[i].empty() ||
        compareOutput(options, paths[i], call, model.outputs[i],
                      static_cast<int>(i), problem))
      continue;
    error += (same ? "" : "; ") + problem;
    same = false;
  }
  return same;
}

bool bench(const Options &options, const nnc_model &model, Call &call,
           std::string &error) {
  Timing timing;
  if (!timeCalls(call, options.calls, timing, error))
    return false;
  std::fputs(printTiming(timing, model.name, call.batch(), options.threads,
                         options.json)
                 .c_str(),
             stdout);
  return true;
}

std::string formatProfile(const LayerProfile &profile, ProfileFormat format) {
  switch (format) {
  case ProfileFormat::Html:
    return printProfilePage(profile);
  case ProfileFormat::Svg:
    return drawProfile(profile);
  case ProfileFormat::Json:
    return printProfileJson(profile);
  case ProfileFormat::Text:
    break;
  }
  return printProfile(profile);
}

bool profile(const Options &options, const nnc_model &model, Call &call,
             std::string &error) {
  LayerProfile result;
  if (!profileCalls(call, model, options.calls, result, error))
    return false;
  bool prints = options.json || options.profilePaths.empty();
  for (const std::string &path : options.profilePaths) {
    ProfileFormat format = *profileFormat(path);
    if (format == ProfileFormat::Text)
      prints = true;
    else if (!writeFile(path, {formatProfile(result, format)}, error))
      return false;
  }
  ProfileFormat printed =
      options.json ? ProfileFormat::Json : ProfileFormat::Text;
  if (prints)
    std::fputs(formatProfile(result, printed).c_str(), stdout);
  return true;
}

/// Everything that calls the model.
bool runModel(const Options &options, const LoadedModel &loaded,
              std::string &error) {
  const nnc_model &model = loaded.info();
  std::vector<std::string> outputPaths, expectedPaths;
  std::vector<std::optional<NpyArray>> inputs;
  Call call(loaded);
  if (!assignFiles(outputsOf(model), options.outputs, outputPaths, error) ||
      !assignFiles(outputsOf(model), options.expected, expectedPaths, error) ||
      !readInputs(options, model, inputs, error) ||
      !call.prepare(inputs, options.batch, options.steps, options.threads,
                    error))
    return false;
  inputs.clear();
  std::int64_t calls =
      options.measures() ? 1 : std::max<std::int64_t>(options.calls, 1);
  for (std::int64_t i = 0; i != calls; ++i)
    if (!call.run(error))
      return false;
  if (!writeOutputs(outputPaths, call, model, error) ||
      !compareOutputs(options, expectedPaths, call, model, error))
    return false;
  if (options.bench)
    return bench(options, model, call, error);
  return !options.profile || profile(options, model, call, error);
}

bool runTool(int argc, char **argv, std::string &error) {
  Options options;
  LoadedModel loaded;
  if (!parseOptions(argc, argv, options, error))
    return false;
  if (options.help || options.version || options.generated) {
    std::string text = options.help ? helpText()
                       : options.version
                           ? versionText()
                           : generate(*options.generated, describeProgram());
    std::fputs(text.c_str(), stdout);
    return true;
  }
  if (!loaded.load(options, error))
    return false;
  if (options.info)
    std::fputs(printInfo(loaded.info()).c_str(), stdout);
  bool onlyInfo = options.info && !options.measures() &&
                  options.inputs.empty() && options.outputs.empty() &&
                  options.expected.empty();
  return onlyInfo || runModel(options, loaded, error);
}

} // namespace

int main(int argc, char **argv) {
  std::string error;
  bool good = false;
  try {
    good = runTool(argc, argv, error);
  } catch (const std::bad_alloc &) {
    error = "out of memory [N902]";
  }
  if (good && std::fflush(stdout) != 0) {
    error = "cannot write to the standard output [N005]";
    good = false;
  }
  if (!good)
    std::fprintf(stderr, "nnc-run: error: %s\n", error.c_str());
  return good ? 0 : 1;
}
