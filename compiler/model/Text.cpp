//===- Text.cpp - names of a model made fit to print ----------------------===//
//
// See Text.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/model/Text.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace nnc {

uint32_t takeCodePoint(StringRef &text) {
  auto lead = static_cast<unsigned char>(text.front());
  size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  uint32_t code = length == 1 ? lead : lead & (0xffu >> (length + 1));
  for (char next : text.take_front(length).drop_front())
    code = code << 6 | (static_cast<unsigned char>(next) & 0x3f);
  text = text.drop_front(length);
  return code;
}

/// Controls, line and paragraph separators, and the marks that reorder text,
/// with which a name could disguise the code around it.
static bool isControl(uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c ||
         code == 0x200e || code == 0x200f ||
         (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string printableText(StringRef text) {
  std::string fixed = json::isUTF8(text) ? text.str() : json::fixUTF8(text);
  std::string result;
  for (StringRef rest = fixed; !rest.empty();) {
    StringRef start = rest;
    if (isControl(takeCodePoint(rest)))
      result += '?';
    else
      result += start.drop_back(rest.size());
  }
  return result;
}

std::string wrapText(StringRef text, StringRef prefix) {
  SmallVector<StringRef> words;
  SplitString(text, words, " ");
  std::string result;
  size_t column = 0;
  for (StringRef word : words) {
    if (column && column + 1 + word.size() > 79) {
      result += '\n';
      column = 0;
    }
    StringRef before = column ? " " : prefix;
    result += (before + word).str();
    column += before.size() + word.size();
  }
  return result + '\n';
}

/// An underscore belongs before `text[i]`: an upper-case letter that begins a
/// capitalized word, or follows a lower-case letter.
static bool startsWord(StringRef text, size_t i) {
  if (i == 0 || !isUpper(text[i]))
    return false;
  bool capitalized = i + 1 < text.size() && isLower(text[i + 1]);
  return capitalized || isLower(text[i - 1]);
}

std::string toSnakeCase(StringRef className) {
  std::string name;
  for (size_t i = 0; i < className.size(); ++i) {
    if (startsWord(className, i))
      name += '_';
    name += toLower(className[i]);
  }
  return name;
}

std::string withThousands(uint64_t value) {
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;)
    digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string readableBytes(uint64_t bytes) {
  static constexpr StringLiteral units[] = {"B", "KB", "MB", "GB", "TB", "PB"};
  auto value = static_cast<double>(bytes);
  StringRef unit = units[0];
  for (StringRef next : ArrayRef<StringLiteral>(units).drop_front()) {
    if (value < 1024)
      break;
    value /= 1024;
    unit = next;
  }
  std::string text;
  raw_string_ostream(text) << format("%.2f ", value) << unit;
  return text;
}

} // namespace nnc
