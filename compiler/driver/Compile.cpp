//===- Compile.cpp - one compilation from file to files -------------------===//
//
// See Compile.h. Import, pipeline and emit in a row; everything is kept in
// memory until all of it succeeded, and then written.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Compile.h"
#include "compiler/codegen/Codegen.h"
#include "compiler/codegen/Passes.h"
#include "compiler/driver/DescribeOptions.h"
#include "compiler/driver/Diagnostics.h"
#include "compiler/driver/InputFiles.h"
#include "compiler/driver/Pipeline.h"
#include "compiler/driver/Register.h"
#include "compiler/driver/Runtime.h"
#include "compiler/driver/ScriptPath.h"
#include "compiler/driver/Verify.h"
#include "compiler/emit/Archive.h"
#include "compiler/emit/Description.h"
#include "compiler/emit/Dot.h"
#include "compiler/emit/HeaderEmitter.h"
#include "compiler/emit/Linker.h"
#include "compiler/emit/ModuleEmitter.h"
#include "compiler/emit/ObjectEmitter.h"
#include "compiler/emit/OutputFiles.h"
#include "compiler/emit/Summary.h"
#include "compiler/emit/Svg.h"
#include "compiler/emit/WeightsFile.h"
#include "compiler/graph/Passes.h"
#include "compiler/import/Import.h"
#include "compiler/model/CNames.h"
#include "compiler/model/ModelInfo.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/thread.h"

using namespace mlir;

namespace nnc {

namespace {

using Buffer = std::unique_ptr<llvm::MemoryBuffer>;

/// Parsers recurse over what they read. The stack is reserved, not used, and
/// far more than the nesting that import accepts.
constexpr unsigned kStackBytes = 256u << 20;

/// What a function returns after it has reported an error.
struct Reported {
  operator LogicalResult() const { return failure(); }
  operator Buffer() const { return nullptr; }
};

/// One run. The members live as long as their module does.
class Compilation {
public:
  Compilation(const Options &options, const DialectRegistry &registry,
              raw_ostream &log)
      : options(options), log(log),
        // One thread: a model is small.
        context(registry, MLIRContext::Threading::DISABLED),
        progress(log, Progress::styleFor(options)),
        diagnostics(&context, log, options.quiet, &progress) {
    timing.setEnabled(options.timePasses);
    timing.setOutput(
        createOutputStrategy(DefaultTimingManager::OutputFormat::Text, log));
  }

  LogicalResult run();

  /// Checks the model without compiling it, and prints its table of layers.
  LogicalResult check();

  /// Compiles to a shared library; the model's description goes to `model`.
  Buffer makeLibrary(ModelInfo &model);

private:
  LogicalResult decideOutputs();
  LogicalResult resolve();
  LogicalResult import(TimingScope &scope);
  LogicalResult runStages(Stage first, Stage last, TimingScope &scope);
  LogicalResult readModelInfo();

  // Each makes the content of one file; null after an error was reported.
  Buffer makeOutput();
  Buffer makeIR();
  Buffer makeCode(CodeKind code, Visibility visibility);
  Buffer makeArchiveOutput();
  Buffer makeLinkedOutput();
  Buffer makeHeader();
  Buffer makeWeights();
  Buffer makeDependencies();

  LogicalResult add(StringRef path, Buffer content);
  LogicalResult addCompanions();
  LogicalResult addScript();
  std::optional<HeaderOptions> describeOrigin();
  void adviseNative();

  Reported fail(const Twine &message) {
    diagnostics.error(message);
    return Reported();
  }
  Reported fail(llvm::Error error) {
    return fail(llvm::toString(std::move(error)));
  }

  const Options &options;
  raw_ostream &log;
  MLIRContext context;
  Progress progress;
  DiagnosticPrinter diagnostics;
  DefaultTimingManager timing;

  OutputKind kind = OutputKind::Object;
  ModelFormat format = ModelFormat::Dialect;
  std::string outputPath, headerPath, scriptPath;
  TargetSpec target;
  OwningOpRef<ModuleOp> module;
  ModelInfo info;
  OutputFiles outputs;
};

} // namespace

static Buffer toBuffer(llvm::SmallVector<char, 0> bytes) {
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(bytes), "", /*RequiresNullTerminator=*/false);
}

