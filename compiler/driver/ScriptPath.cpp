//===- ScriptPath.cpp - where a .wasm file's ES module goes ---------------===//
//
// See ScriptPath.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/ScriptPath.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace nnc {

Expected<std::string> findScriptPath(OutputKind kind, StringRef asked,
                                     StringRef outputPath) {
  if (kind != OutputKind::Wasm) {
    if (!asked.empty())
      return createStringError("--js belongs to a .wasm output [N002]");
    return "";
  }
  SmallString<256> path(asked);
  if (path.empty() && outputPath != "-") {
    path = outputPath;
    sys::path::replace_extension(path, ".mjs");
  }
  StringRef ending = sys::path::extension(path);
  if (!path.empty() && ending != ".mjs" && ending != ".js")
    return createStringError("--js takes a file that ends in .mjs or .js, not "
                             "'" +
                             path + "' [N002]");
  return path.str().str();
}

std::string typesPath(StringRef scriptPath) {
  StringRef stem = scriptPath.take_front(scriptPath.rfind('.'));
  return (stem + (scriptPath.ends_with(".mjs") ? ".d.mts" : ".d.ts")).str();
}

} // namespace nnc
