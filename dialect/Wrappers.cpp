//===- Wrappers.cpp - what is in a wrapper's regions ----------------------===//
//
// Pure questions; see the header.
//
//===----------------------------------------------------------------------===//

#include "dialect/Wrappers.h"

#include "dialect/WeightSpecs.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;

Block *nn::getWrappedBlock(Operation *wrapper, unsigned index) {
  if (index >= wrapper->getNumRegions() ||
      !wrapper->getRegion(index).hasOneBlock())
    return nullptr;
  return &wrapper->getRegion(index).front();
}

OutputOp nn::getWrappedOutput(Operation *wrapper, unsigned index) {
  Block *block = getWrappedBlock(wrapper, index);
  return block && !block->empty() ? dyn_cast<OutputOp>(block->back())
                                  : OutputOp();
}

LayerOpInterface nn::getWrappedLayer(Operation *wrapper, unsigned index) {
  if (Block *block = getWrappedBlock(wrapper, index))
    for (Operation &op : *block)
      if (auto layer = dyn_cast<LayerOpInterface>(op))
        return layer;
  return {};
}

SmallVector<Shape> nn::getWrappedShapes(Operation *wrapper, unsigned index) {
  SmallVector<Shape> shapes;
  if (OutputOp output = getWrappedOutput(wrapper, index))
    for (Type type : output.getInputs().getTypes()) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      if (!tensor)
        return {};
      shapes.emplace_back(tensor.getShape());
    }
  return shapes;
}

RankedTensorType nn::getStepType(RankedTensorType sequence) {
  if (sequence.getRank() < 2)
    return {};
  Shape shape(sequence.getShape());
  shape.erase(shape.begin() + 1);
  return RankedTensorType::get(shape, sequence.getElementType());
}

bool nn::isWrappable(WrappedKind kind, Operation *op) {
  bool isCell = op->hasTrait<Cell>();
  if (kind == WrappedKind::Cells)
    return isCell;
  if (kind == WrappedKind::Any)
    return !isCell && isa<LayerOpInterface, CallOp>(op);
  return isa<LayerOpInterface>(op) &&
         llvm::is_contained(op->getName().getAttributeNames(), "go_backwards");
}

int64_t nn::countWrappedMacs(Operation *wrapper) {
  int64_t macs = 0;
  for (Region &region : wrapper->getRegions())
    for (auto layer : region.getOps<LayerOpInterface>())
      macs = std::min(macs + layer.getMacs(), kMaxMacs + 1);
  return macs;
}

TypesOr nn::wrappedTypes(LayerOpInterface layer, ArrayRef<Type>) {
  OutputOp output = getWrappedOutput(layer, 0);
  auto type = output && !output.getInputs().empty()
                  ? dyn_cast<RankedTensorType>(output.getInputs()[0].getType())
                  : RankedTensorType();
  if (!type)
    return shapeError("the types of what it wraps are not known [N315]");
  return SmallVector<Type>(layer->getNumResults(), type.getElementType());
}
