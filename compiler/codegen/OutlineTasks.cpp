//===- OutlineTasks.cpp - parallel loops become functions -----------------===//
//
// A parallel loop over tasks becomes a function that does one of them, and a
// call of a function that runs them all; how it does that (one after the
// other, or through the app's parallel-for) is DispatchTasks' matter. A task
// gets its number, what the loops around it count, and the arguments of its
// body; views of buffers, addresses and constants are computed again. Bodies
// get the run that they belong to as their first argument. Nothing happens
// to a model without parallel loops.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/LayerLoc.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

namespace nnc {
#define GEN_PASS_DEF_OUTLINETASKSPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// Makes functions of one body's parallel loops.
class Outliner {
public:
  explicit Outliner(func::FuncOp body) : body(body), builder(body) {}

  void outline(scf::ForallOp loop);

private:
  void findCaptures(scf::ForallOp loop);
  void collect(Value value);
  func::FuncOp declare(const Twine &name, ArrayRef<Type> arguments);
  void fillTask(func::FuncOp task, scf::ForallOp loop);

  func::FuncOp body;
  OpBuilder builder;
  unsigned count = 0;
  SetVector<Operation *> copied; ///< computed again in the task, in order
  SetVector<Value> passed;       ///< scalars that the task is given
};

} // namespace

/// Decides how the task gets `value`: again, as an argument, or both body and
/// task have it.
void Outliner::collect(Value value) {
  Operation *op = value.getDefiningOp();
  if (op && isPure(op) && op->getNumRegions() == 0) {
    for (Value operand : op->getOperands())
      collect(operand);
    copied.insert(op);
    return;
  }
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner() != &body.getBody().front())
    passed.insert(value);
}

void Outliner::findCaptures(scf::ForallOp loop) {
  copied.clear();
  passed.clear();
  SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  for (Value value : used)
    collect(value);
}

func::FuncOp Outliner::declare(const Twine &name, ArrayRef<Type> arguments) {
  builder.setInsertionPointAfter(body);
  auto function = func::FuncOp::create(builder, body.getLoc(),
                                       (body.getName() + name).str(),
                                       builder.getFunctionType(arguments, {}));
  function.setPrivate();
  return function;
}

void Outliner::fillTask(func::FuncOp task, scf::ForallOp loop) {
  builder.setInsertionPointToStart(task.addEntryBlock());
  IRMapping mapping;
  mapping.map(loop.getInductionVar(0), task.getArgument(0));
  mapping.map(passed.getArrayRef(),
              task.getArguments().slice(1, passed.size()));
  mapping.map(body.getArguments(),
              task.getArguments().drop_front(1 + passed.size()));
  for (Operation *op : copied)
    builder.clone(*op, mapping);
  for (Operation &op : loop.getBody()->without_terminator())
    builder.clone(op, mapping);
  func::ReturnOp::create(builder, loop.getLoc());
}

/// ".task3.conv1": the layer's name is for people, who see it in profilers,
/// debuggers and while nnc is busy.
static std::string nameTask(scf::ForallOp loop, unsigned number) {
  std::string name = ".task" + std::to_string(number);
  if (StringAttr layer = findLayerName(loop.getLoc()))
    name += "." + layer.str();
  return name;
}

void Outliner::outline(scf::ForallOp loop) {
  findCaptures(loop);
  int64_t tasks = loop.getStaticUpperBound()[0];
  SmallVector<Value> operands(passed.begin(), passed.end());
  llvm::append_range(operands, body.getArguments());
  auto types = llvm::to_vector(TypeRange(operands));
  func::FuncOp dispatch = declare(".dispatch" + Twine(count), types);
  types.insert(types.begin(), builder.getIndexType());
  func::FuncOp task = declare(nameTask(loop, count++), types);
  dispatch->setAttr(kTaskAttr, FlatSymbolRefAttr::get(task));
  dispatch->setAttr(kTasksAttr, builder.getI64IntegerAttr(tasks));
  dispatch->setAttr(kRunAttr, builder.getI64IntegerAttr(passed.size()));
  task->setAttr(kRunAttr, builder.getI64IntegerAttr(1 + passed.size()));
  if (Attribute arena = body->getAttr(kArenaAttr))
    task->setAttr(kArenaAttr, arena);
  if (Attribute cpu = body->getAttr(kCpuAttr))
    for (func::FuncOp function : {task, dispatch})
      function->setAttr(kCpuAttr, cpu);
  fillTask(task, loop);
  builder.setInsertionPoint(loop);
  func::CallOp::create(builder, loop.getLoc(), dispatch, operands);
  loop.erase();
}

/// A loop that was no body's to distribute runs its tasks in order.
static void runInOrder(scf::ForallOp loop) {
  OpBuilder builder(loop);
  Location loc = loop.getLoc();
  auto constant = [&](int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  auto serial =
      scf::ForOp::create(builder, loc, constant(0),
                         constant(loop.getStaticUpperBound()[0]), constant(1));
  loop.getTerminator()->erase();
  loop.getInductionVar(0).replaceAllUsesWith(serial.getInductionVar());
  serial.getBody()->getOperations().splice(serial.getBody()->begin(),
                                           loop.getBody()->getOperations());
  loop.erase();
}

/// Whether all that the loop needs from outside can be passed or made again.
static bool canOutline(scf::ForallOp loop, func::FuncOp body) {
  SetVector<Value> used;
  getUsedValuesDefinedAbove(loop.getRegion(), used);
  SmallVector<Value> left(used.begin(), used.end());
  while (!left.empty()) {
    Value value = left.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (op && isPure(op) && op->getNumRegions() == 0) {
      llvm::append_range(left, op->getOperands());
      continue;
    }
    auto argument = dyn_cast<BlockArgument>(value);
    bool isShared = argument && argument.getOwner() == &body.getBody().front();
    if (!isShared && !value.getType().isIntOrIndexOrFloat())
      return false;
  }
  return true;
}

namespace {

struct OutlineTasksPass : impl::OutlineTasksPassBase<OutlineTasksPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<func::FuncOp> bodies;
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr(kBatchAttr) && !function.isExternal())
        bodies.push_back(function);
    bool hasTasks = false;
    for (func::FuncOp body : bodies)
      body.walk([&](scf::ForallOp loop) {
        if (canOutline(loop, body))
          hasTasks = true;
        else
          runInOrder(loop);
      });
    if (!hasTasks)
      return;
    auto run = MemRefType::get({kRunBytes}, Builder(module).getI8Type());
    for (func::FuncOp body : bodies) {
      (void)body.insertArgument(0, run, {}, body.getLoc());
      body->setAttr(kRunAttr, Builder(module).getI64IntegerAttr(0));
      SmallVector<scf::ForallOp> loops;
      body.walk([&](scf::ForallOp loop) { loops.push_back(loop); });
      Outliner outliner(body);
      for (scf::ForallOp loop : loops)
        outliner.outline(loop);
    }
  }
};

} // namespace
} // namespace nnc
