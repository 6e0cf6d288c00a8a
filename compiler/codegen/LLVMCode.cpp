//===- LLVMCode.cpp - short names for the LLVM dialect --------------------===//
//
// See LLVMCode.h.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LLVMCode.h"

using namespace mlir;

namespace nnc {

LLVMCode::LLVMCode(ModuleOp module, unsigned pointerBits)
    : builder(module.getBodyRegion()), loc(module.getLoc()) {
  builder.setInsertionPointToEnd(module.getBody());
  i32 = builder.getI32Type();
  i64 = builder.getI64Type();
  size = builder.getIntegerType(pointerBits);
  pointer = LLVM::LLVMPointerType::get(builder.getContext());
}

LLVM::LLVMFuncOp LLVMCode::function(StringRef name, Type result,
                                    ArrayRef<Type> arguments,
                                    LLVM::Linkage linkage) {
  auto type = LLVM::LLVMFunctionType::get(result, arguments);
  auto function = LLVM::LLVMFuncOp::create(builder, loc, name, type, linkage);
  function.setNoUnwind(true);
  return function;
}

void LLVMCode::begin(LLVM::LLVMFuncOp function) {
  builder.setInsertionPointToStart(function.addEntryBlock(builder));
}

void LLVMCode::ret(Value value) {
  LLVM::ReturnOp::create(builder, loc,
                         value ? ValueRange(value) : ValueRange());
}

Value LLVMCode::constant(Type type, int64_t value) {
  return LLVM::ConstantOp::create(builder, loc, type,
                                  builder.getIntegerAttr(type, value));
}

Value LLVMCode::null() { return LLVM::ZeroOp::create(builder, loc, pointer); }

Value LLVMCode::addressOf(SymbolOpInterface symbol) {
  return LLVM::AddressOfOp::create(builder, loc, pointer, symbol.getName());
}

Value LLVMCode::add(Value a, Value b) {
  return LLVM::AddOp::create(builder, loc, a, b);
}

Value LLVMCode::sub(Value a, Value b) {
  return LLVM::SubOp::create(builder, loc, a, b);
}

Value LLVMCode::mul(Value a, Value b) {
  return LLVM::MulOp::create(builder, loc, a, b);
}

Value LLVMCode::zext(Value a, Type type) {
  if (a.getType() == type)
    return a;
  return LLVM::ZExtOp::create(builder, loc, type, a);
}

Value LLVMCode::sext(Value a, Type type) {
  if (a.getType() == type)
    return a;
  return LLVM::SExtOp::create(builder, loc, type, a);
}

Value LLVMCode::trunc(Value a, Type type) {
  if (a.getType() == type)
    return a;
  return LLVM::TruncOp::create(builder, loc, type, a);
}

Value LLVMCode::both(Value a, Value b) {
  return LLVM::AndOp::create(builder, loc, a, b);
}

Value LLVMCode::either(Value a, Value b) {
  return LLVM::OrOp::create(builder, loc, a, b);
}

Value LLVMCode::compare(LLVM::ICmpPredicate predicate, Value a, Value b) {
  return LLVM::ICmpOp::create(builder, loc, predicate, a, b);
}

Value LLVMCode::equal(Value a, Value b) {
  return compare(LLVM::ICmpPredicate::eq, a, b);
}

Value LLVMCode::differs(Value a, Value b) {
  return compare(LLVM::ICmpPredicate::ne, a, b);
}

Value LLVMCode::select(Value condition, Value a, Value b) {
  return LLVM::SelectOp::create(builder, loc, condition, a, b);
}

Value LLVMCode::address(Value a) {
  return LLVM::PtrToIntOp::create(builder, loc, size, a);
}

Value LLVMCode::member(Type structType, Value base, int32_t index) {
  return LLVM::GEPOp::create(builder, loc, pointer, structType, base,
                             ArrayRef<LLVM::GEPArg>{0, index});
}

Value LLVMCode::loadMember(Type structType, Value base, int32_t index) {
  Type type = cast<LLVM::LLVMStructType>(structType).getBody()[index];
  return load(type, member(structType, base, index));
}

Value LLVMCode::advance(Value base, Value bytes) {
  return LLVM::GEPOp::create(builder, loc, pointer, builder.getI8Type(), base,
                             ArrayRef<LLVM::GEPArg>{bytes});
}

Value LLVMCode::load(Type type, Value from) {
  return LLVM::LoadOp::create(builder, loc, type, from);
}

void LLVMCode::store(Value value, Value to) {
  LLVM::StoreOp::create(builder, loc, value, to);
}

void LLVMCode::copy(Value to, Value from, int64_t bytes) {
  LLVM::MemcpyOp::create(builder, loc, to, from, constant(size, bytes),
                         /*isVolatile=*/false);
}

void LLVMCode::clear(Value to, Value bytes) {
  LLVM::MemsetOp::create(builder, loc, to, constant(builder.getI8Type(), 0),
                         bytes, /*isVolatile=*/false);
}

Block *LLVMCode::addBlock() {
  OpBuilder::InsertionGuard guard(builder);
  Region *region = builder.getInsertionBlock()->getParent();
  return builder.createBlock(region, region->end());
}

void LLVMCode::failIf(Value condition, int32_t status) {
  ifTrue(condition, [&] { ret(status); });
}

void LLVMCode::returnUnlessOk(Value status) {
  ifTrue(differs(status, constant(i32, 0)), [&] { ret(status); });
}

void LLVMCode::ifTrue(Value condition, llvm::function_ref<void()> code) {
  Block *then = addBlock();
  Block *rest = addBlock();
  LLVM::CondBrOp::create(builder, loc, condition, then, rest);
  builder.setInsertionPointToEnd(then);
  code();
  Block *last = builder.getInsertionBlock();
  if (last->empty() || !last->back().hasTrait<OpTrait::IsTerminator>())
    LLVM::BrOp::create(builder, loc, rest);
  builder.setInsertionPointToEnd(rest);
}

void LLVMCode::loop(Value first, Value end, Value step,
                    llvm::function_ref<void(Value)> code) {
  Block *head = addBlock();
  Block *body = addBlock();
  Block *rest = addBlock();
  Value index = head->addArgument(first.getType(), loc);
  LLVM::BrOp::create(builder, loc, ValueRange{first}, head);
  builder.setInsertionPointToEnd(head);
  LLVM::CondBrOp::create(
      builder, loc, compare(LLVM::ICmpPredicate::ult, index, end), body, rest);
  builder.setInsertionPointToEnd(body);
  code(index);
  LLVM::BrOp::create(builder, loc, ValueRange{add(index, step)}, head);
  builder.setInsertionPointToEnd(rest);
}

} // namespace nnc
