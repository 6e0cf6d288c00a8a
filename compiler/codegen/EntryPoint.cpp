//===- EntryPoint.cpp - the functions that an app calls -------------------===//
//
// `NAME_run` checks its arguments and runs the bodies over the batch,
// `NAME_prepare` chooses the bodies for the machine ahead of the first call,
// `NAME_workspace_size` says how much memory that takes, `NAME_reset` starts
// a state anew, `NAME_model` describes the model. They are written against
// nnc/abi.h with LLVM struct types, so that the target's own layout holds.
// Bodies and everything else stay internal.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/EntryPoint.h"
#include "compiler/codegen/ArenaPlan.h"
#include "compiler/codegen/ModelInfoAttr.h"
#include "compiler/codegen/Passes.h"

#include "runtime/include/nnc/abi.h"

namespace nnc {
#define GEN_PASS_DEF_ENTRYPOINTPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

SmallVector<const TensorInfo *> EntryModel::tensors() const {
  SmallVector<const TensorInfo *> all;
  for (const TensorInfo &tensor : info.inputs)
    all.push_back(&tensor);
  for (const TensorInfo &tensor : info.outputs)
    all.push_back(&tensor);
  return all;
}

int64_t EntryModel::elementBytes(const TensorInfo &tensor) const {
  return findDtype(tensor.dtype)->bytes;
}

int64_t EntryModel::sampleBytes(const TensorInfo &tensor) const {
  return tensor.size() * elementBytes(tensor);
}

int64_t EntryModel::maxObject() const {
  return pointerBits == 64 ? std::numeric_limits<int64_t>::max()
                           : std::numeric_limits<int32_t>::max();
}

int64_t EntryModel::maxBatch() const {
  int64_t largest = std::max<int64_t>(info.stateBytes, 1);
  for (const TensorInfo *tensor : tensors())
    largest = std::max(largest, sampleBytes(*tensor));
  return maxObject() / largest;
}

int64_t EntryModel::betweenOffset() const {
  return info.workspaceBytes - *alignedBytes(info.stateBytes / 2);
}

int64_t EntryModel::maxThreads() const {
  return std::min<int64_t>(maxObject() / info.workspaceBytes,
                           std::numeric_limits<int32_t>::max());
}

int64_t EntryModel::externalBytes() const {
  if (!info.externalWeights || info.weightsBytes == 0)
    return 0;
  return info.weightsBytes + static_cast<int64_t>(sizeof(nnc_weights_header));
}

/// Everything that a caller must be able to address, in the target's width.
static LogicalResult checkSizes(ModuleOp module, const EntryModel &model) {
  int64_t most = model.maxObject();
  if (model.info.workspaceBytes <= 0 || model.info.stateBytes < 0 ||
      (model.info.isStream() && model.betweenOffset() < 0) ||
      !llvm::isPowerOf2_64(model.info.alignment))
    return module.emitError("'")
           << kModelInfoAttr << "' has no valid workspace or alignment";
  for (const TensorInfo *tensor : model.tensors()) {
    int64_t bytes;
    const DtypeInfo *dtype = findDtype(tensor->dtype);
    if (!dtype)
      return module.emitError("tensor '")
             << tensor->name << "' has the unknown type " << tensor->dtype;
    if (llvm::MulOverflow<int64_t>(tensor->size(), dtype->bytes, bytes) ||
        bytes > most || bytes <= 0)
      return module.emitError("tensor '")
             << tensor->name << "' does not fit into the target's memory";
  }
  if (model.info.stateBytes > most || model.info.workspaceBytes > most ||
      model.info.weightsBytes > most - 64)
    return module.emitError("the model does not fit into the target's memory");
  return success();
}

/// Finds the bodies: the one of the largest batch, and that of one sample.
static LogicalResult findBodies(ModuleOp module, EntryModel &model) {
  auto levelOf = [&](LLVM::LLVMFuncOp body) -> EntryLevel & {
    StringRef cpu = body.getTargetCpu().value_or("");
    for (EntryLevel &level : model.levels)
      if (level.cpu == cpu)
        return level;
    model.levels.emplace_back();
    model.levels.back().cpu = cpu.str();
    return model.levels.back();
  };
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    auto batch = function->getAttrOfType<IntegerAttr>(kBatchAttr);
    if (!batch)
      continue;
    size_t pointers = model.tensors().size() + 2;
    if (model.info.stateBytes != 0)
      pointers += 2;
    model.hasRun = function->hasAttr(kRunAttr);
    pointers += model.hasRun;
    auto state = function->getAttrOfType<IntegerAttr>(kStateAttr);
    if ((state ? state.getInt() : 0) != model.info.stateBytes / 2)
      return function.emitError("a body of this model has a state of ")
             << model.info.stateBytes / 2 << " bytes";
    if (batch.getInt() < 1 || function.isExternal() ||
        function.getNumArguments() != pointers)
      return function.emitError("a body of this model takes ")
             << pointers << " pointers and a batch of at least 1";
    EntryLevel &level = levelOf(function);
    if (batch.getInt() == 1)
      level.singleBody = function;
    if (!level.chunkBody || batch.getInt() > level.chunk) {
      level.chunkBody = function;
      level.chunk = batch.getInt();
    }
    function->removeAttr(kBatchAttr);
    function->removeAttr(kStateAttr);
    function->removeAttr(kRunAttr);
  }
  // A stream runs sample by sample, whatever the batch.
  int64_t needed = model.info.isStream() ? 1 : model.info.batch;
  bool complete = !model.levels.empty();
  for (EntryLevel &level : model.levels) {
    if (model.info.isStream())
      level.chunkBody = level.singleBody;
    complete &= level.chunkBody &&
                (needed != 0 ? level.chunk == needed : bool(level.singleBody));
  }
  if (!complete)
    return module.emitError("the module has no body for ")
           << std::max<int64_t>(needed, 1) << " samples at a time";
  return success();
}

