//===- Explain.cpp - what the codes of diagnostics mean -------------------===//
//
// See Explain.h. codes.md is Markdown for who reads it in the source, and plain
// text with indented examples in a terminal.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Explain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace nnc {

static constexpr StringLiteral kCodes =
#include "compiler/driver/CodesText.inc"
    ;

namespace {

/// "## N204: title", and the text below it.
struct Section {
  StringRef code, title, text;
};

} // namespace

static SmallVector<Section> sections() {
  SmallVector<Section> found;
  StringRef rest = StringRef(kCodes).split("\n## ").second;
  while (!rest.empty()) {
    StringRef section;
    std::tie(section, rest) = rest.split("\n## ");
    auto [heading, text] = section.split('\n');
    auto [code, title] = heading.split(": ");
    found.push_back({code, title, text.trim()});
  }
  return found;
}

std::pair<StringRef, StringRef> splitCode(StringRef message) {
  StringRef rest = message.rtrim();
  if (!rest.consume_back("]"))
    return {message, {}};
  auto [text, code] = rest.rsplit(" [");
  bool isCode = code.size() == 4 && code.front() == 'N' &&
                all_of(code.drop_front(), isDigit);
  return isCode ? std::pair(text, code) : std::pair(message, StringRef());
}

StringRef codeOf(StringRef message) { return splitCode(message).second; }

std::string withCode(StringRef message, StringRef code) {
  message = message.rtrim();
  if (!codeOf(message).empty())
    return message.str();
  return (message + " [" + code + "]").str();
}

/// Blocks lose their fences and are indented; commands get a prompt.
static void printText(StringRef text, raw_ostream &os) {
  SmallVector<StringRef> lines;
  text.split(lines, '\n');
  bool inBlock = false, inCommands = false;
  for (StringRef line : lines) {
    if (line.consume_front("```")) {
      inBlock = !inBlock;
      inCommands = line == "sh";
      continue;
    }
    if (inBlock && !line.empty())
      os << (inCommands ? "  $ " : "    ");
    os << line << "\n";
  }
}

bool explain(StringRef code, raw_ostream &os) {
  code.consume_front("[");
  code.consume_back("]");
  for (const Section &section : sections()) {
    if (!section.code.equals_insensitive(code))
      continue;
    os << section.code << ": " << section.title << "\n\n";
    printText(section.text, os);
    return true;
  }
  return false;
}

void listCodes(raw_ostream &os) {
  for (const Section &section : sections())
    os << left_justify(section.code, 22) << section.title << "\n";
}

} // namespace nnc
