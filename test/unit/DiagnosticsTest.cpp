//===- DiagnosticsTest.cpp - messages on one line each --------------------===//
//
// Where a message says it comes from, and that it never spans two lines.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Diagnostics.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace nnc;

namespace {

class DiagnosticsTest : public testing::Test {
protected:
  mlir::MLIRContext context;
  std::string text;
  llvm::raw_string_ostream os{text};
  DiagnosticPrinter printer{&context, os};
};

TEST_F(DiagnosticsTest, NamesTheFilePlaceWithinOtherLocations) {
  auto place = mlir::FileLineColLoc::get(&context, "m.mlir", 3, 5);
  auto layer =
      mlir::NameLoc::get(mlir::StringAttr::get(&context, "dense"), place);
  auto fused = mlir::FusedLoc::get({mlir::UnknownLoc::get(&context), layer},
                                   /*metadata=*/{}, &context);
  mlir::emitError(fused, "wrong");
  EXPECT_EQ(text, "m.mlir:3:5: error: wrong [N901]\n");
  EXPECT_TRUE(printer.hadError());
}

TEST_F(DiagnosticsTest, LeavesOutALineThatIsNotKnown) {
  mlir::emitWarning(mlir::FileLineColLoc::get(&context, "w.npz", 0, 0), "odd");
  mlir::emitError(mlir::UnknownLoc::get(&context), "wrong");
  EXPECT_EQ(text, "w.npz: warning: odd\nnnc: error: wrong [N901]\n");
}

TEST_F(DiagnosticsTest, KeepsEachMessageOnOneLine) {
  auto place = mlir::FileLineColLoc::get(&context, "m.mlir", 1, 1);
  mlir::emitRemark(place, "one\ntwo\n").attachNote() << "three";
  EXPECT_EQ(text, "m.mlir:1:1: note: one two\nm.mlir:1:1: note: three\n");
  EXPECT_FALSE(printer.hadError());
}

TEST_F(DiagnosticsTest, PrintsWhatHasNoPlace) {
  printer.note("this");
  EXPECT_FALSE(printer.hadError());
  printer.error("that");
  EXPECT_TRUE(printer.hadError());
  EXPECT_EQ(text, "nnc: note: this\nnnc: error: that [N901]\n");
}

} // namespace