static Buffer toBuffer(StringRef text) {
  return llvm::MemoryBuffer::getMemBufferCopy(text);
}

//===----------------------------------------------------------------------===//
// Before anything is compiled
//===----------------------------------------------------------------------===//

/// What to write and where, from -o, --emit and the input's name.
LogicalResult Compilation::decideOutputs() {
  outputPath = options.output;
  headerPath = options.header;
  if (options.emit) {
    kind = *options.emit;
  } else if (!outputPath.empty() && outputPath != "-") {
    std::optional<OutputKind> found = outputKindOfPath(outputPath);
    if (!found)
      return fail("the ending of '" + outputPath +
                  "' does not tell what to write; use --emit [N003]");
    kind = *found;
  }
  if (!outputPath.empty())
    return success();

  const OutputKindInfo &kindInfo = getInfo(kind);
  if (kindInfo.isText) {
    outputPath = "-";
    return success();
  }
  if (options.input == "-")
    return fail(
        "a model from stdin has no name to call the output by; use -o [N003]");
  StringRef input = StringRef(options.input).rtrim('/');
  std::string stem = llvm::sys::path::stem(input).str();
  outputPath = stem + kindInfo.ending.str();
  if (!options.emit && headerPath.empty())
    headerPath = stem + ".h";
  return success();
}

LogicalResult Compilation::resolve() {
  llvm::Expected<std::string> script =
      findScriptPath(kind, options.js, outputPath);
  if (!script)
    return fail(script.takeError());
  scriptPath = *script;
  StringRef triple = options.target;
  if (triple.empty() && kind == OutputKind::Wasm)
    triple = "wasm32";
  llvm::Expected<TargetSpec> spec =
      resolveTarget(triple, options.cpu, options.features);
  if (!spec)
    return fail(spec.takeError());
  target = *spec;
  progress.log("version " + version() +
               " with LLVM " LLVM_VERSION_STRING ", "
               "target " +
               target.triple.str() + ", CPU " + target.cpuList());
  if (llvm::Error error = checkLevels(target.levels))
    return fail("--mcpu: " + llvm::toString(std::move(error)));
  if (options.profile && findClock(target.triple).empty())
    return fail("--profile: " + target.triple.getArchName() +
                " has no clock that a model may read [N606]");
  return success();
}

//===----------------------------------------------------------------------===//
// The stages
//===----------------------------------------------------------------------===//

LogicalResult Compilation::import(TimingScope &scope) {
  TimingScope importing = scope.nest(stageName(Stage::Import));
  progress.stage(stageName(Stage::Import));
  // What is wrong in a text without a code is the text.
  diagnostics.setLibraryCode(kSyntaxCode);
  ImportOptions import;
  import.path = options.input;
  import.weightsPath = options.weights;
  module = importModel(context, import, &format);
  diagnostics.setLibraryCode(kInternalCode);
  if (module && options.stripTypes) {
    PassManager strip(&context);
    strip.addPass(createStripTypesPass());
    if (failed(strip.run(*module)))
      return fail("the types cannot be removed [N901]");
  }
  if (module)
    return success();
  return diagnostics.hadError()
             ? LogicalResult(failure())
             : fail("cannot import '" + options.input + "' [N901]");
}

LogicalResult Compilation::runStages(Stage first, Stage last,
                                     TimingScope &scope) {
  Options own = options;
  // What Keras calls a model is often Keras's own idea; the file's name is the
  // user's.
  if (format == ModelFormat::Keras && own.symbol.empty())
    own.symbol = makeCPrefix("", "", options.input);
  if (succeeded(
          runPipeline(*module, first, last, own, target, scope, progress, log)))
    return success();
  return diagnostics.hadError() ? LogicalResult(failure())
                                : fail("a pass failed without a reason [N901]");
}

LogicalResult Compilation::readModelInfo() {
  auto text = (*module)->getAttrOfType<StringAttr>(kModelInfoAttr);
  if (!text)
    return fail("the module has no attribute '" + kModelInfoAttr + "' [N901]");
  llvm::Expected<ModelInfo> parsed = ModelInfo::fromJSON(text.getValue());
  if (!parsed)
    return fail(parsed.takeError());
  info = std::move(*parsed);
  return success();
}

