//===- ToLLVM.cpp - loops on buffers become the LLVM dialect --------------===//
//
// The stock conversions in one step, with one type converter: buffers are bare
// pointers at function boundaries and indices have the target's pointer width.
// Bodies become internal functions; their pointers do not overlap, which the
// entry point checks, and LLVM is told so.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/TargetParser/Triple.h"

namespace nnc {
#define GEN_PASS_DEF_TOLLVMPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

/// Every pointer of a body or a task is valid, aligned as its elements (arena
/// and weights: 64) and apart from the others.
static void describeArguments(func::FuncOp body) {
  Builder builder(body.getContext());
  for (unsigned i = 0; i < body.getNumArguments(); ++i) {
    auto type = dyn_cast<MemRefType>(body.getArgumentTypes()[i]);
    body.removeArgAttr(i, kWeightsArgAttr);
    if (!type || type.getNumElements() == 0)
      continue;
    body.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(),
                    builder.getUnitAttr());
    body.setArgAttr(i, LLVM::LLVMDialect::getNonNullAttrName(),
                    builder.getUnitAttr());
  }
}

/// Bodies are the entry point's alone. Nothing in them throws; saying so keeps
/// unwind tables, and on ARM their runtime's symbols, out of the object.
static void finish(LLVM::LLVMFuncOp function) {
  function.setNoUnwind(true);
  bool isPart = function->hasAttr(kBatchAttr) || function->hasAttr(kRunAttr);
  if (isPart && !function.isExternal())
    function.setLinkage(LLVM::Linkage::Internal);
  if (auto cpu = function->getAttrOfType<StringAttr>(kCpuAttr)) {
    function.setTargetCpuAttr(cpu);
    function->removeAttr(kCpuAttr);
  }
}

/// The stock conversion carries what a loop's branch shall tell LLVM as any
/// other attribute; the translation reads the branch's own.
static void annotate(LLVM::BrOp branch) {
  auto annotation = branch->getAttrOfType<LLVM::LoopAnnotationAttr>(kLoopAttr);
  if (!annotation)
    return;
  branch->removeAttr(kLoopAttr);
  branch.setLoopAnnotationAttr(annotation);
}

static void populatePatterns(const LLVMTypeConverter &converter,
                             RewritePatternSet &patterns,
                             SymbolTableCollection &symbols) {
  populateSCFToControlFlowConversionPatterns(patterns);
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  arith::populateArithToLLVMConversionPatterns(converter, patterns);
  index::populateIndexToLLVMConversionPatterns(converter, patterns);
  ub::populateUBToLLVMConversionPatterns(converter, patterns);
  populateMathToLLVMConversionPatterns(converter, patterns);
  populateVectorToLLVMConversionPatterns(converter, patterns);
  populateFinalizeMemRefToLLVMConversionPatterns(converter, patterns, &symbols);
  cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
  populateFuncToLLVMConversionPatterns(converter, patterns, &symbols);
}

namespace {

struct ToLLVMPass : impl::ToLLVMPassBase<ToLLVMPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    MLIRContext *context = &getContext();
    llvm::Triple target(llvm::Triple::normalize(triple));
    std::string layout =
        triple.empty() ? std::string() : target.computeDataLayout();
    LowerToLLVMOptions options(context);
    options.useBarePtrCallConv = true;
    options.allocLowering = LowerToLLVMOptions::AllocLowering::None;
    options.dataLayout = llvm::DataLayout(layout);
    options.overrideIndexBitwidth(options.dataLayout.getPointerSizeInBits());

    for (auto body : module.getOps<func::FuncOp>())
      if (body->hasAttr(kBatchAttr) || body->hasAttr(kRunAttr))
        describeArguments(body);
    LLVMTypeConverter converter(context, options);
    SymbolTableCollection symbols;
    RewritePatternSet patterns(context);
    populatePatterns(converter, patterns, symbols);
    LLVMConversionTarget legal(*context);
    legal.addLegalOp<ModuleOp>();
    if (failed(applyFullConversion(module, legal, std::move(patterns))))
      return signalPassFailure();

    for (auto function : module.getOps<LLVM::LLVMFuncOp>())
      finish(function);
    module.walk(annotate);
    if (triple.empty())
      return;
    module->setAttr(LLVM::LLVMDialect::getTargetTripleAttrName(),
                    StringAttr::get(context, triple));
    module->setAttr(LLVM::LLVMDialect::getDataLayoutAttrName(),
                    StringAttr::get(context, layout));
  }
};

} // namespace
} // namespace nnc
