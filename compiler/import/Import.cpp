//===- Import.cpp - files on disk to the nn dialect -----------------------===//
//
// What a file is is told from its content. Keras's own are read in steps: the
// archive, the config as plain data, operations, and weights by their place in
// the file.
//
// Text and bytecode of the dialect are read by MLIR's own parser. It is not
// safe on damaged files, so a child process tries each file first. A weights
// file becomes nn.weight operations beside the model: who they belong to is
// decided when shapes are known. Weights are not copied: operations refer to
// the file's bytes.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Import.h"

#include "compiler/import/Hdf5Model.h"
#include "compiler/import/KerasArchive.h"
#include "compiler/import/KerasAssets.h"
#include "compiler/import/KerasBuilder.h"
#include "compiler/import/KerasWeights.h"
#include "compiler/import/Weights.h"
#include "dialect/NNOps.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace nnc;

/// Brackets deeper than this are no model that anybody writes.
static constexpr unsigned kMaxNesting = 256;

/// As large as a file of text or bytecode may be.
static constexpr uint64_t kMaxModelBytes = uint64_t(16) << 30;

//===----------------------------------------------------------------------===//
// Nesting
//===----------------------------------------------------------------------===//

/// The position behind the string or comment that starts at `i`, else `i`.
static size_t skipOpaque(StringRef text, size_t i) {
  if (text[i] == '"') {
    for (++i; i < text.size() && text[i] != '"'; ++i)
      if (text[i] == '\\')
        ++i;
    return std::min(i + 1, text.size());
  }
  if (text.substr(i).starts_with("//"))
    return std::min(text.find('\n', i), text.size());
  return i;
}

