//===- EntryChecks.cpp - what `run` checks before it runs -----------------===//
//
// Every argument is checked once, in the order of the statuses' meaning: can
// the struct be read, is it this model's, is the batch possible, are the
// pointers there, aligned, large enough and apart. Whatever fails, nothing has
// been written.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/EntryPoint.h"

#include "runtime/include/nnc/abi.h"
#include "llvm/Support/Endian.h"

using namespace mlir;
using LLVM::ICmpPredicate;

namespace nnc {
namespace {

/// A range of bytes that the caller passed; `bytes` has pointer width.
struct Range {
  Value start;
  Value bytes;
  bool written;
};

class EntryChecks {
public:
  EntryChecks(LLVMCode &code, const EntryModel &model, Value args)
      : code(code), model(model), args(args) {}

  Value emit();

private:
  Value member(int32_t index) {
    return code.loadMember(model.argsType, args, index);
  }
  void checkBatch();
  void checkSteps();
  Value checkParallel();
  void checkNull();
  void checkAlignment();
  void checkWorkspace(Value threads);
  void checkWeights();
  void checkOverlap();
  void checkAligned(Value pointer, int64_t alignment);
  Value bytesOf(Type type);

  LLVMCode &code;
  const EntryModel &model;
  Value args;
  Value batch;
  Value rows; ///< of what has one for each sample, in a stream for each step
  SmallVector<Value> pointers; ///< of inputs, then outputs
};

} // namespace

void EntryChecks::checkBatch() {
  Value zero = code.constant(code.i64, 0);
  code.failIf(code.compare(ICmpPredicate::slt, batch, zero), NNC_ERROR_BATCH);
  code.ifTrue(code.equal(batch, zero), [&] { code.ret(NNC_OK); });
  if (model.info.batch != 0)
    code.failIf(code.differs(batch, code.constant(code.i64, model.info.batch)),
                NNC_ERROR_BATCH);
  code.failIf(code.compare(ICmpPredicate::sgt, batch,
                           code.constant(code.i64, model.maxBatch())),
              NNC_ERROR_BATCH);
}

/// A stream's steps. Neither number has more than 31 bits, so that the product
/// of both cannot overflow, and no division is needed.
void EntryChecks::checkSteps() {
  rows = batch;
  if (!model.info.isStream())
    return;
  Value steps = member(model.stepsMember());
  Value zero = code.constant(code.i64, 0);
  Value most = code.constant(code.i64, std::numeric_limits<int32_t>::max());
  code.failIf(code.compare(ICmpPredicate::sgt, batch, most), NNC_ERROR_BATCH);
  code.failIf(code.compare(ICmpPredicate::ugt, steps, most), NNC_ERROR_STEPS);
  code.ifTrue(code.equal(steps, zero), [&] { code.ret(NNC_OK); });
  rows = code.mul(batch, steps);
  code.failIf(code.compare(ICmpPredicate::sgt, rows,
                           code.constant(code.i64, model.maxBatch())),
              NNC_ERROR_STEPS);
}

/// The number of threads: 1 without a parallel-for.
Value EntryChecks::checkParallel() {
  Value parallel = member(kArgsParallel);
  Value one = code.constant(code.i32, 1);
  Value slot = LLVM::AllocaOp::create(code.builder, code.loc, code.pointer,
                                      code.i32, one);
  code.store(one, slot);
  code.ifTrue(code.differs(parallel, code.null()), [&] {
    Value threads =
        code.loadMember(parallelType(code), parallel, kParallelThreads);
    Value run = code.loadMember(parallelType(code), parallel, kParallelRun);
    code.failIf(code.compare(ICmpPredicate::slt, threads, one),
                NNC_ERROR_PARALLEL);
    code.failIf(code.isNull(run), NNC_ERROR_PARALLEL);
    code.store(threads, slot);
  });
  return code.load(code.i32, slot);
}

void EntryChecks::checkNull() {
  Value anyNull = code.isNull(member(kArgsWorkspace));
  if (model.info.stateBytes != 0)
    anyNull = code.either(anyNull, code.isNull(member(kArgsState)));
  for (Value pointer : pointers)
    anyNull = code.either(anyNull, code.isNull(pointer));
  code.failIf(anyNull, NNC_ERROR_NULL);
  if (model.externalBytes() != 0)
    code.failIf(code.isNull(member(kArgsWeights)), NNC_ERROR_WEIGHTS);
}

void EntryChecks::checkAligned(Value pointer, int64_t alignment) {
  if (alignment == 1)
    return;
  Value low =
      code.both(code.address(pointer), code.constant(code.size, alignment - 1));
  code.failIf(code.differs(low, code.constant(code.size, 0)),
              NNC_ERROR_ALIGNMENT);
}

void EntryChecks::checkAlignment() {
  checkAligned(member(kArgsWorkspace), model.info.alignment);
  if (model.info.stateBytes != 0)
    checkAligned(member(kArgsState), model.info.alignment);
  if (model.externalBytes() != 0)
    checkAligned(member(kArgsWeights), model.info.alignment);
  for (auto [pointer, tensor] : llvm::zip_equal(pointers, model.tensors()))
    checkAligned(pointer, model.elementBytes(*tensor));
}

void EntryChecks::checkWorkspace(Value threads) {
  Value wide = code.zext(threads, code.i64);
  code.failIf(code.compare(ICmpPredicate::ugt, wide,
                           code.constant(code.i64, model.maxThreads())),
              NNC_ERROR_WORKSPACE);
  Value needed =
      code.mul(wide, code.constant(code.i64, model.info.workspaceBytes));
  Value given = code.zext(member(kArgsWorkspaceSize), code.i64);
  code.failIf(code.compare(ICmpPredicate::ult, given, needed),
              NNC_ERROR_WORKSPACE);
}

/// The head of external weights: large enough, and made for this model.
void EntryChecks::checkWeights() {
  int64_t bytes = model.externalBytes();
  if (bytes == 0)
    return;
  Value given = code.zext(member(kArgsWeightsSize), code.i64);
  Value needed = code.constant(code.i64, bytes);
  code.failIf(code.compare(ICmpPredicate::ult, given, needed),
              NNC_ERROR_WEIGHTS);
  Value head = member(kArgsWeights);
  auto expect = [&](size_t offset, int64_t value) {
    Value at = code.advance(head, code.constant(code.size, offset));
    Value found = code.load(code.i64, at);
    code.failIf(code.differs(found, code.constant(code.i64, value)),
                NNC_ERROR_WEIGHTS);
  };
  expect(offsetof(nnc_weights_header, magic),
         llvm::support::endian::read64le("NNCWGHT1"));
  expect(offsetof(nnc_weights_header, size), bytes);
  expect(offsetof(nnc_weights_header, fingerprint),
         model.info.weightsFingerprint);
}

/// The size of a struct of the ABI.
Value EntryChecks::bytesOf(Type type) {
  Value end = LLVM::GEPOp::create(code.builder, code.loc, code.pointer, type,
                                  code.null(), ArrayRef<LLVM::GEPArg>{1});
  return code.address(end);
}

/// What is written must be apart from everything else. Two ranges overlap if
/// one starts inside the other; differences wrap, so no sum can overflow.
void EntryChecks::checkOverlap() {
  SmallVector<Range> ranges;
  // The arguments themselves, which are read as long as the call runs.
  ranges.push_back({args, bytesOf(model.argsType), false});
  Value parallel = member(kArgsParallel);
  ranges.push_back(
      {parallel,
       code.select(code.isNull(parallel), code.constant(code.size, 0),
                   bytesOf(parallelType(code))),
       false});
  ranges.push_back({member(kArgsWorkspace), member(kArgsWorkspaceSize), true});
  if (model.info.stateBytes != 0)
    ranges.push_back(
        {member(kArgsState),
         code.trunc(
             code.mul(batch, code.constant(code.i64, model.info.stateBytes)),
             code.size),
         true});
  if (model.externalBytes() != 0)
    ranges.push_back({member(kArgsWeights), member(kArgsWeightsSize), false});
  SmallVector<const TensorInfo *> tensors = model.tensors();
  for (size_t i = 0; i < tensors.size(); ++i) {
    Value bytes =
        code.mul(tensors[i]->stepped ? rows : batch,
                 code.constant(code.i64, model.sampleBytes(*tensors[i])));
    ranges.push_back(
        {pointers[i], code.trunc(bytes, code.size), model.isOutput(i)});
  }
  for (size_t i = 0; i < ranges.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      if (!ranges[i].written && !ranges[j].written)
        continue;
      Value a = code.address(ranges[i].start);
      Value b = code.address(ranges[j].start);
      Value overlap = code.either(
          code.compare(ICmpPredicate::ult, code.sub(b, a), ranges[i].bytes),
          code.compare(ICmpPredicate::ult, code.sub(a, b), ranges[j].bytes));
      code.failIf(overlap, NNC_ERROR_OVERLAP);
    }
}

Value EntryChecks::emit() {
  code.failIf(code.isNull(args), NNC_ERROR_NULL);
  checkAligned(args, model.pointerBits / 8);
  Value signature =
      code.constant(code.i64, static_cast<int64_t>(model.info.signature()));
  code.failIf(code.differs(member(kArgsSignature), signature),
              NNC_ERROR_SIGNATURE);
  batch = member(kArgsBatch);
  checkBatch();
  checkSteps();
  for (size_t i = 0; i < model.tensors().size(); ++i)
    pointers.push_back(member(kArgsTensors + static_cast<int32_t>(i)));
  Value threads = checkParallel();
  checkNull();
  checkAlignment();
  checkWorkspace(threads);
  checkWeights();
  checkOverlap();
  return threads;
}

Value emitChecks(LLVMCode &code, const EntryModel &model, Value args) {
  return EntryChecks(code, model, args).emit();
}

} // namespace nnc