//===----------------------------------------------------------------------===//
// The files
//===----------------------------------------------------------------------===//

Buffer Compilation::makeIR() {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (llvm::sys::path::extension(outputPath) == ".mlirbc") {
    std::string producer = ("nnc " + version()).str(); // config refers to it
    BytecodeWriterConfig config(producer);
    if (failed(writeBytecodeToFile(*module, os, config)))
      return fail("the module cannot be written as bytecode [N901]");
    return toBuffer(text);
  }
  // Layers' names as the names of values make the text readable.
  OpPrintingFlags flags = OpPrintingFlags().printNameLocAsPrefix();
  if (options.debugInfo)
    flags.enableDebugInfo(/*enable=*/true, /*prettyForm=*/false);
  (*module)->print(os, flags);
  os << "\n";
  return toBuffer(text);
}

Buffer Compilation::makeCode(CodeKind code, Visibility visibility) {
  EmitOptions emit;
  emit.target = target;
  emit.relocation = options.relocation;
  emit.optLevel = options.optLevel;
  emit.visibility = visibility;
  emit.debugInfo = options.debugInfo;
  emit.name = info.symbol;
  emit.step = [this](StringRef what) { progress.step(what); };
  FailureOr<llvm::SmallVector<char, 0>> bytes = emitCode(*module, code, emit);
  return succeeded(bytes) ? toBuffer(std::move(*bytes)) : nullptr;
}

Buffer Compilation::makeArchiveOutput() {
  Buffer object = makeCode(CodeKind::Object, options.visibility);
  if (!object)
    return nullptr;
  std::string path = findRuntime(options.programDirectory);
  if (path.empty())
    return fail("the runtime library is not where nnc was installed; use an "
                "object file, which does without [N605]");
  auto runtime = llvm::MemoryBuffer::getFile(path);
  if (!runtime)
    return fail("cannot read '" + path + "': " + runtime.getError().message() +
                " [N004]");
  llvm::Expected<bool> fits = isRuntimeFor(*object, **runtime);
  if (!fits)
    return fail("cannot read '" + path +
                "': " + llvm::toString(fits.takeError()) + " [N004]");
  if (!*fits)
    diagnostics.note("there is no runtime for '" + target.triple.str() +
                     "'; the archive holds the model alone [N608]");
  auto archive = makeArchive(*object, info.symbol + ".o",
                             *fits ? runtime->get() : nullptr);
  if (!archive)
    return fail(archive.takeError());
  return std::move(*archive);
}

Buffer Compilation::makeLinkedOutput() {
  bool isWasm = kind == OutputKind::Wasm;
  if (!isWasm)
    addDescription(*module, info);
  Buffer object = makeCode(CodeKind::Object,
                           isWasm ? Visibility::Hidden : Visibility::Default);
  if (!object)
    return nullptr;
  LinkOptions link;
  link.target = target;
  link.soname = outputPath == "-" ? info.symbol + ".so"
                                  : llvm::sys::path::filename(outputPath).str();
  link.prefix = info.symbol;
  link.debugInfo = options.debugInfo;
  link.directory = options.programDirectory;
  link.running = [this](StringRef command) {
    progress.step("link");
    progress.log(command);
  };
  auto library = isWasm ? linkWasm(object->getBuffer(), link)
                        : linkShared(object->getBuffer(), link);
  if (!library)
    return fail(library.takeError());
  return std::move(*library);
}

/// What the first lines of a header say; none after an error was reported.
std::optional<HeaderOptions> Compilation::describeOrigin() {
  llvm::Expected<std::string> input = describeInput(options.input);
  if (!input) {
    fail(input.takeError());
    return std::nullopt;
  }
  HeaderOptions header;
  header.version = version().str();
  header.options = describeOptions(options, target);
  header.input = *input;
  return header;
}

Buffer Compilation::makeHeader() {
  std::optional<HeaderOptions> header = describeOrigin();
  return header ? toBuffer(emitHeader(info, *header)) : nullptr;
}

