//===- Linker.cpp - a model as a shared library ---------------------------===//
//
// See Linker.h. The linker works in a temporary folder of its own, which is
// removed whatever happens; its output is the same wherever that folder is.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Linker.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace nnc {

/// Prefers the linker of our LLVM, whose bytes we know, to any other.
static ErrorOr<std::string> findLinker(StringRef directory) {
  std::string versioned = "ld.lld-" + std::to_string(LLVM_VERSION_MAJOR);
  SmallVector<StringRef, 1> beside;
  if (!directory.empty())
    beside.push_back(directory);
  for (StringRef name : {StringRef(versioned), StringRef("ld.lld")}) {
    if (!beside.empty())
      if (ErrorOr<std::string> found = sys::findProgramByName(name, beside))
        return found;
    if (ErrorOr<std::string> found = sys::findProgramByName(name))
      return found;
  }
  return std::make_error_code(std::errc::no_such_file_or_directory);
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
  return ec ? createStringError("cannot write '" + path + "': " + ec.message())
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

static Error runLinker(StringRef linker, StringRef folder,
                       const LinkOptions &options) {
  std::string object = (folder + "/model.o").str();
  std::string script = (folder + "/exports").str();
  std::string output = (folder + "/model.so").str();
  std::string log = (folder + "/log").str();

  std::string soname = "-soname=" + options.soname;
  std::string exports = "--version-script=" + script;
  // Symbolic: another model of the same name in the process must not get
  // between this one's own references.
  StringRef arguments[] = {linker,
                           "-shared",
                           soname,
                           exports,
                           "-Bsymbolic",
                           "-znoexecstack",
                           "-zrelro",
                           "-znow",
                           "--hash-style=gnu",
                           "--build-id=none",
                           "--gc-sections",
                           "-o",
                           output,
                           object};
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(log),
                                          StringRef(log)};
  std::string message;
  int code = sys::ExecuteAndWait(linker, arguments, /*Env=*/std::nullopt,
                                 redirects, /*SecondsToWait=*/0,
                                 /*MemoryLimit=*/0, &message);
  if (code == 0)
    return Error::success();
  return createStringError("'" + linker + "' failed: " +
                           (message.empty() ? firstLine(log) : message));
}

Expected<std::unique_ptr<MemoryBuffer>> linkShared(StringRef object,
                                                   const LinkOptions &options) {
  if (!options.triple.isOSBinFormatELF())
    return createStringError(
        "shared libraries are made for ELF targets only, not for '" +
        options.triple.str() + "'; use an object or an archive");
  ErrorOr<std::string> linker = findLinker(options.directory);
  if (!linker)
    return createStringError("a shared library needs the linker ld.lld, which "
                             "is not installed");

  SmallString<128> folder;
  if (std::error_code ec = sys::fs::createUniqueDirectory("nnc", folder))
    return createStringError("cannot create a temporary folder: " +
                             ec.message());
  llvm::scope_exit cleanup([&] { sys::fs::remove_directories(folder); });

  if (Error error = writeFile(folder + "/model.o", object))
    return error;
  if (Error error =
          writeFile(folder + "/exports",
                    "{ global: " + options.prefix + "_*; local: *; };\n"))
    return error;
  if (Error error = runLinker(*linker, folder, options))
    return error;

  auto library = MemoryBuffer::getFile(folder + "/model.so", /*IsText=*/false,
                                       /*RequiresNullTerminator=*/false);
  if (!library)
    return createStringError("cannot read the linker's output: " +
                             library.getError().message());
  // The folder goes away, so the content must not be a view of the file.
  return MemoryBuffer::getMemBufferCopy((*library)->getBuffer());
}

} // namespace nnc
