//===- Import.cpp - files on disk to the nn dialect -----------------------===//
//
// Text and bytecode of the dialect are read by MLIR's own parser. It recurses,
// so text is looked at first for how deep it nests; its reader of bytecode is
// not safe on damaged files, so those are tried in a child process. A weights
// file becomes nn.weight operations beside the model: who they belong to is
// decided when shapes are known. Weights are not copied: operations refer to
// the file's bytes.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Import.h"

#include "compiler/import/Isolated.h"
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

static LogicalResult addWeights(ModuleOp module, StringRef path) {
  auto tensors = readWeights(path);
  if (!tensors)
    return module.emitError() << llvm::toString(tensors.takeError());
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  Location loc = FileLineColLoc::get(module.getContext(),
                                     llvm::sys::path::filename(path), 0, 0);
  llvm::StringSet<> names;
  for (Operation &op : *module.getBody())
    if (auto name =
            op.getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName()))
      names.insert(name.getValue());
  for (NamedTensor &tensor : *tensors) {
    Type element = getNumpyType(builder, tensor.dtype);
    if (!element)
      return module.emitError()
             << path << ": '" << tensor.path << "' has the element type "
             << tensor.dtype << ", which no weight has";
    auto type = RankedTensorType::get(tensor.shape, element);
    auto value =
        DenseResourceElementsAttr::get(type, tensor.path, makeBlob(tensor));
    if (!names.insert(tensor.path).second)
      return module.emitError()
             << path << ": '" << tensor.path << "' is there twice";
    nn::WeightOp::create(builder, loc, tensor.path, value, /*from_file=*/true,
                         /*initializer=*/StringAttr());
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

/// Damaged bytecode can crash MLIR's reader or keep it busy for ever: a child
/// process reads it first, in a context of its own. What it says of the content
/// is said again when we read.
static llvm::Error tryBytecode(const llvm::SourceMgr &sources,
                               MLIRContext &context, size_t bytes) {
  auto work = [&](llvm::raw_ostream &) {
    // Threads do not come along into a child.
    MLIRContext own(context.getDialectRegistry(),
                    MLIRContext::Threading::DISABLED);
    ScopedDiagnosticHandler handler(&own,
                                    [](Diagnostic &) { return success(); });
    parseSourceFile<ModuleOp>(sources, ParserConfig(&own));
    return llvm::Error::success();
  };
  IsolationLimits limits;
  limits.cpuSeconds += bytes >> 26;
  limits.memoryBytes += 4 * uint64_t(bytes);
  return runIsolated(work, limits, "is damaged bytecode").takeError();
}

/// Parses the file. MLIR's parser cannot give a value a type that it learns
/// later, so a model with types here and none there fails with words that help
/// nobody: they get the reason.
static OwningOpRef<ModuleOp> parse(const llvm::SourceMgr &sources,
                                   MLIRContext &context) {
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &diagnostic) {
    std::string text = diagnostic.str();
    if (StringRef(text).contains("expects different type than prior uses"))
      diagnostic << "; give the types of a whole model or none";
    return failure(); // the next handler prints it
  });
  return parseSourceFile<ModuleOp>(sources, ParserConfig(&context));
}

OwningOpRef<ModuleOp> nnc::importModel(MLIRContext &context,
                                       const ImportOptions &options) {
  std::string name = options.path == "-" ? "<stdin>" : options.path;
  Location loc = FileLineColLoc::get(&context, name, 0, 0);
  auto file = llvm::MemoryBuffer::getFileOrSTDIN(options.path);
  if (!file) {
    mlir::emitError(loc) << "cannot be read: " << file.getError().message();
    return {};
  }
  llvm::MemoryBufferRef buffer = **file;
  if (!isBytecode(buffer) &&
      !isNestingBounded(buffer.getBuffer(), kMaxNesting)) {
    mlir::emitError(loc) << "brackets nest deeper than " << kMaxNesting;
    return {};
  }
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(buffer.getBuffer(), name),
      llvm::SMLoc());
  if (isBytecode(buffer)) {
    if (llvm::Error error =
            tryBytecode(sources, context, buffer.getBufferSize())) {
      mlir::emitError(loc) << llvm::toString(std::move(error));
      return {};
    }
  }
  OwningOpRef<ModuleOp> module = parse(sources, context);
  if (module && !options.weightsPath.empty() &&
      failed(addWeights(*module, options.weightsPath)))
    return {};
  return module;
}
