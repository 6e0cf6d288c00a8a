//===- DescribeOptions.h - the options that shape the code ------*- C++ -*-===//
//
// What a generated header says of the command line that made it. Paths are left
// out: they say nothing about the model.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_DRIVER_DESCRIBEOPTIONS_H
#define NNC_COMPILER_DRIVER_DESCRIBEOPTIONS_H

#include "compiler/driver/Options.h"
#include <string>

namespace nnc {

/// "-O3 --target=… --mcpu=…" and what else is not as by default.
std::string describeOptions(const Options &options, const TargetSpec &target);

} // namespace nnc

#endif // NNC_COMPILER_DRIVER_DESCRIBEOPTIONS_H
