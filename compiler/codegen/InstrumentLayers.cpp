//===- InstrumentLayers.cpp - count the time that each layer takes --------===//
//
// For `nnc --profile`. Runs on finished loops, so that nothing is fused or
// planned otherwise than without it. After each section the clock is read, and
// what has passed since the last time is added to the layer's counter. What
// several layers were fused into counts for the layer whose name it carries,
// and the others are listed beside it. The counters lie in the workspace behind
// the arena, before what a stream's steps pass on: the runs of bodies, then the
// ticks of each layer, 64 bits each; all bodies share them. Runs only when a
// profile is asked for.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/ArenaPlan.h"
#include "compiler/codegen/Codegen.h"
#include "compiler/codegen/LayerLoc.h"
#include "compiler/codegen/LayerSections.h"
#include "compiler/codegen/LayerTraffic.h"
#include "compiler/codegen/ModelInfoAttr.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace nnc {
#define GEN_PASS_DEF_INSTRUMENTLAYERSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {

StringRef findClock(const llvm::Triple &triple) {
  // rdtsc and cntvct_el0, which count at one rate, whatever the frequency.
  if (triple.isX86() || triple.isAArch64())
    return "llvm.readcyclecounter";
  // rdtime; systems keep rdcycle to themselves.
  if (triple.isRISCV())
    return "llvm.readsteadycounter";
  return "";
}

namespace {

/// What is known of one layer.
struct Layer {
  SectionInfo info; ///< without what is fused into it
  SetVector<StringAttr> fused;
  bool hasCode = false;
};

/// The layers of all bodies.
class Profile {
public:
  explicit Profile(const ModelInfo &info);

  /// Notes the layers of a body; what they cost is told by the last body.
  void add(func::FuncOp body, ArrayRef<Section> sections);
  /// Those that have code, in the order of the graph.
  std::vector<SectionInfo> list() const;

private:
  Layer &get(StringRef name);

  std::vector<Layer> layers;         ///< those of no graph last
  llvm::StringMap<size_t> positions; ///< in `layers`
};

/// Where a body has its counters.
struct Counters {
  Value memory;
  FlatSymbolRefAttr clock;

  Value readClock(OpBuilder &builder, Location loc) const;
  void add(OpBuilder &builder, Location loc, int64_t counter,
           Value amount) const;
};

} // namespace

Profile::Profile(const ModelInfo &info) {
  for (const SectionInfo &section : info.sections)
    get(section.name).info = section;
}

Layer &Profile::get(StringRef name) {
  auto [it, isNew] = positions.try_emplace(name, layers.size());
  if (isNew) {
    layers.emplace_back();
    layers.back().info.name = name.str();
  }
  return layers[it->second];
}

/// The body's arguments: tensors and state, the arena, the weights if any.
static Value weightsOf(func::FuncOp body) {
  unsigned last = body.getNumArguments() - 1;
  return body.getArgAttr(last, kWeightsArgAttr) ? body.getArgument(last)
                                                : Value();
}

static BlockArgument arenaOf(func::FuncOp body) {
  return body.getArgument(body.getNumArguments() - (weightsOf(body) ? 2 : 1));
}

/// Whether the arena has been planned.
static bool hasArena(func::FuncOp body) {
  unsigned count = body.getNumArguments();
  if (count == 0 || (weightsOf(body) && count == 1))
    return false;
  auto type = dyn_cast<MemRefType>(arenaOf(body).getType());
  return type && type.getRank() == 1 && type.getElementType().isInteger(8);
}

void Profile::add(func::FuncOp body, ArrayRef<Section> sections) {
  llvm::MapVector<StringAttr, SmallVector<Operation *>> found;
  for (const Section &section : sections)
    llvm::append_range(found[section.layer], section.ops);
  auto ops =
      llvm::map_to_vector(found, [](auto &layer) { return layer.second; });
  SmallVector<LayerTraffic> traffic =
      measureTraffic(arenaOf(body), weightsOf(body), ops);
  int64_t batch = body->getAttrOfType<IntegerAttr>(kBatchAttr).getInt();
  for (auto &&[entry, cost] : llvm::zip_equal(found, traffic)) {
    Layer &layer = get(entry.first);
    layer.hasCode = true;
    layer.info.sampleBytes = llvm::divideCeil(cost.tensors, batch);
    layer.info.weightBytes = cost.weights;
    layer.fused.clear();
    for (Operation *op : entry.second)
      op->walk([&](Operation *inner) {
        StringAttr other = findLayerName(inner->getLoc());
        if (other && !found.contains(other))
          layer.fused.insert(other);
      });
  }
}

