//===- KerasOps.cpp - the rules that functions of keras.ops share ---------===//
//
// Keras's compute_output_spec of keras.ops, as far as several functions have it
// in common.
//
//===----------------------------------------------------------------------===//

#include "dialect/KerasOps.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace nnc;
using namespace nnc::nn;
using llvm::Expected;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

Expected<SmallVector<Argument>> nn::bindArguments(LayerOpInterface layer,
                                                  size_t operands) {
  SmallVector<Argument> arguments;
  int64_t tensors = layer.getInputCount().second;
  if (tensors < 0) { // a list of tensors
    for (unsigned i = 0; i < operands; ++i)
      arguments.push_back({Attribute(), i});
    return arguments;
  }
  unsigned next = 0;
  std::string open;
  for (StringRef name : layer.getParameters().take_front(tensors)) {
    if (Attribute constant = layer->getAttr(name)) {
      arguments.push_back({constant, 0});
      continue;
    }
    if (next >= operands)
      open += (open.empty() ? "'" : ", '") + name.str() + "'";
    arguments.push_back({Attribute(), next++});
  }
  if (!open.empty())
    return shapeError("needs a tensor or a constant for " + open + " [N207]");
  if (next < operands)
    return shapeError("has " + Twine(operands) + " tensors for " + Twine(next) +
                      " parameters that are not given as keys [N207]");
  return arguments;
}

ShapesOr nn::getArgumentShapes(LayerOpInterface layer, ArrayRef<Shape> inputs) {
  auto arguments = bindArguments(layer, inputs.size());
  if (!arguments)
    return arguments.takeError();
  return llvm::map_to_vector(*arguments, [&](const Argument &argument) {
    return argument.constant ? getConstantShape(argument.constant)
                             : inputs[argument.operand];
  });
}

Expected<SmallVector<PromotionType>>
nn::getArgumentTypes(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto arguments = bindArguments(layer, operands.size());
  if (!arguments)
    return arguments.takeError();
  return llvm::map_to_vector(*arguments, [&](const Argument &argument) {
    return argument.constant ? getConstantType(argument.constant)
                             : PromotionType{operands[argument.operand]};
  });
}

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

static Types repeat(LayerOpInterface layer, Type type) {
  return Types(layer.getResultCount(), type);
}

static Type numberFor(Type type) {
  if (!type.isInteger(1))
    return type;
  return IntegerType::get(type.getContext(), 32);
}

/// The key `dtype`, or `otherwise`.
static Type dtypeOr(LayerOpInterface layer, Type otherwise) {
  auto dtype = layer->getAttrOfType<StringAttr>("dtype");
  return dtype ? getElementType(layer.getContext(), dtype.getValue())
               : otherwise;
}

TypesOr nn::keepFirstType(LayerOpInterface layer, ArrayRef<Type> operands) {
  return repeat(layer, operands[0]);
}

TypesOr nn::keepNumberType(LayerOpInterface layer, ArrayRef<Type> operands) {
  return repeat(layer, numberFor(operands[0]));
}

TypesOr nn::keepFloatType(LayerOpInterface layer, ArrayRef<Type> operands) {
  if (!isa<FloatType>(operands[0]))
    return shapeError("expects floats, but got " + getDTypeName(operands[0]) +
                      " [N306]");
  return repeat(layer, operands[0]);
}

TypesOr nn::keepArgumentType(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto types = getArgumentTypes(layer, operands);
  if (!types)
    return types.takeError();
  return repeat(layer, types->front().type);
}

/// The common type of the layer's arguments behind the first `skip`.
static Expected<Type> promote(LayerOpInterface layer, ArrayRef<Type> operands,
                              size_t skip = 0, bool toFloat = false) {
  auto types = getArgumentTypes(layer, operands);
  if (!types)
    return types.takeError();
  if (toFloat)
    types->push_back(pythonFloat(layer.getContext()));
  return promoteTypes(ArrayRef(*types).drop_front(skip));
}

TypesOr nn::promoteArguments(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto type = promote(layer, operands);
  if (!type)
    return type.takeError();
  return repeat(layer, *type);
}

TypesOr nn::promoteNumbers(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto type = promote(layer, operands);
  if (!type)
    return type.takeError();
  return repeat(layer, numberFor(*type));
}

TypesOr nn::promoteWithFloat(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto type = promote(layer, operands, /*skip=*/0, /*toFloat=*/true);
  if (!type)
    return type.takeError();
  return repeat(layer, *type);
}

TypesOr nn::promoteChoices(LayerOpInterface layer, ArrayRef<Type> operands) {
  auto type = promote(layer, operands, /*skip=*/1);
  if (!type)
    return type.takeError();
  return repeat(layer, *type);
}

TypesOr nn::giveBool(LayerOpInterface layer, ArrayRef<Type>) {
  return repeat(layer, IntegerType::get(layer.getContext(), 1));
}

TypesOr nn::giveInt32(LayerOpInterface layer, ArrayRef<Type>) {
  return repeat(layer, IntegerType::get(layer.getContext(), 32));
}

TypesOr nn::inferDTypeKey(LayerOpInterface layer, ArrayRef<Type>) {
  return repeat(layer, dtypeOr(layer, Float32Type::get(layer.getContext())));
}

TypesOr nn::inferLikeType(LayerOpInterface layer, ArrayRef<Type> operands) {
  return repeat(layer, dtypeOr(layer, operands[0]));
}

TypesOr nn::inferCumulativeType(LayerOpInterface layer,
                                ArrayRef<Type> operands) {
  return repeat(layer, numberFor(dtypeOr(layer, operands[0])));
}

TypesOr nn::inferSumType(LayerOpInterface layer, ArrayRef<Type> operands) {
  Type type = dtypeOr(layer, numberFor(operands[0]));
  auto integer = dyn_cast<IntegerType>(type);
  if (integer && integer.getWidth() < 32)
    type = IntegerType::get(layer.getContext(), 32, integer.getSignedness());
  return repeat(layer, type);
}

TypesOr nn::inferTopKTypes(LayerOpInterface layer, ArrayRef<Type> operands) {
  return Types{operands[0], IntegerType::get(layer.getContext(), 32)};
}

//===----------------------------------------------------------------------===//
// Shapes, and what mixes samples
//===----------------------------------------------------------------------===//

ShapesOr nn::inferBroadcastShape(LayerOpInterface layer,
                                 ArrayRef<Shape> inputs) {
  auto shapes = getArgumentShapes(layer, inputs);
  if (!shapes)
    return shapes.takeError();
  return one(numpyBroadcast(*shapes));
}

bool nn::mixesByBroadcast(LayerOpInterface layer, ArrayRef<Shape> inputs) {
  auto shapes = llvm::cantFail(getArgumentShapes(layer, inputs));
  Shape result = llvm::cantFail(numpyBroadcast(shapes));
  return result.empty() || result.front() != kDynamic ||
         llvm::any_of(inputs, [&](const Shape &input) {
           return input.size() != result.size();
         });
}