/// The ES module of a WebAssembly module, and its types.
LogicalResult Compilation::addScript() {
  std::optional<HeaderOptions> origin = describeOrigin();
  if (!origin)
    return failure();
  std::string script =
      emitModule(info, *origin, llvm::sys::path::filename(scriptPath),
                 llvm::sys::path::filename(outputPath));
  return success(succeeded(add(scriptPath, toBuffer(script))) &&
                 succeeded(add(typesPath(scriptPath),
                               toBuffer(emitTypes(info, *origin)))));
}

Buffer Compilation::makeWeights() {
  ArrayRef<int8_t> payload;
  if (auto blob = (*module)->getAttrOfType<DenseI8ResourceElementsAttr>(
          kWeightsBlobAttr)) {
    std::optional<ArrayRef<int8_t>> bytes = blob.tryGetAsArrayRef();
    if (!bytes)
      return fail("the weights are missing in the module [N901]");
    payload = *bytes;
  }
  if (static_cast<int64_t>(payload.size()) != info.weightsBytes)
    return fail("the module holds " + Twine(payload.size()) +
                " bytes of weights, but needs " + Twine(info.weightsBytes) +
                " [N901]");
  if (payload.empty())
    return fail("the model '" + Twine(info.symbol) +
                "' has no weights to write to a file [N002]");
  return toBuffer(makeWeightsFile(
      ArrayRef(reinterpret_cast<const char *>(payload.data()), payload.size()),
      static_cast<uint64_t>(info.weightsFingerprint)));
}

Buffer Compilation::makeDependencies() {
  std::vector<std::string> targets, files;
  for (const std::string &path :
       {outputPath, headerPath, scriptPath, options.weightsOut})
    if (!path.empty() && path != "-")
      targets.push_back(path);
  if (targets.empty())
    return fail("--depfile needs an output with a name; use -o [N003]");
  for (const std::string &path : {options.input, options.weights}) {
    if (path.empty())
      continue;
    llvm::Expected<std::vector<std::string>> list = listFiles(path);
    if (!list)
      return fail(list.takeError());
    files.insert(files.end(), list->begin(), list->end());
  }
  return toBuffer(makeDepfile(targets, files));
}

Buffer Compilation::makeOutput() {
  switch (kind) {
  case OutputKind::Import:
  case OutputKind::Graph:
  case OutputKind::Lowering:
  case OutputKind::Codegen:
    return makeIR();
  case OutputKind::Object:
    return makeCode(CodeKind::Object, options.visibility);
  case OutputKind::Assembly:
    return makeCode(CodeKind::Assembly, options.visibility);
  case OutputKind::LLVMIR:
    return makeCode(CodeKind::LLVMIR, options.visibility);
  case OutputKind::Bitcode:
    return makeCode(CodeKind::Bitcode, options.visibility);
  case OutputKind::Archive:
    return makeArchiveOutput();
  case OutputKind::Shared:
  case OutputKind::Wasm:
    return makeLinkedOutput();
  case OutputKind::Summary: {
    SummaryOptions summary;
    summary.details = options.summaryDetails;
    return toBuffer(emitSummary(info, summary));
  }
  case OutputKind::Dot:
    return toBuffer(emitDot(info));
  case OutputKind::Svg:
    return toBuffer(emitSvg(info));
  case OutputKind::Header:
    return makeHeader();
  case OutputKind::Weights:
    return makeWeights();
  }
  llvm_unreachable("all kinds are covered");
}

LogicalResult Compilation::add(StringRef path, Buffer content) {
  if (!content)
    return failure();
  outputs.add(path, std::move(content),
              /*executable=*/kind == OutputKind::Shared && path == outputPath);
  return success();
}

/// The files beside the output that the user asked for.
LogicalResult Compilation::addCompanions() {
  if (!headerPath.empty() && failed(add(headerPath, makeHeader())))
    return failure();
  if (!scriptPath.empty() && failed(addScript()))
    return failure();
  if (!options.weightsOut.empty() &&
      failed(add(options.weightsOut, makeWeights())))
    return failure();
  if (!options.depfile.empty())
    return add(options.depfile, makeDependencies());
  return success();
}

