//===- Einsum.cpp - sums over products, by equation -----------------------===//
//
// See the header. Ellipses align at the last of their axes, as in numpy.
//
//===----------------------------------------------------------------------===//

#include "dialect/Einsum.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace nnc;
using namespace nnc::nn;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;
using llvm::SmallVector;
using llvm::StringRef;
using llvm::Twine;

//===----------------------------------------------------------------------===//
// Equations
//===----------------------------------------------------------------------===//

namespace {

/// Ellipses are kept as one '.'.
struct Equation {
  SmallVector<std::string> operands;
  std::string result;
  bool hasResult = false;
};

/// Letters and ellipsis axes as numbers, given in the order they are met.
class Numbering {
public:
  explicit Numbering(Einsum &einsum) : einsum(einsum) {}

  /// Numbers the axes of one operand.
  Expected<SmallVector<unsigned>> read(StringRef subscripts, ShapeRef shape);
  /// Numbers the axes of the result, which all must be known.
  Expected<SmallVector<unsigned>> readResult(StringRef subscripts);
  /// The result that is not written: ellipsis, then the letters that occur
  /// once.
  std::string implied(const Equation &equation) const;

private:
  unsigned number(int64_t label, bool &fresh);
  Error join(unsigned index, int64_t extent, bool fresh, StringRef label);

  Einsum &einsum;
  SmallVector<int64_t> labels; ///< a letter, or -1 - distance from the end
  size_t ellipsis = 0;         ///< axes that the longest stands for
};

} // namespace

static Expected<std::string> parseSubscripts(StringRef text) {
  std::string subscripts;
  while (!text.empty()) {
    if (text.consume_front("...")) {
      if (StringRef(subscripts).contains('.'))
        return shapeError("the equation has two ellipses in one place [N310]");
      subscripts += '.';
    } else if (llvm::isAlpha(text.front())) {
      subscripts += text.front();
      text = text.drop_front();
    } else {
      return shapeError("the equation has '" + text.take_front() +
                        "' where a letter or '...' is expected [N310]");
    }
  }
  return subscripts;
}

static Expected<Equation> parseEquation(StringRef written) {
  std::string compact;
  llvm::copy_if(written, std::back_inserter(compact),
                [](char c) { return c != ' '; });
  auto [left, right] = StringRef(compact).split("->");
  Equation equation;
  equation.hasResult = StringRef(compact).contains("->");
  SmallVector<StringRef> operands;
  left.split(operands, ',');
  for (StringRef operand : operands) {
    auto subscripts = parseSubscripts(operand);
    if (!subscripts)
      return subscripts.takeError();
    equation.operands.push_back(*subscripts);
  }
  auto result = parseSubscripts(right);
  if (!result)
    return result.takeError();
  equation.result = *result;
  return equation;
}

unsigned Numbering::number(int64_t label, bool &fresh) {
  auto *it = llvm::find(labels, label);
  fresh = it == labels.end();
  unsigned index = unsigned(it - labels.begin());
  if (fresh) {
    labels.push_back(label);
    einsum.extents.push_back(1);
  }
  return index;
}

/// The extents that one index has in several places must agree or repeat.
Error Numbering::join(unsigned index, int64_t extent, bool fresh,
                      StringRef label) {
  int64_t &known = einsum.extents[index];
  if (!fresh && known != 1 && extent != 1 && known != kDynamic &&
      extent != kDynamic && known != extent)
    return shapeError("index '" + label + "' is " + Twine(known) + " and " +
                      Twine(extent) + " [N310]");
  if (known == 1 || (known == kDynamic && extent != 1))
    known = extent;
  return Error::success();
}

Expected<SmallVector<unsigned>> Numbering::read(StringRef subscripts,
                                                ShapeRef shape) {
  bool elides = subscripts.contains('.');
  size_t letters = subscripts.size() - elides;
  if (shape.size() < letters || (!elides && shape.size() != letters))
    return shapeError("the equation names " + Twine(letters) +
                      " axes, but got " + toString(shape) + " [N310]");
  size_t elided = shape.size() - letters;
  ellipsis = std::max(ellipsis, elided);
  SmallVector<unsigned> axes;
  auto add = [&](int64_t label, StringRef name) {
    bool fresh;
    axes.push_back(number(label, fresh));
    return join(axes.back(), shape[axes.size() - 1], fresh, name);
  };
  for (size_t i = 0; i < subscripts.size(); ++i) {
    if (subscripts[i] != '.') {
      if (Error error = add(subscripts[i], subscripts.substr(i, 1)))
        return error;
      continue;
    }
    for (size_t left = elided; left > 0; --left)
      if (Error error = add(-int64_t(left), "..."))
        return error;
  }
  return axes;
}

