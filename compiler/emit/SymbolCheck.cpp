//===- SymbolCheck.cpp - what an object may ask of its program ------------===//
//
// See SymbolCheck.h. ELF, Mach-O, COFF and WebAssembly objects are read through
// LLVM's common interface; they differ in how a C name is spelled and in the
// names that stand for the linker's own tables.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/SymbolCheck.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/TargetParser/Triple.h"
#include <set>

using namespace llvm;

namespace nnc {

static bool isAllowedOnARM(StringRef name) {
  // The suffix tells the alignment, "__aeabi_memcpy4".
  if (name.ends_with("4") || name.ends_with("8"))
    name = name.drop_back();
  return StringSwitch<bool>(name)
      .Cases({"__aeabi_memcpy", "__aeabi_memmove", "__aeabi_memset",
              "__aeabi_memclr"},
             true)
      .Default(false);
}

/// Names that no library provides: the linker defines them, or (_fltused) they
/// only mark that an object uses floating point.
static bool isLinkerDefined(StringRef name, const object::ObjectFile &object) {
  if (object.isWasm())
    return StringSwitch<bool>(name)
        .Cases({"__stack_pointer", "__linear_memory", "__memory_base",
                "__table_base", "__indirect_function_table"},
               true)
        .Default(false);
  if (object.isCOFF())
    return name == "_fltused";
  return name == "_GLOBAL_OFFSET_TABLE_";
}

static bool isAllowed(StringRef name, const object::ObjectFile &object) {
  if (isLinkerDefined(name, object))
    return true;
  Triple::ArchType arch = object.getArch();
  if (object.isMachO() || (object.isCOFF() && arch == Triple::x86))
    name.consume_front("_");
  if (StringSwitch<bool>(name)
          .Cases({"memcpy", "memmove", "memset"}, true)
          .Default(false))
    return true;
  return (arch == Triple::arm || arch == Triple::thumb) && isAllowedOnARM(name);
}

Error checkSymbols(MemoryBufferRef buffer) {
  auto object = object::ObjectFile::createObjectFile(buffer);
  if (!object)
    return object.takeError();

  std::set<std::string> refused;
  for (const object::SymbolRef &symbol : (*object)->symbols()) {
    Expected<uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    // Format-specific ones are section markers and ELF's empty first symbol.
    if (!(*flags & object::SymbolRef::SF_Undefined) ||
        (*flags & object::SymbolRef::SF_FormatSpecific))
      continue;
    Expected<StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    if (!isAllowed(*name, **object))
      refused.insert(name->str());
  }
  if (refused.empty())
    return Error::success();
  return createStringError(
      "the compiled code calls '" + join(refused, "', '") +
      "', but may call only memcpy, memmove and memset [N901]");
}

} // namespace nnc
