//===- KernelNest.h - the loops of a kernel and their strides ----*- C++
//-*-===//
//
// A kernel on buffers as plain numbers: loops, and for each operand how far
// apart, in elements, the steps of each loop are. Loops that walk together
// through all operands are one.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_KERNELNEST_H
#define NNC_COMPILER_CODEGEN_KERNELNEST_H

#include "compiler/codegen/KernelOps.h"

namespace nnc {

struct NestLoop {
  int64_t extent;
  bool reduces;
};

/// How an operand is addressed: offset + Σ stride · loop, in elements. With
/// panels the step along the columns loop is 1 within a panel of `width` and
/// `panelStride` from one to the next.
struct NestAccess {
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides; ///< one for each loop
  int64_t width = 0, panelStride = 0;

  bool hasPanels() const { return width != 0; }
};

/// No loop: there is only one step.
inline constexpr int64_t kNone = -1;

/// An axis of the input that a window may leave: at position p and tap t it
/// reads element p · stride + t · dilation - low, if that is in [0, extent).
struct NestWindow {
  int64_t position = kNone, tap = kNone; ///< loops
  int64_t stride = 0, dilation = 0;
  int64_t low, extent;
};

struct KernelNest {
  llvm::SmallVector<NestLoop> loops;
  llvm::SmallVector<NestAccess> accesses; ///< inputs, extras, output
  llvm::SmallVector<NestWindow> windows;
  unsigned inputs = 0;     ///< how many accesses are inputs
  int64_t columns = kNone; ///< the loop that vectors run along
  int64_t rows = kNone;    ///< the loop whose steps share what they load

  const NestAccess &output() const { return accesses.back(); }
  int64_t extent(int64_t loop) const {
    return loop == kNone ? 1 : loops[loop].extent;
  }
  /// The window along a loop of positions, or null.
  const NestWindow *windowAt(int64_t position) const;
  /// The window of a loop of taps, or null.
  const NestWindow *windowOf(int64_t tap) const;
};

/// Whether all operands are scalars or buffers of fixed shape and strides.
bool hasFixedStrides(kernel::ReduceOp kernel);

/// The nest of a kernel whose operands are buffers of fixed shape and strides
/// (offsets may be dynamic).
KernelNest makeNest(kernel::ReduceOp kernel);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_KERNELNEST_H
