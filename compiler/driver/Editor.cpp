//===- Editor.cpp - a model's text while it is being written --------------===//
//
// See Editor.h. The text is parsed once with the places of all names. Each of
// its models is then linked and inferred on its own, as if it were the one to
// compile; what comes out finds back to the text by the locations of
// operations.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Editor.h"
#include "compiler/driver/Explain.h"
#include "compiler/driver/Register.h"
#include "compiler/graph/Graph.h"
#include "compiler/graph/Passes.h"
#include "compiler/import/Import.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/AsmParser/AsmParserState.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/thread.h"
#include <set>

using namespace mlir;

namespace nnc {

/// The parser recurses; as for compiling.
static constexpr unsigned kStackBytes = 256u << 20;
static constexpr unsigned kMaxNesting = 256;
/// More models in one text are inferred when they are compiled.
static constexpr size_t kMaxModels = 16;

namespace {

/// Line and column, from 1, of an operation's name.
using Place = std::pair<unsigned, unsigned>;

/// What inference found out about the operation at a place: the same layer may
/// be part of several models.
using Findings =
    llvm::MapVector<Place, std::set<std::string>, std::map<Place, unsigned>>;

/// One text.
class Analyser {
public:
  Analyser(MLIRContext &context, StringRef text, StringRef fileName);

  TextAnalysis run();

private:
  bool parse();
  void check();
  void infer(ModuleOp module, StringRef model);
  void record(Operation *op);
  void addSymbols();

  void add(Diagnostic &diagnostic);
  TextRange rangeAt(Place place) const;
  TextRange toRange(llvm::SMRange range) const;
  std::string hoverOf(Operation *op) const;

  MLIRContext &context;
  llvm::SourceMgr sources;
  ScopedDiagnosticHandler handler;
  StringRef libraryCode = kSyntaxCode;
  OwningOpRef<ModuleOp> module;
  AsmParserState names;
  std::set<Place> wrong; ///< where an error is
  Findings findings;
  TextAnalysis analysis;
};

} // namespace

static std::optional<Place> placeOf(Location location) {
  FileLineColLoc place;
  location->walk([&](Location inner) {
    place = dyn_cast<FileLineColLoc>(inner);
    return place ? WalkResult::interrupt() : WalkResult::advance();
  });
  if (!place || place.getLine() == 0)
    return std::nullopt;
  return Place(place.getLine(), place.getColumn());
}

Analyser::Analyser(MLIRContext &context, StringRef text, StringRef fileName)
    : context(context), handler(&context, [this](Diagnostic &diagnostic) {
        add(diagnostic);
        return success();
      }) {
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(text, fileName), llvm::SMLoc());
}

TextRange Analyser::toRange(llvm::SMRange range) const {
  auto toPlace = [&](llvm::SMLoc loc) {
    auto [line, column] = sources.getLineAndColumn(loc);
    return TextPlace{line - 1, column - 1};
  };
  if (!range.isValid())
    return {};
  return {toPlace(range.Start), toPlace(range.End)};
}

/// The word at a place, or nothing behind it.
TextRange Analyser::rangeAt(Place place) const {
  TextPlace start{place.first - 1, std::max(place.second, 1u) - 1};
  llvm::SMLoc loc =
      const_cast<llvm::SourceMgr &>(sources).FindLocForLineAndColumn(
          sources.getMainFileID(), place.first, place.second);
  if (!loc.isValid())
    return {start, start};
  TextRange range = toRange(AsmParserState::convertIdLocToRange(loc));
  return {start, range.end};
}

void Analyser::add(Diagnostic &diagnostic) {
  TextMessage message;
  Place place = placeOf(diagnostic.getLocation()).value_or(Place(1, 1));
  message.range = rangeAt(place);
  message.severity = diagnostic.getSeverity();
  message.message = diagnostic.str();
  if (message.severity == DiagnosticSeverity::Error) {
    message.message = withCode(message.message, libraryCode);
    wrong.insert(place);
  }
  for (const TextMessage &known : analysis.messages)
    if (known.message == message.message &&
        known.range.start.line == message.range.start.line &&
        known.range.start.column == message.range.start.column)
      return; // in another model that the layer is part of
  analysis.messages.push_back(std::move(message));
}

bool Analyser::parse() {
  StringRef text =
      sources.getMemoryBuffer(sources.getMainFileID())->getBuffer();
  if (!isNestingBounded(text, kMaxNesting)) {
    emitError(FileLineColLoc::get(&context, "", 1, 1))
        << "brackets nest deeper than " << kMaxNesting << " [N102]";
    return false;
  }
  module = ModuleOp::create(UnknownLoc::get(&context));
  return succeeded(parseAsmSourceFile(sources, module->getBody(),
                                      ParserConfig(&context), &names));
}

//===----------------------------------------------------------------------===//
// What the compiler says
//===----------------------------------------------------------------------===//

static std::string describeType(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return "not known";
  std::string text = "(";
  for (auto [i, extent] : llvm::enumerate(tensor.getShape()))
    text += (i ? ", " : "") + (ShapedType::isDynamic(extent)
                                   ? std::string("None")
                                   : std::to_string(extent));
  text += tensor.getRank() == 1 ? ",) " : ") ";
  llvm::raw_string_ostream os(text);
  os << tensor.getElementType();
  return text;
}

