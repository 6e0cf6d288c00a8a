//===- DescribeOptions.cpp - the options that shape the code --------------===//
//
// See DescribeOptions.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/DescribeOptions.h"

#include "llvm/ADT/Twine.h"

namespace nnc {

std::string describeOptions(const Options &options, const TargetSpec &target) {
  std::string text = "-O" + std::to_string(options.optLevel) +
                     " --target=" + target.triple.str() +
                     " --mcpu=" + target.cpuList();
  auto put = [&](llvm::StringRef name, const llvm::Twine &value) {
    text += (" --" + name + "=" + value).str();
  };
  if (!options.features.empty())
    put("mattr", options.features);
  if (options.relocation == RelocationModel::Static)
    put("relocation-model", "static");
  if (options.winograd != 2)
    put("winograd", llvm::Twine(options.winograd));
  if (options.batch != 0)
    put("batch", llvm::Twine(options.batch));
  for (const std::string &shape : options.shapes)
    put("shape", shape);
  if (options.stateful)
    text += " --stateful";
  if (options.stream)
    text += " --stream";
  if (options.profile)
    text += " --profile";
  if (options.seed)
    put("seed", llvm::Twine(*options.seed));
  return text;
}

} // namespace nnc
