//===- Text.h - text in tables, JSON and XML --------------------*- C++ -*-===//
//
// Names of layers come from whoever made the model and may hold anything; here
// they become safe to print. Numbers are formatted as printf does.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_TEXT_H
#define NNC_TOOLS_NNC_RUN_TEXT_H

#include <initializer_list>
#include <string>
#include <string_view>

namespace nnc::run {

/// snprintf to a string.
__attribute__((format(printf, 1, 2))) std::string format(const char *text, ...);

/// For a terminal: control characters become '?'.
std::string printableText(const std::string &text);
/// The inside of a JSON string, and of an XML text or attribute.
std::string jsonText(const std::string &text);
std::string xmlText(const std::string &text);

/// To `width` characters of UTF-8: filled up with spaces behind, or cut, the
/// last one being '~'.
std::string fitText(const std::string &text, std::size_t width);

/// Writes the parts to a file; on an error returns false with a one-line
/// message, and nothing is left of it.
bool writeFile(const std::string &path,
               std::initializer_list<std::string_view> parts,
               std::string &error);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_TEXT_H
