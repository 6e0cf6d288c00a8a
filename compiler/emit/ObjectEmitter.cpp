//===- ObjectEmitter.cpp - LLVM dialect to machine code -------------------===//
//
// See ObjectEmitter.h. The bytes depend on the module and the options alone:
// no path, time or machine name goes into them.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ObjectEmitter.h"
#include "compiler/emit/ExpandDivision.h"
#include "compiler/emit/StackProbe.h"
#include "compiler/emit/SymbolCheck.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace nnc {

namespace {

/// Keeps the first error of the code generator, which would otherwise go to
/// stderr and end the process.
struct ErrorCollector : DiagnosticHandler {
  explicit ErrorCollector(std::string &message) : message(message) {}

  bool handleDiagnostics(const DiagnosticInfo &info) override {
    if (info.getSeverity() == DS_Error && message.empty()) {
      raw_string_ostream os(message);
      DiagnosticPrinterRawOStream printer(os);
      info.print(printer);
    }
    return true;
  }

  std::string &message;
};

} // namespace

/// The C library as a freestanding program has it.
static TargetLibraryInfoImpl freestandingLibrary(const Triple &triple) {
  TargetLibraryInfoImpl library(triple);
  library.disableAllFunctions();
  for (LibFunc function : {LibFunc_memcpy, LibFunc_memmove, LibFunc_memset})
    library.setAvailable(function);
  return library;
}

/// What every function's code may use beside its CPU's instructions. On some
/// CPUs LLVM shies away from the widest vectors that they have; whether to use
/// them has been decided before this stage.
static std::string functionFeatures(const TargetSpec &target) {
  SmallVector<StringRef> features;
  if (!target.features.empty())
    features.push_back(target.features);
  if (target.triple.isX86())
    features.push_back("-prefer-256-bit");
  return join(features, ",");
}

/// Gives the module what MLIR leaves open: target, names, visibility, and the
/// function attributes that code generation asks for.
static void prepareModule(Module &module, const TargetMachine &machine,
                          const EmitOptions &options) {
  module.setModuleIdentifier(options.name);
  module.setSourceFileName(options.name);
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  if (machine.getRelocationModel() == Reloc::PIC_)
    module.setPICLevel(PICLevel::BigPIC);
  if (!options.debugInfo)
    StripDebugInfo(module);

  // Weights' names are for people (nm, debuggers): no code refers to them.
  SmallVector<GlobalValue *> names;
  for (GlobalAlias &alias : module.aliases())
    names.push_back(&alias);
  appendToCompilerUsed(module, names);

  std::string features = functionFeatures(options.target);
  for (Function &function : module) {
    // Nothing here unwinds, which also saves the unwind tables.
    function.setDoesNotThrow();
    if (function.isDeclaration())
      continue;
    if (!function.hasFnAttribute("target-cpu"))
      function.addFnAttr("target-cpu", options.target.cpu);
    if (!function.hasFnAttribute("target-features") && !features.empty())
      function.addFnAttr("target-features", features);
  }

  addStackProbe(module);

  auto visibility = options.visibility == Visibility::Default
                        ? GlobalValue::DefaultVisibility
                        : GlobalValue::HiddenVisibility;
  for (GlobalValue &value : module.global_values())
    if (!value.isDeclaration() && !value.hasLocalLinkage())
      value.setVisibility(visibility);
}

/// Tells `step` of each function that a pass is about to work on.
static void watch(PassInstrumentationCallbacks &callbacks,
                  const std::function<void(StringRef)> &step) {
  if (!step)
    return;
  callbacks.registerBeforeNonSkippedPassCallback([&](StringRef, Any unit) {
    if (auto *function = any_cast<const Function *>(&unit))
      step(("optimize " + (*function)->getName()).str());
  });
}

static void optimize(Module &module, TargetMachine &machine,
                     const TargetLibraryInfoImpl &library,
                     const EmitOptions &options) {
  unsigned optLevel = options.optLevel;
  static const OptimizationLevel kLevels[] = {
      OptimizationLevel::O0, OptimizationLevel::O1, OptimizationLevel::O2,
      OptimizationLevel::O3};

  PipelineTuningOptions tuning;
  tuning.LoopVectorization = optLevel >= 2;
  tuning.SLPVectorization = optLevel >= 2;
  PassInstrumentationCallbacks callbacks;
  watch(callbacks, options.step);
  PassBuilder builder(&machine, tuning, std::nullopt, &callbacks);

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager cgscc;
  ModuleAnalysisManager modules;
  // The first registration of an analysis is the one that counts.
  functions.registerPass([&] { return TargetLibraryAnalysis(library); });
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(cgscc);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, cgscc, modules);

  OptimizationLevel level = kLevels[std::min(optLevel, 3u)];
  ModulePassManager passes = optLevel == 0
                                 ? builder.buildO0DefaultPipeline(level)
                                 : builder.buildPerModuleDefaultPipeline(level);
  passes.run(module, modules);
}

/// Writes assembly or an object. False: the target has no such output.
static bool generate(Module &module, TargetMachine &machine,
                     const TargetLibraryInfoImpl &library, CodeGenFileType type,
                     raw_pwrite_stream &os) {
  legacy::PassManager passes;
  passes.add(new TargetLibraryInfoWrapperPass(library));
  if (machine.addPassesToEmitFile(passes, os, /*DwoOut=*/nullptr, type))
    return false;
  passes.run(module);
  return true;
}

static bool write(Module &module, TargetMachine &machine,
                  const TargetLibraryInfoImpl &library, CodeKind kind,
                  raw_pwrite_stream &os) {
  switch (kind) {
  case CodeKind::LLVMIR:
    module.print(os, /*AAW=*/nullptr);
    return true;
  case CodeKind::Bitcode:
    WriteBitcodeToFile(module, os);
    return true;
  case CodeKind::Assembly:
    return generate(module, machine, library, CodeGenFileType::AssemblyFile,
                    os);
  case CodeKind::Object:
    return generate(module, machine, library, CodeGenFileType::ObjectFile, os);
  }
  llvm_unreachable("all kinds are covered");
}

FailureOr<SmallVector<char, 0>> emitCode(mlir::ModuleOp module, CodeKind kind,
                                         const EmitOptions &options) {
  std::unique_ptr<TargetMachine> machine =
      createTargetMachine(options.target, options.relocation, options.optLevel);
  if (!machine)
    return module.emitError("LLVM has no code generator for target '")
           << options.target.triple.str() << "' [N601]";

  LLVMContext context;
  std::string message;
  context.setDiagnosticHandler(std::make_unique<ErrorCollector>(message));
  std::unique_ptr<Module> translated =
      mlir::translateModuleToLLVMIR(module, context, options.name);
  if (!translated)
    return failure();

  TargetLibraryInfoImpl library = freestandingLibrary(options.target.triple);
  prepareModule(*translated, *machine, options);
  optimize(*translated, *machine, library, options);
  expandDivision(*translated, options.target, options.optLevel);
  if (options.step)
    options.step("generate code");

  SmallVector<char, 0> bytes;
  raw_svector_ostream os(bytes);
  if (!write(*translated, *machine, library, kind, os))
    return module.emitError("target '")
           << options.target.triple.str() << "' has no such output [N604]";
  if (!message.empty())
    return module.emitError(message);
  if (kind == CodeKind::Object)
    if (Error error =
            checkSymbols({StringRef(bytes.data(), bytes.size()), options.name}))
      return module.emitError(toString(std::move(error)));
  return bytes;
}

} // namespace nnc
