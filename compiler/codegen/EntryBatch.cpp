//===- EntryBatch.cpp - from one call to runs of the bodies ---------------===//
//
// A batch is cut into chunks of the largest body's size; what is left at the
// end runs sample by sample. With a parallel-for, task i takes the chunks i,
// i + count, …, so that no division is needed (32-bit ARM would call a
// library for one), and works in its own slice of the workspace, whose first
// bytes hold its status when it is done. Which task runs a sample changes no
// bit of its result. In a stream each sample runs step by step.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/EntryPoint.h"

#include "runtime/include/nnc/abi.h"

using namespace mlir;
using LLVM::ICmpPredicate;

namespace nnc {
namespace {

/// What all bodies of one thread share.
struct Call {
  Value args, workspace, run;
};

} // namespace

/// Runs a body at `at`; returns its status.
static Value callBody(LLVMCode &code, const EntryModel &model,
                      LLVM::LLVMFuncOp body, const Call &call,
                      const Position &at) {
  auto [args, workspace, run] = call;
  SmallVector<Value> operands;
  if (model.hasRun)
    operands.push_back(run);
  int32_t index = kArgsTensors;
  Value row = at.sample;
  if (at.step)
    row = code.add(code.mul(at.sample, at.steps), at.step);
  for (const TensorInfo *tensor : model.tensors()) {
    Value base = code.loadMember(model.argsType, args, index++);
    Value bytes = code.mul(tensor->stepped ? row : at.sample,
                           code.constant(code.i64, model.sampleBytes(*tensor)));
    operands.push_back(code.advance(base, code.trunc(bytes, code.size)));
  }
  if (model.info.stateBytes != 0) {
    StatePlaces state = findState(code, model, args, workspace, at);
    operands.append({state.from, state.to});
  }
  operands.push_back(workspace);
  if (model.externalBytes() != 0)
    operands.push_back(
        code.advance(code.loadMember(model.argsType, args, kArgsWeights),
                     code.constant(code.size, sizeof(nnc_weights_header))));
  else
    operands.push_back(model.weights ? code.addressOf(model.weights)
                                     : code.null());
  return LLVM::CallOp::create(code.builder, code.loc, body, operands)
      .getResult();
}

/// The samples from `first` on: a chunk, or what is left one by one.
static void runChunk(LLVMCode &code, const EntryModel &model,
                     const EntryLevel &level, const Call &call, Value first,
                     Value batch) {
  Value left = code.sub(batch, first);
  Value isWhole = code.compare(ICmpPredicate::uge, left,
                               code.constant(code.i64, level.chunk));
  code.ifTrue(isWhole, [&] {
    code.returnUnlessOk(callBody(code, model, level.chunkBody, call, {first}));
  });
  if (!level.singleBody || level.chunk == 1)
    return;
  // No turn of this loop if the chunk was whole.
  Value start = code.select(isWhole, batch, first);
  code.loop(start, batch, code.constant(code.i64, 1), [&](Value sample) {
    code.returnUnlessOk(
        callBody(code, model, level.singleBody, call, {sample}));
  });
}

/// All steps of one sample of a stream.
static void runSteps(LLVMCode &code, const EntryModel &model,
                     const EntryLevel &level, const Call &call, Value sample) {
  Value steps = code.loadMember(model.argsType, call.args, model.stepsMember());
  code.loop(code.constant(code.i64, 0), steps, code.constant(code.i64, 1),
            [&](Value step) {
              code.returnUnlessOk(callBody(code, model, level.singleBody, call,
                                           {sample, step, steps}));
            });
}

Value openRun(LLVMCode &code, const EntryModel &model, Value parallel) {
  if (!model.hasRun)
    return code.null();
  Type type = runType(code);
  Value run = LLVM::AllocaOp::create(code.builder, code.loc, code.pointer, type,
                                     code.constant(code.i32, 1));
  code.store(parallel, code.member(type, run, kRunParallel));
  code.store(code.constant(code.i32, NNC_OK),
             code.member(type, run, kRunStatus));
  return run;
}

LLVM::LLVMFuncOp makeRange(LLVMCode &code, const EntryModel &model,
                           const EntryLevel &level) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp range = level.function(
      code, model.info.symbol, "_range", code.i32,
      {code.pointer, code.pointer, code.i64, code.i64, code.pointer});
  code.begin(range);
  Value args = range.getArgument(0);
  Call call = {args, range.getArgument(1), range.getArgument(4)};
  Value batch = code.loadMember(model.argsType, args, kArgsBatch);
  code.loop(range.getArgument(2), batch, range.getArgument(3),
            [&](Value first) {
              if (model.info.isStream())
                runSteps(code, model, level, call, first);
              else
                runChunk(code, model, level, call, first, batch);
            });
  code.ret(model.hasRun ? code.loadMember(runType(code), call.run, kRunStatus)
                        : code.constant(code.i32, NNC_OK));
  return range;
}

