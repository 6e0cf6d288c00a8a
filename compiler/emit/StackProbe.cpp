//===- StackProbe.cpp - large frames on Windows ---------------------------===//
//
// The code generator calls a function with the size of a frame of a page or
// more, or of memory that is taken from the stack later, in rax; the C library
// has it as __chkstk. A model may not ask for that, so each has its own, with
// the same convention: all registers stay as they are.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/StackProbe.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"
#include "llvm/TargetParser/Triple.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace nnc {

static constexpr StringLiteral kName = "nnc.probe_stack";

/// Reads one word of each page between the caller's frame and its end.
static constexpr StringLiteral kCode = "pushq %rcx\n"
                                       "pushq %rax\n"
                                       "leaq 24(%rsp), %rcx\n"
                                       "1: cmpq $$4096, %rax\n"
                                       "jb 2f\n"
                                       "subq $$4096, %rcx\n"
                                       "testq %rcx, (%rcx)\n"
                                       "subq $$4096, %rax\n"
                                       "jmp 1b\n"
                                       "2: subq %rax, %rcx\n"
                                       "testq %rcx, (%rcx)\n"
                                       "popq %rax\n"
                                       "popq %rcx\n"
                                       "retq";

void addStackProbe(Module &module) {
  const Triple &triple = module.getTargetTriple();
  if (triple.getArch() != Triple::x86_64 || !triple.isOSWindows())
    return;
  for (Function &function : module)
    if (!function.isDeclaration())
      function.addFnAttr("probe-stack", kName);

  auto *type = FunctionType::get(Type::getVoidTy(module.getContext()), false);
  Function *probe =
      Function::Create(type, GlobalValue::InternalLinkage, kName, module);
  probe->addFnAttr(Attribute::Naked);
  probe->addFnAttr(Attribute::NoInline);
  probe->addFnAttr(Attribute::NoUnwind);
  IRBuilder<> builder(BasicBlock::Create(module.getContext(), "", probe));
  builder.CreateCall(InlineAsm::get(type, kCode, "", /*hasSideEffects=*/true));
  builder.CreateUnreachable();
  // The calls appear after the optimiser has looked for them.
  appendToCompilerUsed(module, probe);
}

} // namespace nnc
