//===- CNames.cpp - names of a model as C identifiers ---------------------===//
//
// See CNames.h. The tables are words between spaces; a name in one of them gets
// '_' after it.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/CNames.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace nnc {

/// Keywords of C (to C23) and of C++ (to C++20).
static constexpr StringLiteral keywords =
    " _Alignas _Alignof _Atomic _BitInt _Bool _Complex _Decimal128 "
    "_Decimal32 _Decimal64 _Generic _Imaginary _Noreturn _Static_assert "
    "_Thread_local alignas alignof and and_eq asm auto bitand bitor bool "
    "break case catch char char16_t char32_t char8_t class co_await "
    "co_return co_yield compl concept const const_cast consteval constexpr "
    "constinit continue decltype default delete do double dynamic_cast else "
    "enum explicit export extern false float for friend goto if inline int "
    "long mutable namespace new noexcept not not_eq nullptr operator or "
    "or_eq private protected public register reinterpret_cast requires "
    "restrict return short signed sizeof static static_assert static_cast "
    "struct switch template this thread_local throw true try typedef typeid "
    "typename typeof typeof_unqual union unsigned using virtual void "
    "volatile wchar_t while xor xor_eq ";

/// The head of every args struct in upper case, because a member's macro is
/// written so ("Workspace" would make a second NAME_WORKSPACE_SIZE), with the
/// member that streaming models add.
static constexpr StringLiteral headMembers =
    " BATCH PARALLEL SIGNATURE STATE STEPS WEIGHTS WEIGHTS_SIZE WORKSPACE "
    "WORKSPACE_SIZE ";

/// What the headers that every program includes define as macros or types,
/// and what compilers predefine in their GNU modes.
static constexpr StringLiteral environment =
    " EOF NULL errno i386 int16_t int32_t int64_t int8_t linux max_align_t "
    "nullptr_t ptrdiff_t size_t stderr stdin stdout uint16_t uint32_t "
    "uint64_t uint8_t unix ";

static bool contains(StringRef words, StringRef name) {
  return words.contains((" " + name + " ").str());
}

/// INT32_MAX, SIZE_MAX and their like of <stdint.h>.
static bool isLimitMacro(StringRef name) {
  static constexpr StringLiteral starts[] = {"INT",  "UINT", "SIZE", "PTRDIFF",
                                             "SIG_", "WINT", "WCHAR"};
  return (name.ends_with("_MAX") || name.ends_with("_MIN") ||
          name.ends_with("_WIDTH")) &&
         any_of(starts,
                [&](StringRef start) { return name.starts_with(start); });
}

static bool isReserved(StringRef name) {
  return contains(keywords, name) || contains(environment, name) ||
         isLimitMacro(name);
}

/// Our own names: nnc_parallel, NNC_OK, namespace nnc, and what may follow.
static bool isOurs(StringRef name) {
  return name.equals_insensitive("nnc") || name.starts_with_insensitive("nnc_");
}

bool isCIdentifier(StringRef name) {
  return !name.empty() && !isDigit(name.front()) &&
         all_of(name, [](char c) { return isAlnum(c) || c == '_'; }) &&
         !contains(keywords, name);
}

/// `text` with '_' for every character that C does not take.
static std::string mapCharacters(StringRef text) {
  std::string fixed = json::isUTF8(text) ? text.str() : json::fixUTF8(text);
  std::string result;
  for (StringRef rest = fixed; !rest.empty();) {
    uint32_t code = takeCodePoint(rest);
    char c = code < 0x80 ? static_cast<char>(code) : '_';
    result += isAlnum(c) ? c : '_';
  }
  if (result.empty() || isDigit(result.front()))
    result.insert(0, "n");
  return result;
}

std::string makeCPrefix(StringRef asked, StringRef symbol,
                        StringRef inputPath) {
  // A model may be a folder, named with its separator.
  StringRef path = inputPath.rtrim('/');
  StringRef stem = path == "-" ? "" : sys::path::stem(path);
  StringRef text = !asked.empty() ? asked : !symbol.empty() ? symbol : stem;
  std::string prefix = mapCharacters(text.empty() ? "model" : text);
  // `struct std` would be in the way of the namespace.
  if (isReserved(prefix) || isOurs(prefix) || prefix == "std")
    prefix += '_';
  return prefix;
}

/// A class name as Keras writes it in layer names: '_' before an upper-case
/// letter that starts a word, by the same two passes as Keras.
static std::string snakeCase(StringRef className) {
  std::string words;
  for (size_t i = 0; i < className.size();) {
    words += className[i++];
    if (i + 1 >= className.size() || !isUpper(className[i]) ||
        !isLower(className[i + 1]))
      continue;
    words += '_';
    words += className[i++];
    while (i < className.size() && isLower(className[i]))
      words += className[i++];
  }
  std::string result;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i && isLower(words[i - 1]) && isUpper(words[i]))
      result += '_';
    result += toLower(words[i]);
  }
  return result;
}

/// `stem`, or `stem` with '_' and a number.
static bool isNumbered(StringRef name, StringRef stem) {
  if (!name.consume_front(stem))
    return false;
  return name.empty() ||
         (name.consume_front("_") && !name.empty() && all_of(name, isDigit));
}

bool isKerasMadeName(const TensorName &tensor) {
  if (isNumbered(tensor.name, "keras_tensor") ||
      isNumbered(tensor.name, "input_layer"))
    return true;
  if (tensor.className == "InputLayer" && isNumbered(tensor.name, "input"))
    return true;
  return !tensor.className.empty() &&
         isNumbered(tensor.name, snakeCase(tensor.className));
}

/// A member name that is free in the struct and as a macro. `macros` holds the
/// names given so far in upper case, each with the number to try next.
static std::string makeMember(StringRef text, StringRef prefix,
                              StringMap<unsigned> &macros) {
  std::string name = mapCharacters(text);
  // The header's own macros start with the prefix in upper case.
  if (isReserved(name) || isOurs(name) ||
      contains(headMembers, StringRef(name).upper()) ||
      StringRef(name).starts_with(prefix.upper() + "_"))
    name += '_';
  std::string unique = name;
  while (!macros.try_emplace(StringRef(unique).upper(), 2).second)
    unique = name + "_" + std::to_string(macros[StringRef(name).upper()]++);
  return unique;
}

MemberNames makeMemberNames(StringRef prefix, ArrayRef<TensorName> inputs,
                            ArrayRef<TensorName> outputs) {
  StringMap<unsigned> macros;
  auto make = [&](ArrayRef<TensorName> tensors, StringRef role) {
    std::vector<std::string> names;
    for (const auto &[index, tensor] : enumerate(tensors)) {
      std::string text = tensor.name.str();
      if (text.empty() || isKerasMadeName(tensor))
        text = tensors.size() == 1 ? role.str()
                                   : (role + "_" + Twine(index)).str();
      names.push_back(makeMember(text, prefix, macros));
    }
    return names;
  };
  MemberNames result;
  result.inputs = make(inputs, "input");
  result.outputs = make(outputs, "output");
  return result;
}

} // namespace nnc