/// "(None, 3) f32 → (None, 4) f32".
static std::string describeTypes(Operation *op) {
  auto join = [](TypeRange types) {
    return llvm::join(llvm::map_range(types, describeType), ", ");
  };
  std::string inputs = join(op->getOperandTypes());
  return (inputs.empty() ? "" : inputs + " → ") + join(op->getResultTypes());
}

void Analyser::record(Operation *op) {
  std::optional<Place> place = placeOf(op->getLoc());
  if (!place || op->getNumResults() == 0)
    return;
  std::string text;
  if (auto name = op->getAttrOfType<StringAttr>("name"))
    text = "'" + name.str() + "': ";
  findings[*place].insert(text + describeTypes(op));
}

/// Links and infers one model, in a copy of the module.
void Analyser::infer(ModuleOp module, StringRef model) {
  OwningOpRef<ModuleOp> copy(module.clone());
  PassManager passes(&context);
  LinkPassOptions link;
  link.model = model.str();
  passes.addPass(createLinkPass(link));
  passes.addPass(createInferShapesPass());
  // What could be inferred is of use though the rest failed.
  (void)passes.run(*copy);
  copy->walk([&](Operation *op) { record(op); });
}

void Analyser::check() {
  ModuleOp checked = *module;
  auto inner = dyn_cast_if_present<ModuleOp>(
      checked.getBody()->empty() ? nullptr : &checked.getBody()->front());
  if (inner && llvm::hasSingleElement(*checked.getBody()))
    checked = inner; // as the compiler prints it
  auto isOurs = [](Operation &op) {
    return op.getName().getDialectNamespace() == "nn";
  };
  // Other text in MLIR is none of this.
  if (llvm::none_of(*checked.getBody(), isOurs))
    return;
  OwningOpRef<ModuleOp> copy(checked.clone());
  PassManager passes(&context);
  passes.addPass(createCheckModelPass());
  std::optional<ScopedDiagnosticHandler> silence;
  if (failed(passes.run(*copy))) {
    // Everything has been said; the rest still has its shapes.
    silence.emplace(&context, [](Diagnostic &) { return success(); });
    copy = checked.clone();
    keepSoundPart(*copy, [&](Operation *op) {
      std::optional<Place> place = placeOf(op->getLoc());
      return place && wrong.count(*place) != 0;
    });
    if (failed(passes.run(*copy)))
      return;
  }
  SmallVector<StringRef> models;
  for (Operation &op : *copy->getBody())
    if (isOurs(op) && op.getNumRegions() == 1)
      models.push_back(SymbolTable::getSymbolName(&op).getValue());
  for (StringRef model : ArrayRef(models).take_front(kMaxModels))
    infer(*copy, model);
}

//===----------------------------------------------------------------------===//
// The names of the text
//===----------------------------------------------------------------------===//

std::string Analyser::hoverOf(Operation *op) const {
  std::optional<Place> place = placeOf(op->getLoc());
  const auto *found = place ? findings.find(*place) : findings.end();
  if (found == findings.end())
    return "";
  return "`" + op->getName().getStringRef().str() + "`\n\n" +
         llvm::join(found->second, "\\\n");
}

void Analyser::addSymbols() {
  auto addSymbol = [&](llvm::SMRange definition, ArrayRef<llvm::SMRange> uses,
                       const std::string &hover) {
    TextSymbol symbol;
    symbol.definition = toRange(definition);
    for (llvm::SMRange use : uses)
      symbol.uses.push_back(toRange(use));
    symbol.hover = hover;
    analysis.symbols.push_back(std::move(symbol));
  };
  for (const AsmParserState::OperationDefinition &op : names.getOpDefs()) {
    std::string hover = hoverOf(op.op);
    addSymbol(op.loc, op.symbolUses, hover);
    for (const auto &group : op.resultGroups)
      addSymbol(group.definition.loc, group.definition.uses, hover);
  }
}

TextAnalysis Analyser::run() {
  if (parse()) {
    libraryCode = kInternalCode;
    check();
    addSymbols();
  }
  return std::move(analysis);
}

static bool contains(const TextRange &range, TextPlace place) {
  return range.start.line == place.line && range.end.line == place.line &&
         range.start.column <= place.column && place.column <= range.end.column;
}

const TextSymbol *TextAnalysis::find(TextPlace place) const {
  for (const TextSymbol &symbol : symbols)
    if (contains(symbol.definition, place) ||
        llvm::any_of(symbol.uses, [&](const TextRange &use) {
          return contains(use, place);
        }))
      return &symbol;
  return nullptr;
}

//===----------------------------------------------------------------------===//
// The editor
//===----------------------------------------------------------------------===//

struct Editor::State {
  State() : context(makeRegistry(), MLIRContext::Threading::DISABLED) {
    context.printOpOnDiagnostic(false);
    layers = nn::describeLayers(context);
  }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    registerAllDialects(registry);
    return registry;
  }

  MLIRContext context;
  std::vector<nn::LayerInfo> layers;
};

Editor::Editor() : state(std::make_unique<State>()) {}
Editor::~Editor() = default;

TextAnalysis Editor::analyse(StringRef text, StringRef fileName) {
  TextAnalysis analysis;
  llvm::thread worker(std::optional<unsigned>(kStackBytes), [&] {
    analysis = Analyser(state->context, text, fileName).run();
  });
  worker.join();
  return analysis;
}

const std::vector<nn::LayerInfo> &Editor::layers() const {
  return state->layers;
}

} // namespace nnc