std::vector<SectionInfo> Profile::list() const {
  std::vector<SectionInfo> sections;
  for (const Layer &layer : layers) {
    if (!layer.hasCode)
      continue;
    SectionInfo section = layer.info;
    for (StringAttr other : layer.fused) {
      section.fused.push_back(other.str());
      if (auto it = positions.find(other); it != positions.end())
        section.flops += layers[it->second].info.flops;
    }
    sections.push_back(std::move(section));
  }
  return sections;
}

Value Counters::readClock(OpBuilder &builder, Location loc) const {
  return func::CallOp::create(builder, loc, clock, builder.getI64Type(), {})
      .getResult(0);
}

void Counters::add(OpBuilder &builder, Location loc, int64_t counter,
                   Value amount) const {
  Value index = arith::ConstantIndexOp::create(builder, loc, counter);
  Value before = memref::LoadOp::create(builder, loc, memory, index);
  Value after = arith::AddIOp::create(builder, loc, before, amount);
  memref::StoreOp::create(builder, loc, after, memory, index);
}

/// The function that reads the clock.
static FlatSymbolRefAttr makeClock(ModuleOp module, StringRef symbol,
                                   StringRef intrinsic) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  Location loc = module.getLoc();
  Type ticks = builder.getI64Type();
  auto function =
      func::FuncOp::create(builder, loc, (symbol + kClockSuffix).str(),
                           builder.getFunctionType({}, {ticks}));
  function.setPrivate();
  builder.setInsertionPointToStart(function.addEntryBlock());
  Value now = LLVM::CallIntrinsicOp::create(builder, loc, ticks,
                                            builder.getStringAttr(intrinsic),
                                            ValueRange())
                  .getResult(0);
  func::ReturnOp::create(builder, loc, now);
  return FlatSymbolRefAttr::get(function);
}

/// Makes the arena end behind the counters.
static Value addCounters(func::FuncOp body, int64_t offset, int64_t count) {
  BlockArgument arena = arenaOf(body);
  OpBuilder builder = OpBuilder::atBlockBegin(&body.front());
  Type byte = builder.getI8Type(), ticks = builder.getI64Type();
  arena.setType(MemRefType::get({offset + 8 * count}, byte));
  body.setFunctionType(builder.getFunctionType(body.front().getArgumentTypes(),
                                               body.getResultTypes()));
  Location loc = body.getLoc();
  Value start = arith::ConstantIndexOp::create(builder, loc, offset);
  return memref::ViewOp::create(builder, loc, MemRefType::get({count}, ticks),
                                arena, start, ValueRange());
}

/// `numbers`: the counter of each layer.
static void instrument(func::FuncOp body, ArrayRef<Section> sections,
                       const llvm::StringMap<int64_t> &numbers,
                       const Counters &counters) {
  OpBuilder builder(body.getContext());
  builder.setInsertionPointAfterValue(counters.memory);
  Location loc = body.getLoc();
  Value one =
      arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(1));
  counters.add(builder, loc, 0, one);
  Value before;
  for (const Section &section : sections) {
    Location here = section.ops.front()->getLoc();
    if (!before) {
      builder.setInsertionPoint(section.ops.front());
      before = counters.readClock(builder, here);
    }
    builder.setInsertionPointAfter(section.ops.back());
    Value now = counters.readClock(builder, here);
    Value passed = arith::SubIOp::create(builder, here, now, before);
    counters.add(builder, here, numbers.lookup(section.layer), passed);
    before = now;
  }
}

namespace {

struct InstrumentLayersPass
    : impl::InstrumentLayersPassBase<InstrumentLayersPass> {
  using Base::Base;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    FailureOr<ModelInfo> info = readModelInfo(module);
    if (failed(info))
      return signalPassFailure();
    SmallVector<std::pair<func::FuncOp, SmallVector<Section>>> bodies;
    Profile profile(*info);
    for (auto body : module.getOps<func::FuncOp>()) {
      if (!body->hasAttr(kBatchAttr) || body.isExternal())
        continue;
      if (!hasArena(body)) {
        body.emitError("a body without an arena has no place for counters");
        return signalPassFailure();
      }
      bodies.emplace_back(body, findSections(body));
      profile.add(body, bodies.back().second);
    }
    int64_t passedOn =
        info->isStream() ? alignedBytes(info->stateBytes / 2).value_or(0) : 0;
    info->sections = profile.list();
    int64_t count = 1;
    llvm::StringMap<int64_t> numbers;
    for (const SectionInfo &section : info->sections)
      numbers[section.name] = count++;
    int64_t offset = alignedBytes(info->workspaceBytes - passedOn).value_or(0);
    Counters counters;
    counters.clock = makeClock(module, info->symbol, clock);
    for (auto &[body, sections] : bodies) {
      counters.memory = addCounters(body, offset, count);
      instrument(body, sections, numbers, counters);
    }
    info->countersOffset = offset;
    info->workspaceBytes = offset + *alignedBytes(8 * count) + passedOn;
    writeModelInfo(module, *info);
  }
};

} // namespace
} // namespace nnc
