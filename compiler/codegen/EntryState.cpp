//===- EntryState.cpp - the state that a caller keeps ---------------------===//
//
// A row of state holds the state and, behind it, as many bytes for the next
// one. Bodies read the first and write the second; only when the whole call has
// succeeded does the next state become the state. A call that fails, whatever
// has run until then, puts the second back instead, so that no byte differs.
// In a stream the steps of one call pass their states on through the second
// half and a third place in the workspace, turn by turn, such that the last one
// ends in the second half.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/EntryPoint.h"

#include "runtime/include/nnc/abi.h"

using namespace mlir;
using LLVM::ICmpPredicate;

namespace nnc {

/// The row of state of `sample` (i64).
static Value findRow(LLVMCode &code, const EntryModel &model, Value args,
                     Value sample) {
  Value base = code.loadMember(model.argsType, args, kArgsState);
  Value bytes =
      code.mul(sample, code.constant(code.i64, model.info.stateBytes));
  return code.advance(base, code.trunc(bytes, code.size));
}

static Value findNext(LLVMCode &code, const EntryModel &model, Value row) {
  return code.advance(row, code.constant(code.size, model.info.stateBytes / 2));
}

StatePlaces findState(LLVMCode &code, const EntryModel &model, Value args,
                      Value workspace, const Position &at) {
  Value row = findRow(code, model, args, at.sample);
  Value next = findNext(code, model, row);
  if (!at.step)
    return {row, next};
  Value between =
      code.advance(workspace, code.constant(code.size, model.betweenOffset()));
  Value one = code.constant(code.i64, 1);
  Value zero = code.constant(code.i64, 0);
  Value left = code.sub(code.sub(at.steps, one), at.step);
  Value toNext = code.equal(code.both(left, one), zero);
  Value isFirst = code.equal(at.step, zero);
  Value from = code.select(isFirst, row, code.select(toNext, between, next));
  return {from, code.select(toNext, next, between)};
}

LLVM::LLVMFuncOp makeSettle(LLVMCode &code, const EntryModel &model,
                            const EntryLevel &level) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp settle = level.function(code, model.info.symbol, "_settle",
                                           code.i32, {code.pointer, code.i32});
  code.begin(settle);
  Value args = settle.getArgument(0);
  Value status = settle.getArgument(1);
  Value isOk = code.equal(status, code.constant(code.i32, NNC_OK));
  Value batch = code.loadMember(model.argsType, args, kArgsBatch);
  code.loop(code.constant(code.i64, 0), batch, code.constant(code.i64, 1),
            [&](Value sample) {
              Value row = findRow(code, model, args, sample);
              Value next = findNext(code, model, row);
              code.copy(code.select(isOk, row, next),
                        code.select(isOk, next, row),
                        model.info.stateBytes / 2);
            });
  code.ret(status);
  return settle;
}

LLVM::LLVMFuncOp makeReset(LLVMCode &code, const EntryModel &model) {
  OpBuilder::InsertionGuard guard(code.builder);
  Type none = LLVM::LLVMVoidType::get(code.builder.getContext());
  LLVM::LLVMFuncOp reset =
      code.function(model.info.symbol + "_reset", none,
                    {code.pointer, code.i64}, LLVM::Linkage::External);
  code.begin(reset);
  Value state = reset.getArgument(0);
  Value batch = reset.getArgument(1);
  Value nothing =
      code.either(code.isNull(state), code.compare(ICmpPredicate::slt, batch,
                                                   code.constant(code.i64, 1)));
  code.ifTrue(nothing, [&] { code.ret(Value()); });
  Value bytes = code.mul(batch, code.constant(code.i64, model.info.stateBytes));
  code.clear(state, code.trunc(bytes, code.size));
  code.ret(Value());
  return reset;
}

} // namespace nnc
