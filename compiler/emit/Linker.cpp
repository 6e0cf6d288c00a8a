//===- Linker.cpp - a model as a library or module ------------------------===//
//
// See Linker.h. The linker works in a temporary folder of its own, which is
// removed whatever happens; its output is the same wherever that folder is.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Linker.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace nnc {

using Buffer = std::unique_ptr<MemoryBuffer>;

/// Prefers the linker of our LLVM, whose bytes we know, to any other.
static Expected<std::string> findLinker(StringRef name, StringRef directory,
                                        StringRef product) {
  std::string versioned = (name + "-" + Twine(LLVM_VERSION_MAJOR)).str();
  SmallVector<StringRef, 1> beside;
  if (!directory.empty())
    beside.push_back(directory);
  for (StringRef candidate : {StringRef(versioned), name}) {
    if (!beside.empty())
      if (ErrorOr<std::string> found =
              sys::findProgramByName(candidate, beside))
        return *found;
    if (ErrorOr<std::string> found = sys::findProgramByName(candidate))
      return *found;
  }
  return createStringError("a " + product + " needs the linker " + name +
                           ", which is not installed [N607]");
}

static Error writeFile(const Twine &path, StringRef content) {
  std::error_code ec;
  raw_fd_ostream os(path.str(), ec);
  if (!ec) {
    os << content;
    os.close();
    ec = os.error();
    os.clear_error();
  }
  return ec ? createStringError("cannot write '" + path + "': " + ec.message() +
                                " [N005]")
            : Error::success();
}

/// The first line of what the linker said.
static std::string firstLine(const Twine &path) {
  auto text = MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!text)
    return "no message";
  StringRef line = (*text)->getBuffer().split('\n').first.trim();
  return line.empty() ? "no message" : line.str();
}

/// Runs `arguments`, the linker first, whose messages go to `log`.
static Error runLinker(ArrayRef<StringRef> arguments, StringRef log,
                       const LinkOptions &options) {
  std::optional<StringRef> redirects[] = {StringRef(), log, log};
  if (options.running)
    options.running(join(arguments, " "));
  std::string message;
  int code =
      sys::ExecuteAndWait(arguments.front(), arguments,
                          /*Env=*/std::nullopt, redirects,
                          /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
  if (code == 0)
    return Error::success();
  return createStringError(
      "'" + arguments.front() +
      "' failed: " + (message.empty() ? firstLine(log) : message) + " [N607]");
}

/// Links `object` in a folder of its own: `flags` get the folder and return
/// what the linker needs beside the names of object and output.
static Expected<Buffer>
link(StringRef object, StringRef linker, const LinkOptions &options,
     function_ref<Expected<std::vector<std::string>>(StringRef)> flags) {
  SmallString<128> folder;
  if (std::error_code ec = sys::fs::createUniqueDirectory("nnc", folder))
    return createStringError(
        "cannot create a temporary folder: " + ec.message() + " [N005]");
  llvm::scope_exit cleanup([&] { sys::fs::remove_directories(folder); });

  std::string input = (folder + "/model.o").str();
  std::string output = (folder + "/model").str();
  if (Error error = writeFile(input, object))
    return error;
  Expected<std::vector<std::string>> own = flags(folder);
  if (!own)
    return own.takeError();
  SmallVector<StringRef> arguments = {linker};
  arguments.append(own->begin(), own->end());
  arguments.append({"-o", output, input});
  if (Error error = runLinker(arguments, (folder + "/log").str(), options))
    return error;

  auto library = MemoryBuffer::getFile(output, /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false);
  if (!library)
    return createStringError("cannot read the linker's output: " +
                             library.getError().message() + " [N607]");
  // The folder goes away, so the content must not be a view of the file.
  return MemoryBuffer::getMemBufferCopy((*library)->getBuffer());
}

Expected<Buffer> linkShared(StringRef object, const LinkOptions &options) {
  const Triple &triple = options.target.triple;
  if (!triple.isOSBinFormatELF())
    return createStringError(
        "shared libraries are made for ELF targets only, not for '" +
        triple.str() + "'; use an object or an archive [N604]");
  Expected<std::string> linker =
      findLinker("ld.lld", options.directory, "shared library");
  if (!linker)
    return linker.takeError();
  using Flags = std::vector<std::string>;
  return link(
      object, *linker, options, [&](StringRef folder) -> Expected<Flags> {
        std::string script = (folder + "/exports").str();
        if (Error error = writeFile(script, "{ global: " + options.prefix +
                                                "_*; local: *; };\n"))
          return error;
        // Symbolic: another model of the same name in the process must not get
        // between this one's own references.
        return Flags{"-shared",
                     "-soname=" + options.soname,
                     "--version-script=" + script,
                     "-Bsymbolic",
                     "-znoexecstack",
                     "-zrelro",
                     "-znow",
                     "--hash-style=gnu",
                     "--build-id=none",
                     "--gc-sections"};
      });
}

Expected<Buffer> linkWasm(StringRef object, const LinkOptions &options) {
  const TargetSpec &target = options.target;
  if (!target.triple.isWasm())
    return createStringError("a .wasm file is made for wasm32, not for '" +
                             target.triple.str() + "' [N604]");
  // memcpy and memset are instructions then; there is no library to have them.
  if (!hasFeature(target, "bulk-memory-opt"))
    return createStringError("a .wasm file needs the feature bulk-memory-opt, "
                             "which this target has not; use an object [N604]");
  Expected<std::string> linker =
      findLinker("wasm-ld", options.directory, "WebAssembly module");
  if (!linker)
    return linker.takeError();
  using Flags = std::vector<std::string>;
  return link(object, *linker, options, [&](StringRef) -> Expected<Flags> {
    // The stack lies below the data: one that is too deep traps.
    Flags flags = {"--no-entry",
                   "--gc-sections",
                   "--stack-first",
                   "--export=__heap_base",
                   "--export=" + options.prefix + "_run",
                   "--export-if-defined=" + options.prefix + "_reset"};
    if (!options.debugInfo)
      flags.push_back("--strip-all");
    return flags;
  });
}

} // namespace nnc
