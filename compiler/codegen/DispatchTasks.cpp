//===- DispatchTasks.cpp - run tasks one by one or in parallel ------------===//
//
// What a body calls for a parallel loop: without threads a plain loop over the
// tasks, with them the app's parallel-for. Tasks write disjoint results and
// none depends on another, so that the bits are the same either way. A run has
// the parallel-for that it may use and the first failure of it; after a failure
// the remaining tasks of the run are left out. A task that was never run is a
// failure, too.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LLVMCode.h"
#include "compiler/codegen/Passes.h"
#include "compiler/codegen/RunState.h"

#include "runtime/include/nnc/abi.h"

namespace nnc {
#define GEN_PASS_DEF_DISPATCHTASKSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;
using LLVM::ICmpPredicate;

namespace nnc {
namespace {

/// Fills one dispatching function.
class Dispatcher {
public:
  Dispatcher(LLVMCode &code, LLVM::LLVMFuncOp dispatch, LLVM::LLVMFuncOp task,
             int64_t tasks);

  void build();

private:
  void callTask(ValueRange operands, Value index);
  LLVM::LLVMFuncOp makeTrampoline();
  void runParallel(Value parallel, Value run);
  /// Where task `index` (i32) says that it is done.
  Value doneFlag(Value data, Value index);

  LLVMCode &code;
  LLVM::LLVMFuncOp dispatch, task, trampoline;
  int64_t tasks;
  Type dataType; ///< the arguments, and a byte for each task
  Type i8, flags;
};

} // namespace

Dispatcher::Dispatcher(LLVMCode &code, LLVM::LLVMFuncOp dispatch,
                       LLVM::LLVMFuncOp task, int64_t tasks)
    : code(code), dispatch(dispatch), task(task), tasks(tasks),
      i8(code.builder.getI8Type()) {
  flags = LLVM::LLVMArrayType::get(i8, tasks);
  SmallVector<Type> members(dispatch.getArgumentTypes());
  members.push_back(flags);
  dataType =
      LLVM::LLVMStructType::getLiteral(code.builder.getContext(), members);
}

/// `index` is an i32.
void Dispatcher::callTask(ValueRange operands, Value index) {
  Type type = task.getArgumentTypes().front();
  SmallVector<Value> all = {type == code.i32 ? index : code.zext(index, type)};
  llvm::append_range(all, operands);
  LLVM::CallOp::create(code.builder, code.loc, task, all);
}

Value Dispatcher::doneFlag(Value data, Value index) {
  Value flag = code.member(dataType, data, int32_t(dispatch.getNumArguments()));
  return code.advance(flag, code.zext(index, code.size));
}

/// `void (data, index)`, which the app's parallel-for calls.
LLVM::LLVMFuncOp Dispatcher::makeTrampoline() {
  OpBuilder::InsertionGuard guard(code.builder);
  Type none = LLVM::LLVMVoidType::get(code.builder.getContext());
  LLVM::LLVMFuncOp function =
      code.function((task.getName() + ".run").str(), none,
                    {code.pointer, code.i32}, LLVM::Linkage::Internal);
  if (std::optional<StringRef> cpu = task.getTargetCpu())
    function.setTargetCpu(*cpu);
  code.begin(function);
  Value data = function.getArgument(0), index = function.getArgument(1);
  SmallVector<Value> operands;
  for (unsigned i = 0; i < dispatch.getNumArguments(); ++i)
    operands.push_back(code.loadMember(dataType, data, int32_t(i)));
  callTask(operands, index);
  code.store(code.constant(i8, 1), doneFlag(data, index));
  code.ret(Value());
  return function;
}

void Dispatcher::runParallel(Value parallel, Value run) {
  Value one = code.constant(code.i32, 1);
  Value zero = code.constant(code.i32, 0);
  Value count = code.constant(code.i32, tasks);
  Value data = LLVM::AllocaOp::create(code.builder, code.loc, code.pointer,
                                      dataType, one);
  int32_t members = int32_t(dispatch.getNumArguments());
  for (int32_t i = 0; i < members; ++i)
    code.store(dispatch.getArgument(unsigned(i)),
               code.member(dataType, data, i));
  code.clear(code.member(dataType, data, members),
             code.constant(code.size, tasks));
  Value failed =
      callParallel(code, parallel, code.addressOf(trampoline), data, count);
  auto fail = [&](Value condition) {
    code.ifTrue(condition, [&] {
      code.store(code.constant(code.i32, NNC_ERROR_PARALLEL),
                 code.member(runType(code), run, kRunStatus));
    });
  };
  fail(code.differs(failed, zero));
  code.loop(zero, count, one, [&](Value index) {
    fail(
        code.equal(code.load(i8, doneFlag(data, index)), code.constant(i8, 0)));
  });
}

void Dispatcher::build() {
  trampoline = makeTrampoline();
  OpBuilder::InsertionGuard guard(code.builder);
  code.begin(dispatch);
  dispatch.setLinkage(LLVM::Linkage::Internal);
  auto index = dispatch->getAttrOfType<IntegerAttr>(kRunAttr);
  Value run = dispatch.getArgument(unsigned(index.getInt()));
  Value parallel = code.loadMember(runType(code), run, kRunParallel);
  Value zero = code.constant(code.i32, 0);
  code.ifTrue(code.isNull(parallel), [&] {
    code.loop(zero, code.constant(code.i32, tasks), code.constant(code.i32, 1),
              [&](Value index) { callTask(dispatch.getArguments(), index); });
    code.ret(Value());
  });
  Value status = code.loadMember(runType(code), run, kRunStatus);
  code.ifTrue(code.equal(status, zero), [&] { runParallel(parallel, run); });
  code.ret(Value());
}

namespace {

struct DispatchTasksPass : impl::DispatchTasksPassBase<DispatchTasksPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    LLVMCode code(module, pointerBits);
    for (auto dispatch : llvm::to_vector(module.getOps<LLVM::LLVMFuncOp>())) {
      auto name = dispatch->getAttrOfType<FlatSymbolRefAttr>(kTaskAttr);
      auto tasks = dispatch->getAttrOfType<IntegerAttr>(kTasksAttr);
      if (!name || !tasks)
        continue;
      auto task = module.lookupSymbol<LLVM::LLVMFuncOp>(name.getValue());
      Dispatcher(code, dispatch, task, tasks.getInt()).build();
      for (StringRef attr : {kTaskAttr, kTasksAttr, kRunAttr})
        dispatch->removeAttr(attr);
    }
  }
};

} // namespace
} // namespace nnc
