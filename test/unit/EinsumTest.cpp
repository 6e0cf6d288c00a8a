//===- EinsumTest.cpp - equations against shapes --------------------------===//

#include "dialect/Einsum.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Error.h"
#include "gtest/gtest.h"
#include <string>

using namespace nnc::nn;

namespace {

Einsum make(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  auto einsum = analyzeEinsum(equation, shapes);
  return einsum ? *einsum : (llvm::cantFail(einsum.takeError()), Einsum());
}

std::string result(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  auto einsum = analyzeEinsum(equation, shapes);
  return einsum ? toString(einsum->resultShape())
                : "error: " + toString(einsum.takeError());
}

std::string numbers(llvm::ArrayRef<unsigned> indices) {
  std::string text;
  for (unsigned index : indices)
    text += char('a' + index);
  return text;
}

std::string merged(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  Einsum einsum = mergeIndices(make(equation, shapes));
  std::string text;
  for (auto [operand, shape] : llvm::zip(einsum.operands, einsum.shapes))
    text += numbers(operand) + toString(shape) + " ";
  return text + numbers(einsum.result) + toString(einsum.resultShape());
}

std::string loops(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  return numbers(orderLoops(make(equation, shapes)));
}

std::string dense(llvm::StringRef equation, llvm::StringRef bias, Shape input,
                  Shape output) {
  auto shapes = inferEinsumDense(equation, bias, input, output);
  if (!shapes)
    return "error: " + toString(shapes.takeError());
  return toString(shapes->kernel) + " " + toString(shapes->bias) + " " +
         toString(shapes->result);
}

/// The results of all steps.
std::string steps(llvm::StringRef equation, llvm::ArrayRef<Shape> shapes) {
  std::string text;
  for (const Einsum &pair : pairwise(make(equation, shapes)))
    text += toString(pair.resultShape());
  return text;
}

constexpr int64_t kNone = kDynamic;

} // namespace

TEST(Einsum, TakesOperandsInPairs) {
  EXPECT_EQ(steps("ab,bc->ac", {{2, 3}, {3, 4}}), "(2, 4)");
  EXPECT_EQ(steps("ab->a", {{2, 3}}), "(2,)");
  EXPECT_EQ(steps("ab,bc,cd->ad", {{2, 3}, {3, 4}, {4, 5}}), "(2, 4)(2, 5)");
  // b is kept for the last operand, and repeats until then.
  EXPECT_EQ(steps("ab,ab,b->a", {{2, 1}, {kNone, 1}, {3}}), "(None, 1)(None,)");
  EXPECT_EQ(steps("a,b,c->", {{2}, {3}, {4}}), "()()");
}

TEST(Einsum, InfersResults) {
  EXPECT_EQ(result("ab,bc->ac", {{2, 3}, {3, 4}}), "(2, 4)");
  EXPECT_EQ(result(" ab , bc -> ca ", {{2, 3}, {3, 4}}), "(4, 2)");
  EXPECT_EQ(result("ab,bc->ac", {{kNone, 3}, {3, 4}}), "(None, 4)");
  EXPECT_EQ(result("...x,xy->...y", {{kNone, 5, 6}, {6, 7}}), "(None, 5, 7)");
  EXPECT_EQ(result("...ab,...bc->...ac", {{8, 1, 2, 3}, {5, 3, 4}}),
            "(8, 5, 2, 4)");
  EXPECT_EQ(result("ab->ba", {{2, 3}}), "(3, 2)");
  EXPECT_EQ(result("aa->a", {{3, 3}}), "(3,)");
  EXPECT_EQ(result("ab->", {{2, 3}}), "()");
}

TEST(Einsum, ImpliesResults) {
  EXPECT_EQ(result("ba,bc", {{2, 3}, {2, 4}}), "(3, 4)");
  EXPECT_EQ(result("ba", {{2, 3}}), "(3, 2)");
  EXPECT_EQ(result("ij...,jk...", {{2, 3, 9}, {3, 4, 9}}), "(9, 2, 4)");
}

TEST(Einsum, RefusesWhatDoesNotFit) {
  EXPECT_EQ(result("ab,bc->ac", {{2, 3}, {4, 5}}),
            "error: index 'b' is 3 and 4 [N310]");
  EXPECT_EQ(result("ab,bc->ac", {{2, 3, 4}, {3, 5}}),
            "error: the equation names 2 axes, but got (2, 3, 4) [N310]");
  EXPECT_EQ(result("ab->ac", {{2, 3}}),
            "error: index 'c' of the result is in no operand [N310]");
  EXPECT_EQ(result("ab->aa", {{2, 3}}),
            "error: index 'a' is twice in the result [N310]");
  EXPECT_EQ(result("...a->a", {{2, 3}}),
            "error: the equation's result lacks the ellipsis [N310]");
  EXPECT_EQ(result("a...b...->ab", {{2, 3}}),
            "error: the equation has two ellipses in one place [N310]");
  EXPECT_EQ(
      result("a1->a", {{2, 3}}),
      "error: the equation has '1' where a letter or '...' is expected [N310]");
  EXPECT_EQ(result("ab,bc->ac", {{2, 3}}),
            "error: the equation has 2 operands, but got 1 [N310]");
}