Expected<SmallVector<unsigned>> Numbering::readResult(StringRef subscripts) {
  SmallVector<unsigned> axes;
  auto add = [&](int64_t label, StringRef name) -> Error {
    auto *it = llvm::find(labels, label);
    unsigned index = unsigned(it - labels.begin());
    if (it == labels.end())
      return shapeError("index '" + name +
                        "' of the result is in no operand [N310]");
    if (llvm::is_contained(axes, index))
      return shapeError("index '" + name + "' is twice in the result [N310]");
    axes.push_back(index);
    return Error::success();
  };
  if (ellipsis > 0 && !subscripts.contains('.'))
    return shapeError("the equation's result lacks the ellipsis [N310]");
  for (size_t i = 0; i < subscripts.size(); ++i) {
    if (subscripts[i] != '.') {
      if (Error error = add(subscripts[i], subscripts.substr(i, 1)))
        return error;
      continue;
    }
    for (size_t left = ellipsis; left > 0; --left)
      if (Error error = add(-int64_t(left), "..."))
        return error;
  }
  return axes;
}

std::string Numbering::implied(const Equation &equation) const {
  std::string all = llvm::join(equation.operands, "");
  std::string result = ellipsis > 0 ? "." : "";
  std::string letters = all;
  llvm::sort(letters);
  for (char letter : letters)
    if (letter != '.' && llvm::count(all, letter) == 1)
      result += letter;
  return result;
}

