//===- Tasks.h - work that is shared out to parallel tasks -------*- C++
//-*-===//
//
// What is worth tasks of its own, and the loop over them. How many tasks there
// are is decided when compiling, so that their scratch memory is planned and
// no result depends on the number of threads.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_COMPILER_CODEGEN_TASKS_H
#define NNC_COMPILER_CODEGEN_TASKS_H

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace nnc {

/// Into how many tasks work of so many cycles is worth cutting; at most `most`.
int64_t countTasks(double cycles, int64_t most);

/// Opens a parallel loop over `tasks` tasks that share `count` pieces of work;
/// `body` makes one that does the pieces from `first` to before `end`.
void makeTasks(mlir::OpBuilder &builder, mlir::Location loc, int64_t tasks,
               int64_t count,
               llvm::function_ref<void(mlir::Value task, mlir::Value first,
                                       mlir::Value end)>
                   body);

} // namespace nnc

#endif // NNC_COMPILER_CODEGEN_TASKS_H