TEST(Einsum, MergesNeighbours) {
  // A projection to heads is one product of matrices.
  EXPECT_EQ(merged("abc,cde->abde", {{2, 3, 4}, {4, 5, 6}}),
            "ac(6, 4) cd(4, 30) ad(6, 30)");
  EXPECT_EQ(merged("abcd,cde->abe", {{2, 3, 4, 5}, {4, 5, 6}}),
            "ac(6, 20) ce(20, 6) ae(6, 6)");
  // Heads lie between steps and features.
  EXPECT_EQ(merged("abcd,aecd->acbe", {{2, 3, 4, 5}, {2, 6, 4, 5}}),
            "abcd(2, 3, 4, 5) aecd(2, 6, 4, 5) acbe(2, 4, 3, 6)");
  // Another order, and an axis that repeats.
  EXPECT_EQ(merged("ab,ab->ba", {{2, 3}, {2, 3}}),
            "ab(2, 3) ab(2, 3) ba(3, 2)");
  EXPECT_EQ(merged("ab,ab->ab", {{2, 3}, {1, 3}}),
            "ab(2, 3) ab(1, 3) ab(2, 3)");
  EXPECT_EQ(merged("ab->", {{2, 3}}), "a(6,) ()");
}

TEST(Einsum, LoopsWhereMemoryIsContiguous) {
  EXPECT_EQ(loops("ab,bc->ac", {{2, 3}, {3, 4}}), "abc");
  EXPECT_EQ(loops("ac,bc->ab", {{2, 4}, {3, 4}}), "acb");
  EXPECT_EQ(loops("abc,bd->adc", {{2, 3, 4}, {3, 5}}), "adbc");
  EXPECT_EQ(loops("ab->a", {{2, 3}}), "ab");
  EXPECT_EQ(loops("ab->", {{2, 3}}), "ab");
}

TEST(Einsum, ShapesOfDense) {
  EXPECT_EQ(dense("abc,cd->abd", "d", {kNone, 6, 5}, {kNone, 4}),
            "(5, 4) (4,) (None, 6, 4)");
  EXPECT_EQ(dense("abc,cde->abde", "e", {kNone, 6, 5}, {kNone, 2, 3}),
            "(5, 2, 3) (3,) (None, 6, 2, 3)");
  EXPECT_EQ(dense("abc,cde->abde", "d", {kNone, 6, 5}, {kNone, 2, 3}),
            "(5, 2, 3) (2, 1) (None, 6, 2, 3)");
  EXPECT_EQ(dense("...x,xy->...y", "y", {kNone, 6, 5}, {7}),
            "(5, 7) (7,) (None, 6, 7)");
  EXPECT_EQ(dense("...x,xy->...y", "", {kNone, 5}, {7}), "(5, 7) () (None, 7)");
  EXPECT_EQ(dense("ab...,bc->ac...", "c", {kNone, 3, 8, 9}, {4}),
            "(3, 4) (4, 1, 1) (None, 4, 8, 9)");
  EXPECT_EQ(dense("abc,bd->adc", "", {kNone, 6, 5}, {4, 5}),
            "(6, 4) () (None, 4, 5)");
}

TEST(Einsum, RefusesDenseThatKerasRefuses) {
  EXPECT_EQ(dense("abc,cd->abd", "", {kNone, 6, 5}, {4}),
            "error: output_shape has 1 extents, but the equation's result "
            "needs 2 [N310]");
  EXPECT_EQ(dense("abc,cd->abd", "", {kNone, 6, 5}, {7, 4}),
            "error: output_shape gives 7 where the equation's result is (None, "
            "6, 4) [N310]");
  EXPECT_EQ(
      dense("abc,cd->abd", "c", {kNone, 6, 5}, {6, 4}),
      "error: bias_axes has 'c', which is not in the equation's result [N310]");
  EXPECT_EQ(dense("abc,cd->abd", "", {kNone, 6, 5}, {6, kNone}),
            "error: the extent of the kernel's index 'd' is not known [N310]");
  EXPECT_EQ(dense("abc,ad->dbc", "", {kNone, 6, 5}, {6, 5}),
            "error: the extent of the kernel's index 'a' is not known [N310]");
  EXPECT_EQ(dense("abc,cd->bad", "", {kNone, 6, 5}, {kNone, 4}),
            "error: the equation must keep the batch as the first axis [N310]");
  EXPECT_EQ(dense("a...c,cd->a...d", "", {kNone, 6, 5}, {4}),
            "error: the equation must have the form X,Y->Z, ...X,Y->...Z or "
            "X...,Y->Z... [N310]");
  EXPECT_EQ(
      dense("abc->ab", "", {kNone, 6, 5}, {4}),
      "error: the equation must have an input, a kernel and a result [N310]");
}