/// What the tasks of one call share: args and the number of tasks.
static Type taskDataType(LLVMCode &code) {
  return LLVM::LLVMStructType::getLiteral(code.builder.getContext(),
                                          {code.pointer, code.i32});
}

/// The workspace of task `index` (i32).
static Value slice(LLVMCode &code, const EntryModel &model, Value args,
                   Value index) {
  Value base = code.loadMember(model.argsType, args, kArgsWorkspace);
  Value bytes = code.mul(code.zext(index, code.size),
                         code.constant(code.size, model.info.workspaceBytes));
  return code.advance(base, bytes);
}

LLVM::LLVMFuncOp makeTask(LLVMCode &code, const EntryModel &model,
                          const EntryLevel &level, LLVM::LLVMFuncOp range) {
  OpBuilder::InsertionGuard guard(code.builder);
  Type none = LLVM::LLVMVoidType::get(code.builder.getContext());
  LLVM::LLVMFuncOp task = level.function(code, model.info.symbol, "_task", none,
                                         {code.pointer, code.i32});
  code.begin(task);
  Value data = task.getArgument(0);
  Value index = task.getArgument(1);
  Value args = code.loadMember(taskDataType(code), data, 0);
  Value count = code.loadMember(taskDataType(code), data, 1);
  Value workspace = slice(code, model, args, index);
  Value chunk = code.constant(code.i64, level.chunk);
  Value first = code.mul(code.zext(index, code.i64), chunk);
  Value step = code.mul(code.zext(count, code.i64), chunk);
  // The threads are all taken: what this one runs, it runs alone.
  Value run = openRun(code, model, code.null());
  Value status =
      LLVM::CallOp::create(code.builder, code.loc, range,
                           ValueRange{args, workspace, first, step, run})
          .getResult();
  code.store(status, workspace);
  code.ret(Value());
  return task;
}

LLVM::LLVMFuncOp makeDistribute(LLVMCode &code, const EntryModel &model,
                                const EntryLevel &level,
                                LLVM::LLVMFuncOp task) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp distribute =
      level.function(code, model.info.symbol, "_distribute", code.i32,
                     {code.pointer, code.i32});
  code.begin(distribute);
  Value args = distribute.getArgument(0);
  Value threads = distribute.getArgument(1);
  Value zero = code.constant(code.i32, 0);
  Value one = code.constant(code.i32, 1);
  Value batch = code.loadMember(model.argsType, args, kArgsBatch);
  Value fewSamples =
      code.compare(ICmpPredicate::ult, batch, code.zext(threads, code.i64));
  Value count = code.select(fewSamples, code.trunc(batch, code.i32), threads);
  Type dataType = taskDataType(code);
  Value data = LLVM::AllocaOp::create(code.builder, code.loc, code.pointer,
                                      dataType, one);
  code.store(args, code.member(dataType, data, 0));
  code.store(count, code.member(dataType, data, 1));
  // A task that is never run shows as an error.
  Value missing = code.constant(code.i32, NNC_ERROR_PARALLEL);
  code.loop(zero, count, one, [&](Value index) {
    code.store(missing, slice(code, model, args, index));
  });

  Value parallel = code.loadMember(model.argsType, args, kArgsParallel);
  Value failed =
      callParallel(code, parallel, code.addressOf(task), data, count);
  code.failIf(code.differs(failed, zero), NNC_ERROR_PARALLEL);
  code.loop(zero, count, one, [&](Value index) {
    code.returnUnlessOk(code.load(code.i32, slice(code, model, args, index)));
  });
  code.ret(NNC_OK);
  return distribute;
}

} // namespace nnc