bool nnc::isNestingBounded(StringRef text, unsigned limit) {
  unsigned depth = 0;
  for (size_t i = 0; i < text.size();) {
    size_t next = skipOpaque(text, i);
    if (next != i) {
      i = next;
      continue;
    }
    char c = text[i++];
    // An arrow's head closes nothing.
    bool arrow = c == '>' && i >= 2 && text[i - 2] == '-';
    if (c == '(' || c == '[' || c == '{' || c == '<') {
      if (++depth > limit)
        return false;
    } else if (c == ')' || c == ']' || c == '}' || (c == '>' && !arrow)) {
      depth -= depth > 0;
    }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The element type of numpy's `dtype`; null for one that no weight has.
static Type getNumpyType(Builder &builder, StringRef dtype) {
  return llvm::StringSwitch<Type>(dtype)
      .Case("float32", builder.getF32Type())
      .Case("float64", builder.getF64Type())
      .Case("float16", builder.getF16Type())
      .Case("bfloat16", builder.getBF16Type())
      .Cases({"int8", "uint8"}, builder.getIntegerType(8))
      .Cases({"int16", "uint16"}, builder.getIntegerType(16))
      .Cases({"int32", "uint32"}, builder.getIntegerType(32))
      .Cases({"int64", "uint64"}, builder.getIntegerType(64))
      .Default(Type());
}

/// A blob over the tensor's bytes: the file's own where they are aligned, else
/// a copy.
static AsmResourceBlob makeBlob(const NamedTensor &tensor) {
  size_t align = std::max(1u, dtypeBytes(tensor.dtype));
  if (reinterpret_cast<uintptr_t>(tensor.data.data()) % align != 0)
    return HeapAsmResourceBlob::allocateAndCopyWithAlign(tensor.data, align);
  auto keep = [storage = tensor.storage](void *, size_t, size_t) {};
  return AsmResourceBlob(tensor.data, align, keep, /*dataIsMutable=*/false);
}

/// Adds the tensors of the file at `path` to the module.
static LogicalResult addWeights(ModuleOp module, StringRef path,
                                ArrayRef<NamedTensor> tensors) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  Location loc = FileLineColLoc::get(module.getContext(),
                                     llvm::sys::path::filename(path), 0, 0);
  llvm::StringSet<> names;
  for (Operation &op : *module.getBody())
    if (auto name =
            op.getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
      names.insert(name.getValue());
  for (const NamedTensor &tensor : tensors) {
    Type element = getNumpyType(builder, tensor.dtype);
    if (!element)
      return module.emitError()
             << path << ": '" << tensor.path << "' has the element type "
             << tensor.dtype << ", which no weight has [N109]";
    auto type = RankedTensorType::get(tensor.shape, element);
    auto value =
        DenseResourceElementsAttr::get(type, tensor.path, makeBlob(tensor));
    if (!names.insert(tensor.path).second)
      return module.emitError()
             << path << ": '" << tensor.path << "' is there twice [N110]";
    nn::WeightOp::create(builder, loc, tensor.path, value, /*from_file=*/true,
                         /*initializer=*/StringAttr());
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

/// What a model is called in messages.
static std::string nameOf(StringRef path) {
  return path == "-" ? "<stdin>" : path.str();
}

/// The file for the parser, which wants text to end in a NUL. Bytecode is not
/// copied: weights in it are used where they lie.
static std::shared_ptr<llvm::SourceMgr>
makeSources(std::unique_ptr<llvm::MemoryBuffer> file) {
  if (!isBytecode(*file))
    file = llvm::MemoryBuffer::getMemBufferCopy(file->getBuffer(),
                                                file->getBufferIdentifier());
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), llvm::SMLoc());
  return sources;
}

/// Parses the file, to see whether it can be; what is wrong with it is said
/// again when the parent reads it.
static llvm::Error tryModel(StringRef bytes, const DialectRegistry &registry) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler handler(&context,
                                  [](Diagnostic &) { return success(); });
  parseSourceFile<ModuleOp>(makeSources(llvm::MemoryBuffer::getMemBuffer(
                                bytes, "", /*RequiresNullTerminator=*/false)),
                            ParserConfig(&context));
  return llvm::Error::success();
}

std::optional<int> nnc::runImportJob(
    int argc, char **argv,
    llvm::function_ref<void(DialectRegistry &)> registerDialects) {
  IsolatedJob model = {"model", [&](StringRef bytes, llvm::raw_ostream &) {
                         DialectRegistry registry;
                         registerDialects(registry);
                         return tryModel(bytes, registry);
                       }};
  return runIsolatedJob(argc, argv, {model, hdf5Job()});
}

/// Looks at the file before the parser sees it: MLIR's readers of text and
/// bytecode crash or never end on some damaged files, so a child process tries
/// it first.
static llvm::Error checkModel(const llvm::MemoryBuffer &file) {
  bool bytecode = isBytecode(file);
  StringRef bytes = file.getBuffer();
  if (bytes.size() > kMaxModelBytes)
    return llvm::createStringError(
        "is larger than " + llvm::Twine(kMaxModelBytes) + " bytes [N102]");
  if (!bytecode && bytes.contains('\0'))
    return llvm::createStringError(
        "is not a model: neither text nor bytecode [N101]");
  if (!bytecode && !isNestingBounded(bytes, kMaxNesting))
    return llvm::createStringError("brackets nest deeper than " +
                                   llvm::Twine(kMaxNesting) + " [N102]");
  IsolationLimits limits;
  limits.cpuSeconds += bytes.size() >> 24;
  limits.memoryBytes += 16 * uint64_t(bytes.size());
  return runIsolated("model", file, limits,
                     bytecode ? "is damaged bytecode [N103]"
                              : "is damaged text, or nests too deeply [N103]")
      .takeError();
}

/// Parses the file. MLIR's parser cannot give a value a type that it learns
/// later, so a model with types here and none there fails with words that help
/// nobody: they get the reason.
static OwningOpRef<ModuleOp>
parse(const std::shared_ptr<llvm::SourceMgr> &sources, MLIRContext &context) {
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &diagnostic) {
    std::string text = diagnostic.str();
    if (StringRef(text).contains("expects different type than prior uses"))
      diagnostic << "; give the types of a whole model or none [N107]";
    return failure(); // the next handler prints it
  });
  return parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
}