static void makeTypes(LLVMCode &code, EntryModel &model) {
  SmallVector<Type> members = {code.i64,  code.i64,     code.pointer,
                               code.size, code.pointer, code.pointer,
                               code.size, code.pointer};
  members.append(model.tensors().size(), code.pointer);
  if (model.info.isStream())
    members.push_back(code.i64);
  MLIRContext *context = code.builder.getContext();
  model.argsType = LLVM::LLVMStructType::getLiteral(context, members);
}

LLVM::LLVMFuncOp EntryLevel::function(LLVMCode &code, StringRef name,
                                      StringRef what, Type result,
                                      ArrayRef<Type> arguments) const {
  std::string symbol = (name + what).str();
  if (!cpu.empty())
    symbol += "." + levelName(cpu);
  LLVM::LLVMFuncOp made =
      code.function(symbol, result, arguments, LLVM::Linkage::Internal);
  if (!cpu.empty())
    made.setTargetCpu(cpu);
  return made;
}

/// Makes the whole of a call for one CPU: `int (args)`.
static LLVM::LLVMFuncOp makeRun(LLVMCode &code, const EntryModel &model,
                                const EntryLevel &level) {
  LLVM::LLVMFuncOp range = makeRange(code, model, level);
  LLVM::LLVMFuncOp distribute =
      makeDistribute(code, model, level, makeTask(code, model, level, range));
  LLVM::LLVMFuncOp settle;
  if (model.info.stateBytes != 0)
    settle = makeSettle(code, model, level);
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp run =
      level.function(code, model.info.symbol, "_run", code.i32, {code.pointer});
  if (level.cpu.empty())
    run.setLinkage(LLVM::Linkage::External);
  else
    run.setNoInline(true); // a call of another level needs nothing of it
  code.begin(run);
  Value args = run.getArgument(0);
  Value threads = emitChecks(code, model, args);
  Value several = code.compare(LLVM::ICmpPredicate::sgt, threads,
                               code.constant(code.i32, 1));
  Value batch = code.loadMember(model.argsType, args, kArgsBatch);
  Value chunk = code.constant(code.i64, level.chunk);
  Value large = code.compare(LLVM::ICmpPredicate::ugt, batch, chunk);
  auto finish = [&](LLVM::LLVMFuncOp function, ValueRange operands) {
    auto call = [&](LLVM::LLVMFuncOp callee, ValueRange operands) {
      return LLVM::CallOp::create(code.builder, code.loc, callee, operands)
          .getResult();
    };
    Value status = call(function, operands);
    code.ret(settle ? call(settle, {args, status}) : status);
  };
  code.ifTrue(code.both(several, large),
              [&] { finish(distribute, {args, threads}); });
  Value workspace = code.loadMember(model.argsType, args, kArgsWorkspace);
  Value first = code.constant(code.i64, 0);
  Value shared = code.loadMember(model.argsType, args, kArgsParallel);
  Value state = openRun(code, model, code.select(several, shared, code.null()));
  finish(range, {args, workspace, first, chunk, state});
  return run;
}

/// threads * WORKSPACE_SIZE; less than one thread counts as one, more than
/// memory can hold gives SIZE_MAX, which no caller can provide.
static LLVM::LLVMFuncOp makeWorkspaceSize(LLVMCode &code,
                                          const EntryModel &model) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp function =
      code.function(model.info.symbol + "_workspace_size", code.size,
                    {code.i32}, LLVM::Linkage::External);
  code.begin(function);
  Value threads = function.getArgument(0);
  Value one = code.constant(code.i32, 1);
  Value most = code.constant(code.i32, model.maxThreads());
  Value tooFew = code.compare(LLVM::ICmpPredicate::slt, threads, one);
  Value tooMany = code.compare(LLVM::ICmpPredicate::sgt, threads, most);
  threads = code.select(tooFew, one, threads);
  Value bytes = code.mul(code.zext(threads, code.size),
                         code.constant(code.size, model.info.workspaceBytes));
  code.ret(code.select(tooMany, code.constant(code.size, -1), bytes));
  return function;
}

namespace {

struct EntryPointPass : impl::EntryPointPassBase<EntryPointPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    if (!module->hasAttr(kModelInfoAttr)) {
      module.emitError("the module describes no model: '")
          << kModelInfoAttr << "' is missing";
      return signalPassFailure();
    }
    FailureOr<ModelInfo> info = readModelInfo(module);
    if (failed(info))
      return signalPassFailure();
    EntryModel model;
    model.info = std::move(*info);
    model.pointerBits = pointerBits;
    if (failed(checkSizes(module, model)) ||
        failed(findBodies(module, model)) || failed(findTests(module, model)))
      return signalPassFailure();
    model.weights =
        module.lookupSymbol<LLVM::GlobalOp>(model.info.symbol + "_weights");
    LLVMCode code(module, pointerBits);
    makeTypes(code, model);
    EntryFunctions functions;
    SmallVector<LLVM::LLVMFuncOp> runs;
    for (const EntryLevel &level : model.levels)
      runs.push_back(makeRun(code, model, level));
    makeLevelChoice(code, model, runs, functions);
    functions.workspaceSize = makeWorkspaceSize(code, model);
    if (model.info.stateBytes != 0)
      functions.reset = makeReset(code, model);
    functions.clock = module.lookupSymbol<LLVM::LLVMFuncOp>(model.info.symbol +
                                                            kClockSuffix.str());
    if (functions.clock)
      functions.clock.setLinkage(LLVM::Linkage::Internal);
    makeModelTable(code, model, functions);
  }
};

} // namespace
} // namespace nnc
