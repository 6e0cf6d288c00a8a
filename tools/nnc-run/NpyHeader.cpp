//===- NpyHeader.cpp - the dictionary at the head of an .npy file ---------===//
//
// A recursive-descent parser without recursion: the grammar is three keys deep
// and one level wide. Element types are looked up in one table, used both ways.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/NpyHeader.h"
#include "nnc/abi.h"
#include "tools/nnc-run/Npy.h"

#include <limits>

namespace nnc::run {
namespace {

/// NumPy's codes without the byte order, little endian or a single byte. The
/// first code of a type is the one that is written.
struct TypeCode {
  const char *code;
  int dtype;
};
const TypeCode typeCodes[] = {
    {"f4", NNC_FLOAT32}, {"f8", NNC_FLOAT64}, {"f2", NNC_FLOAT16},
    {"i1", NNC_INT8},    {"u1", NNC_UINT8},   {"i2", NNC_INT16},
    {"u2", NNC_UINT16},  {"i4", NNC_INT32},   {"u4", NNC_UINT32},
    {"i8", NNC_INT64},   {"u8", NNC_UINT64},  {"b1", NNC_BOOL},
    {"u2", NNC_BFLOAT16}};

/// NumPy allows no more.
constexpr std::size_t maxRank = 64;

class Parser {
public:
  Parser(std::string_view text, NpyHeader &header, std::string &error)
      : text(text), header(header), error(error) {}

  bool parse() {
    if (!take('{'))
      return fail("does not start with a dictionary");
    while (!take('}')) {
      if (!parseEntry())
        return false;
      if (!take(',') && peek() != '}')
        return fail("has a ',' missing");
    }
    if (peek() != '\0')
      return fail("goes on after its dictionary");
    if (!hasType || !hasOrder || !hasShape)
      return fail("lacks 'descr', 'fortran_order' or 'shape'");
    return true;
  }

private:
  bool parseEntry() {
    std::string name;
    if (!parseString(name))
      return fail("has a key that is no string");
    if (!take(':'))
      return fail("has a ':' missing");
    if (name == "descr" && !hasType)
      return hasType = true, parseType();
    if (name == "fortran_order" && !hasOrder)
      return hasOrder = true, parseOrder();
    if (name == "shape" && !hasShape)
      return hasShape = true, parseShape();
    return fail("has an unknown or repeated key");
  }

  bool parseType() {
    std::string descr;
    if (!parseString(descr))
      return fail("has a structured type, which no model takes");
    std::size_t order = descr.find_first_not_of("<>=|");
    if (descr.empty() || order > 1)
      return fail("has a malformed type");
    if (descr[0] == '>')
      return fail("has big-endian data; save it as little endian");
    for (const TypeCode &type : typeCodes) {
      if (descr.compare(order, std::string::npos, type.code) == 0) {
        header.dtype = type.dtype;
        return true;
      }
    }
    return fail("has a type that no model takes");
  }

  bool parseOrder() {
    header.fortranOrder = takeWord("True");
    return header.fortranOrder || takeWord("False") ||
           fail("has a 'fortran_order' that is neither True nor False");
  }

  bool parseShape() {
    if (!take('('))
      return fail("has a 'shape' that is no tuple");
    while (!take(')')) {
      std::int64_t extent = 0;
      if (header.shape.size() == maxRank)
        return fail("has too many dimensions");
      if (!parseExtent(extent))
        return fail("has a 'shape' with a malformed or too large dimension");
      header.shape.push_back(extent);
      if (!take(',') && peek() != ')')
        return fail("has a 'shape' with a ',' missing");
    }
    return true;
  }

  bool parseExtent(std::int64_t &value) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    bool any = false;
    for (char c = peek(); c >= '0' && c <= '9'; c = current()) {
      if (value > (most - (c - '0')) / 10)
        return false;
      value = value * 10 + (c - '0');
      any = true;
      ++position;
    }
    return any;
  }

  bool parseString(std::string &value) {
    char quote = peek();
    if (quote != '\'' && quote != '"')
      return false;
    std::size_t end = text.find(quote, position + 1);
    if (end == std::string_view::npos)
      return false;
    value = text.substr(position + 1, end - position - 1);
    position = end + 1;
    return true;
  }

  bool takeWord(std::string_view word) {
    peek();
    if (text.substr(position, word.size()) != word)
      return false;
    position += word.size();
    return true;
  }

  bool take(char wanted) {
    if (peek() != wanted)
      return false;
    ++position;
    return true;
  }

  /// The next character that is no space; 0 at the end.
  char peek() {
    while (current() == ' ' || current() == '\n')
      ++position;
    return current();
  }

  char current() const {
    return position < text.size() ? text[position] : '\0';
  }

  bool fail(const char *what) {
    error = std::string("its header ") + what;
    return false;
  }

  std::string_view text;
  std::size_t position = 0;
  NpyHeader &header;
  std::string &error;
  bool hasType = false, hasOrder = false, hasShape = false;
};

} // namespace

bool parseNpyHeader(std::string_view text, NpyHeader &header,
                    std::string &error) {
  return Parser(text, header, error).parse();
}

std::string printNpyHeader(int dtype, const std::vector<std::int64_t> &shape) {
  std::string code;
  for (const TypeCode &type : typeCodes)
    if (code.empty() && type.dtype == dtype)
      code = type.code;
  const char *order = code.back() == '1' ? "|" : "<";
  return "{'descr': '" + (order + code) + "', 'fortran_order': False, " +
         "'shape': " + shapeText(shape) + ", }";
}

} // namespace nnc::run