static OwningOpRef<ModuleOp>
importDialect(MLIRContext &context, const ImportOptions &options,
              std::unique_ptr<llvm::MemoryBuffer> file) {
  if (llvm::Error error = checkModel(*file)) {
    mlir::emitError(FileLineColLoc::get(&context, nameOf(options.path), 0, 0))
        << llvm::toString(std::move(error));
    return {};
  }
  OwningOpRef<ModuleOp> module = parse(makeSources(std::move(file)), context);
  if (!module || options.weightsPath.empty())
    return module;
  auto tensors = readWeights(options.weightsPath);
  if (!tensors) {
    module->emitError() << llvm::toString(tensors.takeError());
    return {};
  }
  if (failed(addWeights(*module, options.weightsPath, *tensors)))
    return {};
  return module;
}

//===----------------------------------------------------------------------===//
// Files of Keras's
//===----------------------------------------------------------------------===//

static llvm::Expected<OwningOpRef<ModuleOp>>
importKeras(MLIRContext &context, const ImportOptions &options,
            KerasFile file) {
  llvm::Expected<KerasModel> model = readKerasModel(file.config, file.version);
  if (!model)
    return model.takeError();
  std::string weightsPath = options.path;
  if (!options.weightsPath.empty()) {
    weightsPath = options.weightsPath;
    auto tensors = readWeights(weightsPath);
    if (!tensors)
      return tensors.takeError();
    file.weights = std::move(*tensors);
  }
  KerasBuildOptions build;
  build.file = nameOf(options.path);
  build.keepInitializers = file.weights.empty();
  build.version = file.version;
  auto module = buildKerasModel(context, *model, build);
  if (!module)
    return module;
  // Only HDF5 has Keras's own order; other files have names.
  bool isHdf5 = !file.weights.empty() && !file.weights.front().origin.empty();
  if (isHdf5)
    file.weights = assignWeights(*model, std::move(file.weights));
  placeVocabularies(**module, *model, std::move(file.vocabularies),
                    file.weights);
  if (failed(addWeights(**module, weightsPath, file.weights)))
    return OwningOpRef<ModuleOp>();
  return module;
}

/// Whether a file that is none of Keras's has a name as if it were: its content
/// counts, but what the parser of text says of it would help nobody.
static bool isMisnamed(StringRef path, StringRef content) {
  StringRef ending = llvm::sys::path::extension(path);
  return (ending == ".keras" || ending == ".h5" || ending == ".hdf5") &&
         !content.contains("nn.");
}

OwningOpRef<ModuleOp> nnc::importModel(MLIRContext &context,
                                       const ImportOptions &options,
                                       ModelFormat *format) {
  Location loc = FileLineColLoc::get(&context, nameOf(options.path), 0, 0);
  bool folder = isKerasFolder(options.path);
  std::unique_ptr<SharedBuffer> content;
  if (!folder) {
    auto file = SharedBuffer::open(options.path);
    if (!file) {
      mlir::emitError(loc) << "cannot be read: "
                           << llvm::toString(file.takeError()) << " [N004]";
      return {};
    }
    content = std::move(*file);
  }
  bool keras = folder || isKerasFile(content->getBuffer());
  if (format)
    *format = keras ? ModelFormat::Keras : ModelFormat::Dialect;
  if (!keras && isMisnamed(options.path, content->getBuffer())) {
    mlir::emitError(loc) << "is no file of Keras's: neither a ZIP archive nor "
                            "HDF5 nor JSON [N101]";
    return {};
  }
  if (!keras)
    return importDialect(context, options, std::move(content));
  auto file = folder ? readKerasFolder(options.path)
                     : readKerasFile(std::move(content));
  auto module = file ? importKeras(context, options, std::move(*file))
                     : llvm::Expected<OwningOpRef<ModuleOp>>(file.takeError());
  if (module)
    return std::move(*module);
  mlir::emitError(loc) << llvm::toString(module.takeError());
  return {};
}
