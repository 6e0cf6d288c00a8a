//===- Text.cpp - text in tables, JSON and XML ----------------------------===//
//
// See Text.h.
//
//===----------------------------------------------------------------------===//

#include "tools/nnc-run/Text.h"

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace nnc::run {

std::string format(const char *text, ...) {
  va_list arguments, again;
  va_start(arguments, text);
  va_copy(again, arguments);
  int size = std::vsnprintf(nullptr, 0, text, arguments);
  std::string result(static_cast<std::size_t>(size) + 1, '\0');
  std::vsnprintf(result.data(), result.size(), text, again);
  va_end(again);
  va_end(arguments);
  result.pop_back();
  return result;
}

std::string printableText(const std::string &text) {
  std::string result = text;
  for (char &c : result)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
      c = '?';
  return result;
}

std::string jsonText(const std::string &text) {
  std::string result;
  for (char c : printableText(text)) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result;
}

std::string xmlText(const std::string &text) {
  std::string result;
  for (char c : printableText(text)) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    default:
      result += c;
    }
  }
  return result;
}

/// Does a character of UTF-8 begin here?
static bool isStart(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::string fitText(const std::string &text, std::size_t width) {
  std::string result;
  std::size_t length = 0, lastStart = 0;
  for (char c : text) {
    if (isStart(c)) {
      if (length == width) {
        result.resize(lastStart);
        return result + "~";
      }
      lastStart = result.size();
      ++length;
    }
    result += c;
  }
  return result + std::string(width - length, ' ');
}

bool writeFile(const std::string &path,
               std::initializer_list<std::string_view> parts,
               std::string &error) {
  std::FILE *file = std::fopen(path.c_str(), "wb");
  bool good = file != nullptr;
  if (file) {
    for (std::string_view part : parts)
      good =
          good && std::fwrite(part.data(), 1, part.size(), file) == part.size();
    // Closing writes what is still buffered, so it may fail too.
    good = std::fclose(file) == 0 && good;
  }
  if (!good) {
    error = "cannot write '" + path + "': " + std::strerror(errno) + " [N005]";
    if (file)
      std::remove(path.c_str());
  }
  return good;
}

} // namespace nnc::run
