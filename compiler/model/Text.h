//===- Text.h - names of a model made fit to print --------------*- C++ -*-===//
//
// Layer and tensor names come from untrusted files and may hold any bytes.
// What nnc writes (headers, summaries, pictures, diagnostics) stays valid
// UTF-8 on one line because every such name passes here first. A name that is
// printable already comes back unchanged.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_MODEL_TEXT_H
#define NNC_COMPILER_MODEL_TEXT_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace nnc {

/// `text` as valid UTF-8 with every control character (line ends and those
/// that reorder the text around them included) replaced by '?'.
std::string printableText(llvm::StringRef text);

/// `text` as whole lines that begin with `prefix`, broken at spaces before
/// column 80.
std::string wrapText(llvm::StringRef text, llvm::StringRef prefix);

/// Takes the first code point off `text`, which must be valid UTF-8 and not
/// empty.
uint32_t takeCodePoint(llvm::StringRef &text);

/// A class name as Keras turns it into a layer's name: "MaxPooling2D" →
/// "max_pooling2d", "PReLU" → "p_re_lu" (keras/src/utils/naming.py).
std::string toSnakeCase(llvm::StringRef className);

/// 1234567 → "1,234,567".
std::string withThousands(uint64_t value);

/// Bytes with Keras's units: "149.54 KB".
std::string readableBytes(uint64_t bytes);

} // namespace nnc

#endif // NNC_COMPILER_MODEL_TEXT_H
