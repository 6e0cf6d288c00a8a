//===- Summary.cpp - what model.summary() prints --------------------------===//
//
// Keras renders its summary with the `rich` library: column widths from
// relative positions, shrunk evenly until they fit; cells wrapped at spaces;
// words that are still too long cut with an ellipsis. All of that counts
// terminal cells, of which wide characters take two. The same rules are
// followed here step by step, since the text must come out the same.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Summary.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Unicode.h"
#include "llvm/Support/raw_ostream.h"
#include <cmath>
#include <vector>

using namespace llvm;

namespace {

/// Of the terminal. Keras leaves four of them free.
constexpr int terminalColumns = 80;
constexpr int tableColumns = terminalColumns - 4;

//===----------------------------------------------------------------------===//
// Text in terminal cells
//===----------------------------------------------------------------------===//

struct Glyph {
  StringRef bytes;
  int cells;
  bool space;
};

using Glyphs = std::vector<Glyph>;
using GlyphsRef = ArrayRef<Glyph>;

bool isSpace(uint32_t code) {
  return code == ' ' || code == 0xa0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200a) || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

/// `text` must be printable and outlive the result.
Glyphs split(StringRef text) {
  Glyphs glyphs;
  while (!text.empty()) {
    StringRef start = text;
    uint32_t code = nnc::takeCodePoint(text);
    StringRef bytes = start.drop_back(text.size());
    int width = code < 0x80 ? 1 : sys::unicode::columnWidthUTF8(bytes);
    glyphs.push_back({bytes, width < 0 ? 1 : width, isSpace(code)});
  }
  return glyphs;
}

int countCells(GlyphsRef glyphs) {
  int cells = 0;
  for (const Glyph &glyph : glyphs)
    cells += glyph.cells;
  return cells;
}

GlyphsRef dropTrailingSpaces(GlyphsRef glyphs) {
  return glyphs.drop_back(
      glyphs.end() -
      std::find_if(glyphs.rbegin(), glyphs.rend(), [](const Glyph &glyph) {
        return !glyph.space;
      }).base());
}

/// The end of the word that starts at `start`: spaces before it (at the start
/// of the text only), itself, and the spaces after it.
size_t endOfWord(GlyphsRef text, size_t start) {
  size_t end = start;
  auto skip = [&](bool space) {
    while (end < text.size() && text[end].space == space)
      ++end;
  };
  skip(true);
  skip(false);
  skip(true);
  return end;
}

/// Where to break `text` into lines of at most `width` cells. A word longer
/// than a line is folded over several where `fold` says so.
SmallVector<size_t> findBreaks(GlyphsRef text, int width, bool fold) {
  SmallVector<size_t> breaks;
  auto breakAt = [&](size_t index) {
    if (index)
      breaks.push_back(index);
  };
  int used = 0;
  for (size_t start = 0, end; start < text.size(); start = end) {
    end = endOfWord(text, start);
    GlyphsRef word = text.slice(start, end - start);
    int needed = countCells(dropTrailingSpaces(word));
    if (needed == 0) // only spaces are left
      break;
    if (used + needed <= width) {
      used += countCells(word);
    } else if (needed <= width) {
      if (used)
        breakAt(start);
      used = countCells(word);
    } else {
      breakAt(start);
      used = 0;
      for (size_t at = start; at < end; ++at) {
        if (fold && used + text[at].cells > width) {
          breakAt(at);
          used = 0;
        }
        used += text[at].cells;
      }
    }
  }
  return breaks;
}

/// The lines of `text`, without the spaces that stand beyond `width`.
SmallVector<GlyphsRef> wrap(GlyphsRef text, int width, bool fold) {
  SmallVector<GlyphsRef> lines;
  size_t start = 0;
  SmallVector<size_t> breaks = findBreaks(text, width, fold);
  breaks.push_back(text.size());
  for (size_t end : breaks) {
    GlyphsRef line = text.slice(start, end - start);
    size_t spaces = line.size() - dropTrailingSpaces(line).size();
    size_t limit = static_cast<size_t>(width);
    size_t excess = line.size() > limit ? line.size() - limit : 0;
    lines.push_back(line.drop_back(std::min(spaces, excess)));
    start = end;
  }
  return lines;
}

/// `line` in exactly `width` cells: padded, or cut with an ellipsis.
std::string fit(GlyphsRef line, int width, bool alignRight) {
  if (alignRight)
    line = dropTrailingSpaces(line);
  int cells = countCells(line);
  bool cut = cells > width;
  std::string text;
  if (cut) {
    cells = 0;
    while (!line.empty() && cells + line.front().cells <= width - 1) {
      cells += line.front().cells;
      text += line.front().bytes;
      line = line.drop_front();
    }
    // Half of a wide character stays blank.
    text.append(static_cast<size_t>(width - 1 - cells), ' ');
    return text + "…";
  }
  std::string padding(static_cast<size_t>(width - cells), ' ');
  for (const Glyph &glyph : line)
    text += glyph.bytes;
  return alignRight ? padding + text : text + padding;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

struct Column {
  StringRef title;
  double position; ///< of its right edge, as a part of the table's width
  bool alignRight;
};

struct Rule {
  StringRef left, fill, middle, right;
};

class Table {
public:
  Table(ArrayRef<Column> columns, raw_ostream &os);

  void begin();
  void row(ArrayRef<std::string> cells);
  void end() { rule({"└", "─", "┴", "┘"}); }

private:
  void rule(const Rule &rule);
  void cells(ArrayRef<std::string> texts, StringRef bar);

  SmallVector<Column> columns;
  SmallVector<int> widths; ///< without the blank on each side
  raw_ostream &os;
  bool first = true;
};

} // namespace

Table::Table(ArrayRef<Column> columns, raw_ostream &os)
    : columns(columns), os(os) {
  // The relative positions are of the whole table, but a column also has two
  // blanks and a bar of its own: the excess is taken from all evenly.
  int edge = 0, total = 0;
  for (const Column &column : columns) {
    int right = static_cast<int>(column.position * tableColumns);
    widths.push_back(right - edge + 2);
    total += widths.back();
    edge = right;
  }
  int count = static_cast<int>(columns.size());
  int excess = total - (tableColumns - count - 1);
  for (int &width : widths) {
    // Halves go to the even neighbour, as Python's round() does it.
    int share = static_cast<int>(
        std::nearbyint(static_cast<double>(std::max(excess, 0)) / count--));
    width -= share + 2;
    excess -= share;
  }
}

void Table::rule(const Rule &rule) {
  for (auto [index, width] : enumerate(widths)) {
    os << (index ? rule.middle : rule.left);
    for (int i = 0; i < width + 2; ++i)
      os << rule.fill;
  }
  os << rule.right << '\n';
}

void Table::cells(ArrayRef<std::string> texts, StringRef bar) {
  SmallVector<Glyphs> glyphs;
  SmallVector<SmallVector<GlyphsRef>> lines;
  for (StringRef text : texts)
    glyphs.push_back(split(text));
  size_t height = 1;
  for (auto [text, width] : zip_equal(glyphs, widths)) {
    lines.push_back(wrap(text, width, /*fold=*/false));
    height = std::max(height, lines.back().size());
  }
  for (size_t y = 0; y < height; ++y) {
    for (auto [cell, width, column] : zip_equal(lines, widths, columns)) {
      GlyphsRef line = y < cell.size() ? cell[y] : GlyphsRef();
      os << bar << ' ' << fit(line, width, column.alignRight) << ' ';
    }
    os << bar << '\n';
  }
}

void Table::begin() {
  rule({"┏", "━", "┳", "┓"});
  SmallVector<std::string> titles;
  for (const Column &column : columns)
    titles.push_back(column.title.str());
  cells(titles, "┃");
  rule({"┡", "━", "╇", "┩"});
}

void Table::row(ArrayRef<std::string> texts) {
  if (!first)
    rule({"├", "─", "┼", "┤"});
  first = false;
  cells(texts, "│");
}

//===----------------------------------------------------------------------===//
// The content
//===----------------------------------------------------------------------===//

/// "(None, 8, 8, 16)"; several outputs as a list of such.
static std::string formatShapes(const nnc::LayerInfo &layer) {
  std::string text =
      join(map_range(layer.outputShapes, nnc::formatShape), ", ");
  return layer.outputShapes.size() == 1 ? text : "[" + text + "]";
}

static std::string formatCount(int64_t count) {
  return nnc::withThousands(static_cast<uint64_t>(count));
}

static std::string formatName(const nnc::LayerInfo &layer) {
  return nnc::printableText(layer.name + " (" + layer.className + ")");
}

static void emitLayers(const nnc::ModelInfo &model, raw_ostream &os) {
  static constexpr Column sequential[] = {{"Layer (type)", 0.45, false},
                                          {"Output Shape", 0.80, false},
                                          {"Param #", 1.0, true}};
  static constexpr Column functional[] = {{"Layer (type)", 0.3, false},
                                          {"Output Shape", 0.56, false},
                                          {"Param #", 0.74, true},
                                          {"Connected to", 1.0, false}};
  Table table(model.sequential ? ArrayRef(sequential) : ArrayRef(functional),
              os);
  table.begin();
  for (const nnc::LayerInfo &layer : model.layers) {
    SmallVector<std::string> row = {formatName(layer), formatShapes(layer),
                                    formatCount(layer.params)};
    if (!model.sequential)
      row.push_back(layer.connectedTo.empty()
                        ? "-"
                        : nnc::printableText(join(layer.connectedTo, ", ")));
    table.row(row);
  }
  table.end();
}

/// The sum of one number of all layers; it cannot wrap.
static uint64_t sum(const nnc::ModelInfo &model,
                    int64_t nnc::LayerInfo::*number) {
  uint64_t total = 0;
  for (const nnc::LayerInfo &layer : model.layers)
    total = SaturatingAdd(total, static_cast<uint64_t>(layer.*number));
  return total;
}

static void emitTotals(const nnc::ModelInfo &model, raw_ostream &os) {
  auto line = [&](StringRef label, uint64_t count, uint64_t bytes) {
    os << ' ' << label << ": " << nnc::withThousands(count) << " ("
       << nnc::readableBytes(bytes) << ")\n";
  };
  uint64_t params = sum(model, &nnc::LayerInfo::params);
  uint64_t bytes = sum(model, &nnc::LayerInfo::paramBytes);
  uint64_t fixed = sum(model, &nnc::LayerInfo::nonTrainableParams);
  uint64_t fixedBytes = sum(model, &nnc::LayerInfo::nonTrainableBytes);
  line("Total params", params, bytes);
  line("Trainable params", params - fixed, bytes - fixedBytes);
  line("Non-trainable params", fixed, fixedBytes);
}

static void emitDetails(const nnc::ModelInfo &model, raw_ostream &os) {
  static constexpr Column columns[] = {{"Layer (type)", 0.37, false},
                                       {"MACs", 0.58, true},
                                       {"FLOPs", 0.79, true},
                                       {"Weight bytes", 1.0, true}};
  Table table(columns, os);
  table.begin();
  for (const nnc::LayerInfo &layer : model.layers)
    table.row({formatName(layer), formatCount(layer.macs),
               formatCount(layer.flops), formatCount(layer.paramBytes)});
  table.end();
  auto bytes = [&](StringRef label, int64_t count, StringRef what) {
    os << ' ' << label << ": " << formatCount(count) << " bytes ("
       << nnc::readableBytes(static_cast<uint64_t>(count)) << ')' << what
       << '\n';
  };
  os << " MACs: " << nnc::withThousands(sum(model, &nnc::LayerInfo::macs))
     << " per sample\n FLOPs: "
     << nnc::withThousands(sum(model, &nnc::LayerInfo::flops))
     << " per sample\n";
  // Codegen plans at least one byte; 0 means that it has not run.
  if (model.workspaceBytes) {
    bytes("Workspace", model.workspaceBytes, "");
    bytes("Weights", model.weightsBytes,
          model.externalWeights ? ", in a file of their own" : "");
  }
  if (model.stateBytes)
    bytes("State", model.stateBytes, " per batch row");
}

std::string nnc::emitSummary(const ModelInfo &model,
                             const SummaryOptions &options) {
  std::string text;
  raw_string_ostream os(text);
  std::string title = printableText("Model: \"" + model.kerasName + "\"");
  Glyphs glyphs = split(title);
  for (GlyphsRef line : wrap(glyphs, terminalColumns, /*fold=*/true)) {
    for (const Glyph &glyph : line)
      os << glyph.bytes;
    os << '\n';
  }
  emitLayers(model, os);
  emitTotals(model, os);
  if (options.details)
    emitDetails(model, os);
  os << '\n';
  return text;
}
