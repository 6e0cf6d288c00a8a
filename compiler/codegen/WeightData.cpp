//===- WeightData.cpp - the values of a weight ----------------------------===//
//
// Values come as dense attributes from the text and as resources from files.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/WeightData.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;

namespace nnc {

static FailureOr<int64_t> sizeInBytes(memref::GlobalOp global) {
  MemRefType type = global.getType();
  Type element = type.getElementType();
  if (!type.hasStaticShape() || !type.getLayout().isIdentity() ||
      !element.isIntOrFloat() || element.getIntOrFloatBitWidth() % 8 != 0)
    return global.emitError("weight '")
           << global.getSymName() << "' has the type " << type
           << ", which cannot be laid out";
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(bytes, extent, bytes))
      return global.emitError("weight '")
             << global.getSymName() << "' is larger than memory";
  return bytes;
}

void WeightData::copy(int64_t first, int64_t count, char *to) const {
  if (!splat) {
    std::memcpy(to, values.data() + first, count);
    return;
  }
  int64_t element = values.size();
  for (int64_t at = 0; at < count; at += element)
    std::memcpy(to + at, values.data(), element);
}

FailureOr<WeightData> findWeightData(memref::GlobalOp global) {
  FailureOr<int64_t> bytes = sizeInBytes(global);
  if (failed(bytes))
    return failure();
  Attribute value = global.getInitialValue().value_or(Attribute());
  if (auto dense = dyn_cast_if_present<DenseElementsAttr>(value))
    return WeightData{*bytes, dense.getRawData(), dense.isSplat()};
  auto resource = dyn_cast_if_present<DenseResourceElementsAttr>(value);
  if (!resource || !resource.getRawHandle().getBlob())
    return global.emitError("weight '")
           << global.getSymName() << "' has no value";
  ArrayRef<char> values = resource.getRawHandle().getBlob()->getData();
  if (static_cast<int64_t>(values.size()) != *bytes)
    return global.emitError("weight '")
           << global.getSymName() << "' has " << values.size()
           << " bytes of data, but its type " << global.getType() << " needs "
           << *bytes;
  return WeightData{*bytes, values, false};
}

memref::GetGlobalOp findWeight(Value value) {
  while (isa_and_present<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(
      value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  auto read = value.getDefiningOp<bufferization::ToTensorOp>();
  return read ? read.getBuffer().getDefiningOp<memref::GetGlobalOp>()
              : memref::GetGlobalOp();
}

llvm::StringMap<unsigned> countWeightReaders(ModuleOp module) {
  llvm::StringMap<unsigned> readers;
  module.walk([&](memref::GetGlobalOp read) {
    SmallVector<Operation *> views = {read};
    while (!views.empty())
      for (Operation *user : views.pop_back_val()->getUsers()) {
        if (isa<bufferization::ToTensorOp, tensor::CollapseShapeOp,
                tensor::ExpandShapeOp>(user))
          views.push_back(user);
        else
          ++readers[read.getName()];
      }
  });
  return readers;
}

void eraseUnread(Value value) {
  while (Operation *op = value ? value.getDefiningOp() : nullptr) {
    if (!op->use_empty())
      return;
    value = op->getNumOperands() == 1 ? op->getOperand(0) : Value();
    op->erase();
  }
}

} // namespace nnc
