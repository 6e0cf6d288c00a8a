//===- Info.h - what a model says of itself ---------------------*- C++ -*-===//
//
// --info: an nnc_model in words, for people who got a library and no header.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TOOLS_NNC_RUN_INFO_H
#define NNC_TOOLS_NNC_RUN_INFO_H

#include "nnc/abi.h"

#include <string>

namespace nnc::run {

/// The text of --info: names, shapes, element types, sizes.
std::string printInfo(const nnc_model &model);

} // namespace nnc::run

#endif // NNC_TOOLS_NNC_RUN_INFO_H
