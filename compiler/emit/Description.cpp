//===- Description.cpp - what a shared library tells of its model ---------===//
//
// See Description.h. One constant, which nothing in the code refers to; the
// linker keeps it because it is exported.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/Description.h"
#include "compiler/emit/Summary.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace mlir;

namespace nnc {

void addDescription(ModuleOp module, const ModelInfo &model) {
  std::string summary = emitSummary(model, SummaryOptions());
  if (!llvm::json::isUTF8(summary))
    summary = llvm::json::fixUTF8(summary);
  // The model is JSON already.
  std::string text =
      llvm::formatv("{{\"model\":{0},\"summary\":{1}}", model.toJSON(),
                    llvm::json::Value(std::move(summary)))
          .str() +
      '\0';
  OpBuilder builder(module.getContext());
  builder.setInsertionPointToEnd(module.getBody());
  auto type = LLVM::LLVMArrayType::get(builder.getI8Type(), text.size());
  LLVM::GlobalOp::create(builder, module.getLoc(), type, /*isConstant=*/true,
                         LLVM::Linkage::External, model.symbol + "_info",
                         builder.getStringAttr(text));
}

} // namespace nnc
