//===- WinogradTasks.h - DECIDE: tasks of a convolution ----------*- C++
//-*-===//
//
// How a convolution by Winograd is shared out to parallel tasks: a pure
// function of plain numbers.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_WINOGRADTASKS_H
#define NNC_COMPILER_CODEGEN_WINOGRADTASKS_H

#include "compiler/codegen/WinogradPlan.h"

namespace nnc {

/// The plan with its tasks, and with smaller blocks where these cost nothing.
WinogradPlan shareOut(const ConvExtents &conv, WinogradPlan plan,
                      int64_t l2Bytes);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_WINOGRADTASKS_H