Expected<Einsum> nn::analyzeEinsum(StringRef equation, ArrayRef<Shape> shapes) {
  auto parsed = parseEquation(equation);
  if (!parsed)
    return parsed.takeError();
  if (parsed->operands.size() != shapes.size())
    return shapeError("the equation has " + Twine(parsed->operands.size()) +
                      " operands, but got " + Twine(shapes.size()) + " [N310]");
  Einsum einsum;
  einsum.shapes.assign(shapes.begin(), shapes.end());
  Numbering numbering(einsum);
  for (auto [subscripts, shape] : llvm::zip_equal(parsed->operands, shapes)) {
    auto axes = numbering.read(subscripts, shape);
    if (!axes)
      return axes.takeError();
    einsum.operands.push_back(*axes);
  }
  auto result = numbering.readResult(
      parsed->hasResult ? parsed->result : numbering.implied(*parsed));
  if (!result)
    return result.takeError();
  einsum.result = *result;
  return einsum;
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

Shape Einsum::resultShape() const {
  return llvm::map_to_vector<6>(result,
                                [&](unsigned index) { return extents[index]; });
}

bool Einsum::isContracted(unsigned index) const {
  return !llvm::is_contained(result, index);
}

bool Einsum::isRepeated(unsigned operand, unsigned axis) const {
  return shapes[operand][axis] == 1 && extents[operands[operand][axis]] != 1;
}

//===----------------------------------------------------------------------===//
// Other forms
//===----------------------------------------------------------------------===//

/// The einsum of two operands of which an index is kept where `isNeeded` says.
static Einsum joinPair(const Einsum &whole, ArrayRef<unsigned> left,
                       ShapeRef leftShape, size_t right,
                       llvm::function_ref<bool(unsigned)> isNeeded) {
  Einsum pair;
  pair.operands = {SmallVector<unsigned>(left), whole.operands[right]};
  pair.shapes = {Shape(leftShape), whole.shapes[right]};
  pair.extents = Shape(whole.extents.size(), 1);
  for (auto [operand, shape] : llvm::zip_equal(pair.operands, pair.shapes))
    for (auto [index, extent] : llvm::zip_equal(operand, shape)) {
      if (extent != 1)
        pair.extents[index] = extent;
      if (isNeeded(index) && !llvm::is_contained(pair.result, index))
        pair.result.push_back(index);
    }
  return pair;
}

std::vector<Einsum> nn::pairwise(const Einsum &einsum) {
  size_t count = einsum.operands.size();
  if (count <= 2)
    return {einsum};
  std::vector<Einsum> pairs;
  SmallVector<unsigned> left = einsum.operands.front();
  Shape shape = einsum.shapes.front();
  for (size_t right = 1; right < count; ++right) {
    auto later = ArrayRef(einsum.operands).drop_front(right + 1);
    pairs.push_back(joinPair(einsum, left, shape, right, [&](unsigned index) {
      return llvm::is_contained(einsum.result, index) ||
             llvm::any_of(later, [&](const auto &operand) {
               return llvm::is_contained(operand, index);
             });
    }));
    if (right + 1 == count)
      pairs.back().result = einsum.result;
    left = pairs.back().result;
    shape = pairs.back().resultShape();
  }
  return pairs;
}

/// Whether `second` follows `first` in every place where one of them is.
static bool areNeighbours(ArrayRef<unsigned> place, unsigned first,
                          unsigned second) {
  for (auto [axis, index] : llvm::enumerate(place)) {
    if (index == first &&
        (axis + 1 == place.size() || place[axis + 1] != second))
      return false;
    if (index == second && (axis == 0 || place[axis - 1] != first))
      return false;
  }
  return true;
}

static bool canMerge(const Einsum &einsum, unsigned first, unsigned second) {
  for (auto [o, operand] : llvm::enumerate(einsum.operands)) {
    if (!areNeighbours(operand, first, second))
      return false;
    for (auto [axis, index] : llvm::enumerate(operand))
      if ((index == first || index == second) &&
          einsum.isRepeated(unsigned(o), unsigned(axis)))
        return false;
  }
  return areNeighbours(einsum.result, first, second);
}

/// `first` takes in `second`, which stays as a number that nothing uses.
static void merge(Einsum &einsum, unsigned first, unsigned second) {
  for (auto [operand, shape] : llvm::zip_equal(einsum.operands, einsum.shapes))
    for (size_t axis = operand.size(); axis-- > 0;)
      if (operand[axis] == second) {
        shape[axis - 1] *= shape[axis];
        shape.erase(shape.begin() + axis);
        operand.erase(operand.begin() + axis);
      }
  llvm::erase(einsum.result, second);
  einsum.extents[first] *= einsum.extents[second];
  einsum.extents[second] = 1;
}

Einsum nn::mergeIndices(const Einsum &einsum) {
  Einsum merged = einsum;
  for (const SmallVector<unsigned> &operand : einsum.operands)
    for (size_t axis = operand.size(); axis-- > 1;) {
      unsigned first = operand[axis - 1], second = operand[axis];
      if (first != second && canMerge(merged, first, second))
        merge(merged, first, second);
    }
  return merged;
}

SmallVector<unsigned> nn::orderLoops(const Einsum &einsum) {
  SmallVector<unsigned> sums;
  for (const SmallVector<unsigned> &operand : einsum.operands)
    for (unsigned index : operand)
      if (einsum.isContracted(index) && !llvm::is_contained(sums, index))
        sums.push_back(index);
  SmallVector<unsigned> loops = einsum.result;
  bool contiguous = llvm::any_of(einsum.operands, [&](const auto &operand) {
    return !operand.empty() && !loops.empty() && operand.back() == loops.back();
  });
  loops.insert(contiguous ? loops.end() - 1 : loops.end(), sums.begin(),
               sums.end());
  return loops;
}

//===----------------------------------------------------------------------===//
// EinsumDense
//===----------------------------------------------------------------------===//

/// The three forms that Keras takes: without ellipses, or with one at the start
/// or one at the end of input and result.
static Error checkForm(const Equation &equation) {
  StringRef operands[] = {equation.operands[0], equation.operands[1],
                          equation.result};
  auto &[input, kernel, result] = operands;
  bool dots = input.contains('.') || result.contains('.');
  bool left = input.starts_with(".") && result.starts_with(".");
  bool right = input.ends_with(".") && result.ends_with(".");
  if (!kernel.contains('.') && (!dots || left || right) && !input.empty() &&
      !kernel.empty() && !result.empty())
    return Error::success();
  return shapeError("the equation must have the form X,Y->Z, ...X,Y->...Z or "
                    "X...,Y->Z... [N310]");
}

/// The extents of the result that are given, by letter; kDynamic for the rest.
static Expected<Shape> placeOutput(StringRef result, ShapeRef given,
                                   size_t elided) {
  bool dots = result.contains('.');
  // The batch is the first letter unless the ellipsis stands for it.
  bool batchElided = result.starts_with(".") && elided > 0;
  size_t letters = result.size() - dots;
  if (given.size() + !batchElided != letters)
    return shapeError("output_shape has " + Twine(given.size()) +
                      " extents, but the equation's result needs " +
                      Twine(letters - !batchElided) + " [N310]");
  Shape extents(given);
  if (!batchElided)
    extents.insert(extents.begin(), kDynamic);
  return extents;
}

/// The extent of `letter` in the input or else in what is given of the result.
static Expected<int64_t> findExtent(char letter, StringRef input,
                                    ShapeRef inputShape, StringRef result,
                                    ShapeRef output) {
  size_t elided = inputShape.size() - (input.size() - input.contains('.'));
  int64_t extent = kDynamic;
  if (size_t at = input.find(letter); at != StringRef::npos)
    extent = inputShape[input.starts_with(".") ? at - 1 + elided : at];
  else if (size_t place = result.find(letter); place != StringRef::npos)
    extent = output[result.starts_with(".") ? place - 1 : place];
  else
    return shapeError("index '" + StringRef(&letter, 1) +
                      "' of the kernel is neither in the input nor in the "
                      "result [N310]");
  if (extent == kDynamic)
    return shapeError("the extent of the kernel's index '" +
                      StringRef(&letter, 1) + "' is not known [N310]");
  return extent;
}

/// What the author gives of the result must be what the equation makes.
static Error checkOutput(StringRef result, ShapeRef given,
                         ShapeRef resultShape) {
  size_t elided = resultShape.size() - given.size();
  for (auto [i, extent] : llvm::enumerate(given)) {
    int64_t made = resultShape[result.starts_with(".") ? i + elided : i];
    if (extent != kDynamic && made != extent)
      return shapeError("output_shape gives " + Twine(extent) +
                        " where the equation's result is " +
                        toString(resultShape) + " [N310]");
  }
  return Error::success();
}

/// One extent for each letter of the result from the first of `biasAxes` on: 1
/// where it is not one of them, and for each axis of an ellipsis behind.
static Expected<Shape> inferBias(StringRef biasAxes, StringRef result,
                                 ShapeRef resultShape) {
  Shape bias;
  for (char letter : biasAxes)
    if (letter == '.' || !result.contains(letter))
      return shapeError("bias_axes has '" + StringRef(&letter, 1) +
                        "', which is not in the equation's result [N310]");
  StringRef letters = result;
  bool left = letters.consume_front(".");
  bool right = letters.consume_back(".");
  size_t elided = resultShape.size() - letters.size();
  size_t first = letters.find_first_of(biasAxes);
  for (size_t i = first; i < letters.size(); ++i) {
    int64_t extent = resultShape[left ? i + elided : i];
    bias.push_back(biasAxes.contains(letters[i]) ? extent : 1);
    if (bias.back() == kDynamic)
      return shapeError("the extent of bias_axes '" + letters.substr(i, 1) +
                        "' is not known [N310]");
  }
  if (right)
    bias.append(elided, 1);
  return bias;
}

Expected<EinsumDenseShapes> nn::inferEinsumDense(StringRef equation,
                                                 StringRef biasAxes,
                                                 ShapeRef input,
                                                 ShapeRef outputShape) {
  auto parsed = parseEquation(equation);
  if (!parsed)
    return parsed.takeError();
  if (parsed->operands.size() != 2 || !parsed->hasResult)
    return shapeError(
        "the equation must have an input, a kernel and a result [N310]");
  if (Error error = checkForm(*parsed))
    return error;
  StringRef letters = parsed->operands[0];
  size_t named = letters.size() - letters.contains('.');
  if (input.size() < named)
    return shapeError("the equation names " + Twine(named) +
                      " axes of the input, but got " + toString(input) +
                      " [N310]");
  auto output = placeOutput(parsed->result, outputShape, input.size() - named);
  if (!output)
    return output.takeError();
  EinsumDenseShapes shapes;
  for (char letter : parsed->operands[1]) {
    auto extent = findExtent(letter, letters, input, parsed->result, *output);
    if (!extent)
      return extent.takeError();
    shapes.kernel.push_back(*extent);
  }
  auto einsum = analyzeEinsum(equation, {Shape(input), shapes.kernel});
  if (!einsum)
    return einsum.takeError();
  if (einsum->result.empty() || einsum->result[0] != einsum->operands[0][0])
    return shapeError(
        "the equation must keep the batch as the first axis [N310]");
  shapes.result = einsum->resultShape();
  if (Error error = checkOutput(parsed->result, *output, shapes.result))
    return error;
  if (!biasAxes.empty()) {
    auto bias = inferBias(biasAxes, parsed->result, shapes.result);
    if (!bias)
      return bias.takeError();
    shapes.bias = *bias;
  }
  return shapes;
}
