//===- Completion.cpp - what could be written at a place ------------------===//
//
// See Completion.h. Offers nothing in strings, comments and values.
//
//===----------------------------------------------------------------------===//

#include "tools/nn-lsp-server/Completion.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;

namespace nnc {

namespace {

/// An operation of the language that is no layer.
struct Construct {
  StringLiteral name, what;
};

constexpr Construct kConstructs[] = {
    {"sequential", "a model whose layers follow one another"},
    {"model", "a model that is a graph"},
    {"input", "an input, with the shape of one sample"},
    {"output", "the outputs of a model"},
    {"call", "another model as a layer"},
    {"weight", "the values of a weight"}};

/// Where the cursor is: the text of its line and of all in front.
struct Cursor {
  StringRef before; ///< all text up to the cursor
  StringRef line;   ///< of its line, up to the cursor
  lsp::Position position;
};

/// The braces around the cursor, and whether a key may stand there.
struct Braces {
  StringRef layer;  ///< "dense" of nn.dense; empty: none
  StringSet<> keys; ///< that are there already
  bool expectsKey = false;
};

} // namespace

static StringRef wordAtEnd(StringRef text) {
  size_t length = 0;
  auto isWord = [](char c) { return isAlnum(c) || c == '_' || c == '.'; };
  while (length < text.size() && isWord(text[text.size() - 1 - length]))
    ++length;
  return text.take_back(length);
}

static Cursor findCursor(StringRef text, TextPlace place) {
  size_t start = 0;
  for (unsigned i = 0; i < place.line; ++i) {
    size_t end = text.find('\n', start);
    if (end == StringRef::npos)
      return {text, "", {}};
    start = end + 1;
  }
  StringRef line =
      text.substr(start).split('\n').first.take_front(place.column);
  return {text.take_front(start + line.size()), line, {}};
}

/// Blanks out strings and comments, so that their brackets do not count. The
/// text ends in one if `open` says so.
static std::string blankOpaque(StringRef text, bool &open) {
  std::string result = text.str();
  open = false;
  for (size_t i = 0; i < text.size(); ++i) {
    bool comment = text.substr(i).starts_with("//");
    if (text[i] != '"' && !comment)
      continue;
    size_t end =
        comment ? text.find('\n', i) : text.find_first_of("\"\n", i + 1);
    open = end == StringRef::npos;
    end = std::min(end, text.size());
    std::fill(result.begin() + i, result.begin() + end, ' ');
    if (!open)
      result[end] = comment ? '\n' : ' ';
    i = end;
  }
  return result;
}

/// The layer's name that `text` ends with, its operands left out.
static StringRef layerAtEnd(StringRef text) {
  text = text.rtrim();
  if (text.ends_with(")")) {
    unsigned depth = 0;
    do {
      depth += text.back() == ')';
      depth -= text.back() == '(';
      text = text.drop_back();
    } while (depth != 0 && !text.empty());
    text = text.rtrim();
  }
  StringRef word = wordAtEnd(text);
  return word.consume_front("nn.") ? word : StringRef();
}

static Braces findBraces(StringRef text) {
  Braces braces;
  // Back to the brace that is open here.
  size_t at = text.size();
  unsigned depth = 0;
  while (at > 0) {
    char c = text[--at];
    if (c == '}' || c == ']' || c == ')')
      ++depth;
    else if (c == '{' || c == '[' || c == '(') {
      if (depth == 0)
        break;
      --depth;
    }
  }
  if (at >= text.size() || text[at] != '{')
    return braces;
  braces.layer = layerAtEnd(text.take_front(at));
  // The keys between, and what comes behind the last comma of this level.
  SmallVector<StringRef> parts;
  size_t start = at + 1;
  for (size_t i = start; i < text.size(); ++i) {
    depth += StringRef("{[(").contains(text[i]);
    depth -= StringRef("}])").contains(text[i]);
    if (text[i] != ',' || depth != 0)
      continue;
    parts.push_back(text.slice(start, i));
    start = i + 1;
  }
  for (StringRef part : parts)
    braces.keys.insert(part.split('=').first.trim());
  braces.expectsKey = !text.substr(start).contains('=');
  return braces;
}

static lsp::CompletionItem makeItem(const Cursor &cursor, size_t wordLength,
                                    StringRef label, StringRef inserted,
                                    lsp::CompletionItemKind kind) {
  lsp::CompletionItem item(label, kind);
  // Words are ASCII: as many bytes as columns.
  lsp::Position start = cursor.position;
  start.character -= int(wordLength);
  item.textEdit =
      lsp::TextEdit{lsp::Range(start, cursor.position), inserted.str()};
  item.filterText = label.str();
  return item;
}

static std::string listKeys(const nn::LayerInfo &layer) {
  std::string text;
  for (const nn::KeyInfo &key : layer.keys) {
    if (key.trainingOnly)
      continue;
    text += "- `" + key.name;
    text += key.defaultValue.empty() ? "`" : " = " + key.defaultValue + "`";
    text += key.required ? " (required)\n" : "\n";
  }
  return text;
}

static lsp::CompletionList completeLayers(const Cursor &cursor, StringRef word,
                                          ArrayRef<nn::LayerInfo> layers) {
  lsp::CompletionList list;
  for (const Construct &construct : kConstructs) {
    std::string name = ("nn." + construct.name).str();
    list.items.push_back(makeItem(cursor, word.size(), name, name,
                                  lsp::CompletionItemKind::Keyword));
    list.items.back().detail = construct.what.str();
  }
  for (const nn::LayerInfo &layer : layers) {
    std::string name = "nn." + layer.name;
    list.items.push_back(makeItem(cursor, word.size(), name, name,
                                  lsp::CompletionItemKind::Class));
    list.items.back().detail = layer.kerasClass;
    list.items.back().documentation =
        lsp::MarkupContent{lsp::MarkupKind::Markdown, listKeys(layer)};
  }
  return list;
}

static lsp::CompletionList completeKeys(const Cursor &cursor, StringRef word,
                                        const Braces &braces,
                                        const nn::LayerInfo &layer) {
  lsp::CompletionList list;
  for (const nn::KeyInfo &key : layer.keys) {
    if (braces.keys.contains(key.name))
      continue;
    lsp::CompletionItem item =
        makeItem(cursor, word.size(), key.name, key.name + " = ",
                 lsp::CompletionItemKind::Property);
    item.sortText = (key.required       ? "0"
                     : key.trainingOnly ? "2"
                                        : "1") +
                    key.name;
    item.detail = key.required               ? "required"
                  : key.trainingOnly         ? "for training only"
                  : key.defaultValue.empty() ? "optional"
                                             : "default: " + key.defaultValue;
    item.documentation = lsp::MarkupContent{lsp::MarkupKind::PlainText,
                                            "expects " + key.expects};
    list.items.push_back(std::move(item));
  }
  return list;
}

/// The one construct with keys that an author writes.
static nn::LayerInfo describeInput() {
  return {"input",
          "InputLayer",
          {{"shape", "the extents of one sample", "", /*required=*/true},
           {"dtype", "an element type", "\"float32\""},
           {"name", "a name", ""}}};
}

lsp::CompletionList complete(StringRef text, TextPlace place,
                             lsp::Position position,
                             ArrayRef<nn::LayerInfo> layers) {
  Cursor cursor = findCursor(text, place);
  cursor.position = position;
  bool open = false;
  std::string blank = blankOpaque(cursor.before, open);
  if (open)
    return {};
  StringRef word = wordAtEnd(cursor.line);
  Braces braces = findBraces(StringRef(blank).drop_back(word.size()));
  const nn::LayerInfo *layer =
      llvm::find_if(layers, [&](const nn::LayerInfo &info) {
        return info.name == braces.layer;
      });
  if (braces.layer == "input")
    return braces.expectsKey
               ? completeKeys(cursor, word, braces, describeInput())
               : lsp::CompletionList();
  if (layer != layers.end())
    return braces.expectsKey ? completeKeys(cursor, word, braces, *layer)
                             : lsp::CompletionList();
  if (!braces.layer.empty())
    return {};
  StringRef front = cursor.line.drop_back(word.size()).rtrim();
  bool mayStand = front.empty() || front.ends_with("=") || front.ends_with("{");
  return mayStand ? completeLayers(cursor, word, layers)
                  : lsp::CompletionList();
}

} // namespace nnc