/// Code for the least CPU is seldom what a benchmark wants; where the target
/// has levels there is no need to say so.
void Compilation::adviseNative() {
  if (!getInfo(kind).isCode || !options.target.empty() ||
      !options.cpu.empty() || !options.features.empty())
    return;
  std::string host = fasterHostCPU(target);
  if (!host.empty())
    diagnostics.note("compiled for every " + target.cpu +
                     " CPU; --mcpu=native would use all of this machine's " +
                     host + " [N609]");
}

LogicalResult Compilation::run() {
  if (failed(decideOutputs()) || failed(resolve()))
    return failure();
  // A header needs the sizes that codegen decides, whatever it accompanies.
  bool details = kind == OutputKind::Summary && options.summaryDetails;
  Stage own = details ? Stage::Codegen : getInfo(kind).stage;
  Stage last =
      headerPath.empty() && options.weightsOut.empty() ? own : Stage::Codegen;

  TimingScope scope = timing.getRootScope();
  if (failed(import(scope)) || failed(runStages(Stage::Import, own, scope)))
    return failure();
  if (own != Stage::Import && failed(readModelInfo()))
    return failure();
  {
    TimingScope emitting = scope.nest("emit");
    progress.stage("emit");
    if (failed(add(outputPath, makeOutput())))
      return failure();
  }
  if (own != last &&
      (failed(runStages(own, last, scope)) || failed(readModelInfo())))
    return failure();
  // An error that a stage reported without failing is an error.
  if (failed(addCompanions()) || diagnostics.hadError())
    return failure();
  auto commit = [&] {
    auto pause = progress.pause(); // an output may go to the terminal
    return outputs.commit();
  };
  if (llvm::Error error = commit())
    return fail(std::move(error));
  adviseNative();
  return success();
}

LogicalResult Compilation::check() {
  TimingScope scope = timing.getRootScope();
  if (failed(resolve()) || failed(import(scope)) ||
      failed(runStages(Stage::Import, Stage::Graph, scope)) ||
      failed(readModelInfo()))
    return failure();
  {
    auto pause = progress.pause();
    llvm::outs() << emitSummary(info, SummaryOptions());
    llvm::outs().flush();
  }
  // What no stage can lower is found there, layer by layer.
  if (failed(runStages(Stage::Graph, Stage::Lowering, scope)))
    return failure();
  return failure(diagnostics.hadError());
}

Buffer Compilation::makeLibrary(ModelInfo &model) {
  TimingScope scope = timing.getRootScope();
  kind = OutputKind::Shared;
  if (failed(resolve()) || failed(import(scope)) ||
      failed(runStages(Stage::Import, Stage::Codegen, scope)) ||
      failed(readModelInfo()))
    return nullptr;
  Buffer library = makeLinkedOutput();
  model = std::move(info);
  return diagnostics.hadError() ? nullptr : std::move(library);
}

/// Calls `run` with a compilation, on a stack that is deep enough.
static void withCompilation(const Options &options, raw_ostream &log,
                            llvm::function_ref<void(Compilation &)> run) {
  DialectRegistry registry;
  registerAllDialects(registry);
  llvm::thread worker(std::optional<unsigned>(kStackBytes), [&] {
    Compilation compilation(options, registry, log);
    run(compilation);
  });
  worker.join();
}

LogicalResult compile(const Options &options, raw_ostream &log) {
  if (!options.verify.empty())
    return verifyModel(options, llvm::outs(), log);
  LogicalResult result = failure();
  withCompilation(options, log, [&](Compilation &compilation) {
    result = options.check ? compilation.check() : compilation.run();
  });
  return result;
}

Buffer compileLibrary(const Options &options, raw_ostream &log,
                      ModelInfo &info) {
  Buffer library;
  withCompilation(options, log, [&](Compilation &compilation) {
    library = compilation.makeLibrary(info);
  });
  return library;
}

std::optional<int> runReader(int argc, char **argv) {
  return runImportJob(argc, argv, registerAllDialects);
}

StringRef version() { return NNC_VERSION; }

} // namespace nnc
