//===- EntryLevels.cpp - which level of the code a machine runs -----------===//
//
// An object for several CPUs asks the machine once what it is and keeps the
// answer in one word, 0 until then: the number of the level, counted from 1.
// Every thread that asks gets the same answer, so that no order between them
// matters and the word is read and written without one. `NAME_prepare` asks
// ahead of time; otherwise the first call does. An object for one CPU has no
// word, and nothing to prepare.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/CpuLevels.h"
#include "compiler/codegen/EntryPoint.h"

using namespace mlir;
using LLVM::ICmpPredicate;

namespace nnc {
namespace {

/// What `cpuid` gives for one leaf: eax, ebx, ecx, edx.
using CpuidResult = std::array<Value, 4>;

/// Asks the machine, within the open function.
class Machine {
public:
  explicit Machine(LLVMCode &code) : code(code) {}

  /// Whether (i1) it passes the test. The question for XCR0 branches, so that
  /// all leaves must have been asked for before.
  Value passes(const LevelTest &test);

  void ask(const LevelTest &test);
  void askXcr0();

private:
  CpuidResult cpuid(uint32_t leaf, uint32_t subleaf);
  CpuidResult cpuidIfKnown(uint32_t leaf, uint32_t subleaf);
  Value constant(uint32_t value) {
    return code.constant(code.i32, static_cast<int32_t>(value));
  }
  /// Whether all bits of `mask` are set.
  Value hasAll(Value bits, uint32_t mask) {
    return code.equal(code.both(bits, constant(mask)), constant(mask));
  }

  LLVMCode &code;
  llvm::DenseMap<std::pair<uint32_t, uint32_t>, CpuidResult> results;
  Value xcr0;
};

} // namespace

static Value emitAsm(LLVMCode &code, Type result, ValueRange operands,
                     StringRef text, StringRef constraints) {
  return LLVM::InlineAsmOp::create(
             code.builder, code.loc, result, operands, text, constraints,
             /*has_side_effects=*/false, /*is_align_stack=*/false,
             LLVM::TailCallKind::None, LLVM::AsmDialectAttr(), ArrayAttr())
      .getRes();
}

CpuidResult Machine::cpuid(uint32_t leaf, uint32_t subleaf) {
  auto type = LLVM::LLVMStructType::getLiteral(code.builder.getContext(),
                                               SmallVector<Type>(4, code.i32));
  Value all = emitAsm(code, type, {constant(leaf), constant(subleaf)}, "cpuid",
                      "={ax},={bx},={cx},={dx},{ax},{cx}");
  CpuidResult result;
  for (auto [index, value] : llvm::enumerate(result))
    value = LLVM::ExtractValueOp::create(code.builder, code.loc, all,
                                         static_cast<int64_t>(index));
  return result;
}

/// Nothing but zeros where the machine does not know the leaf: it may answer
/// for another one then.
CpuidResult Machine::cpuidIfKnown(uint32_t leaf, uint32_t subleaf) {
  constexpr uint32_t kExtended = 0x80000000;
  Value last = cpuid(leaf & kExtended, 0)[0];
  Value known = code.compare(ICmpPredicate::uge, last, constant(leaf));
  CpuidResult result = cpuid(leaf, subleaf);
  for (Value &value : result)
    value = code.select(known, value, constant(0));
  return result;
}

void Machine::ask(const LevelTest &test) {
  for (const CpuidTest &bits : test.cpuid) {
    CpuidResult &result = results[{bits.leaf, bits.subleaf}];
    if (!result[0])
      result = cpuidIfKnown(bits.leaf, bits.subleaf);
  }
}

/// `xgetbv` is there only where the system uses it.
void Machine::askXcr0() {
  Value slot = LLVM::AllocaOp::create(code.builder, code.loc, code.pointer,
                                      code.i32, constant(1));
  code.store(constant(0), slot);
  Value features = cpuid(1, 0)[static_cast<int>(CpuidRegister::ECX)];
  code.ifTrue(hasAll(features, kCpuidOsxsave), [&] {
    auto type = LLVM::LLVMStructType::getLiteral(code.builder.getContext(),
                                                 {code.i32, code.i32});
    Value both =
        emitAsm(code, type, {constant(0)}, "xgetbv", "={ax},={dx},{cx}");
    code.store(
        LLVM::ExtractValueOp::create(code.builder, code.loc, both, int64_t(0)),
        slot);
  });
  xcr0 = code.load(code.i32, slot);
}

Value Machine::passes(const LevelTest &test) {
  Value all = hasAll(xcr0, test.xcr0);
  for (const CpuidTest &bits : test.cpuid) {
    CpuidResult &result = results[{bits.leaf, bits.subleaf}];
    all = code.both(all,
                    hasAll(result[static_cast<int>(bits.result)], bits.mask));
  }
  return all;
}

/// The word, read or written in one piece and in no order.
static Value loadWord(LLVMCode &code, LLVM::GlobalOp word) {
  return LLVM::LoadOp::create(
      code.builder, code.loc, code.i32, code.addressOf(word), /*alignment=*/4,
      /*isVolatile=*/false, /*isNonTemporal=*/false,
      /*isInvariant=*/false,
      /*isInvariantGroup=*/false, LLVM::AtomicOrdering::monotonic);
}

static void storeWord(LLVMCode &code, Value value, LLVM::GlobalOp word) {
  LLVM::StoreOp::create(code.builder, code.loc, value, code.addressOf(word),
                        /*alignment=*/4, /*isVolatile=*/false,
                        /*isNonTemporal=*/false, /*isInvariantGroup=*/false,
                        LLVM::AtomicOrdering::monotonic);
}

/// Makes the function that asks the machine and keeps the answer: the last
/// level that it can run, or else the first one. `int ()`
static LLVM::LLVMFuncOp makeChoose(LLVMCode &code, const EntryModel &model,
                                   LLVM::GlobalOp word) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp choose = code.function(
      model.info.symbol + "_choose", code.i32, {}, LLVM::Linkage::Internal);
  choose.setNoInline(true);
  code.begin(choose);
  Machine machine(code);
  ArrayRef<EntryLevel> levels = model.levels;
  for (const EntryLevel &level : levels.drop_front())
    machine.ask(level.test);
  machine.askXcr0();
  Value chosen = code.constant(code.i32, 1);
  for (auto [index, level] : llvm::enumerate(levels.drop_front()))
    chosen = code.select(machine.passes(level.test),
                         code.constant(code.i32, index + 2), chosen);
  storeWord(code, chosen, word);
  code.ret(chosen);
  return choose;
}

/// Makes `void NAME_prepare(void)`; without `choose` it has nothing to do.
static LLVM::LLVMFuncOp makePrepare(LLVMCode &code, const EntryModel &model,
                                    LLVM::LLVMFuncOp choose) {
  OpBuilder::InsertionGuard guard(code.builder);
  Type none = LLVM::LLVMVoidType::get(code.builder.getContext());
  LLVM::LLVMFuncOp prepare = code.function(model.info.symbol + "_prepare", none,
                                           {}, LLVM::Linkage::External);
  code.begin(prepare);
  if (choose)
    LLVM::CallOp::create(code.builder, code.loc, choose, ValueRange());
  code.ret(Value());
  return prepare;
}

/// Makes the function that runs the call that comes before the choice:
/// `int (args)`.
static LLVM::LLVMFuncOp makeFirst(LLVMCode &code, LLVM::LLVMFuncOp run,
                                  const EntryModel &model,
                                  LLVM::LLVMFuncOp choose) {
  OpBuilder::InsertionGuard guard(code.builder);
  LLVM::LLVMFuncOp first =
      code.function(model.info.symbol + "_first", code.i32, {code.pointer},
                    LLVM::Linkage::Internal);
  first.setNoInline(true);
  code.begin(first);
  LLVM::CallOp::create(code.builder, code.loc, choose, ValueRange());
  code.ret(LLVM::CallOp::create(code.builder, code.loc, run,
                                ValueRange{first.getArgument(0)})
               .getResult());
  return first;
}

/// Makes the function that goes on in that of the level: `int (args)`. All it
/// costs is a load and a jump; the greatest level comes first.
static LLVM::LLVMFuncOp makeBranch(LLVMCode &code, const EntryModel &model,
                                   LLVM::GlobalOp word, LLVM::LLVMFuncOp choose,
                                   ArrayRef<LLVM::LLVMFuncOp> runs) {
  LLVM::LLVMFuncOp run = code.function(model.info.symbol + "_run", code.i32,
                                       {code.pointer}, LLVM::Linkage::External);
  LLVM::LLVMFuncOp first = makeFirst(code, run, model, choose);
  OpBuilder::InsertionGuard guard(code.builder);
  code.begin(run);
  Region &region = run.getBody();
  Value level = loadWord(code, word);
  SmallVector<Block *> blocks;
  auto addCall = [&](LLVM::LLVMFuncOp function) {
    blocks.push_back(code.builder.createBlock(&region, region.end()));
    code.ret(LLVM::CallOp::create(code.builder, code.loc, function,
                                  ValueRange{run.getArgument(0)})
                 .getResult());
  };
  addCall(first);
  SmallVector<int32_t> numbers, weights = {1};
  for (LLVM::LLVMFuncOp function : runs) {
    numbers.push_back(blocks.size());
    weights.push_back(2 * weights.back());
    addCall(function);
  }
  code.builder.setInsertionPointToEnd(&region.front());
  LLVM::SwitchOp::create(code.builder, code.loc, level, blocks.front(),
                         ValueRange(), numbers, ArrayRef(blocks).drop_front(),
                         SmallVector<ValueRange>(numbers.size()), weights);
  return run;
}

LogicalResult findTests(ModuleOp module, EntryModel &model) {
  if (model.levels.size() == 1)
    return success();
  for (EntryLevel &level : model.levels) {
    llvm::Expected<LevelTest> test = findLevelTest(level.cpu);
    if (!test)
      return module.emitError(llvm::toString(test.takeError()));
    level.test = std::move(*test);
  }
  return success();
}

void makeLevelChoice(LLVMCode &code, const EntryModel &model,
                     ArrayRef<LLVM::LLVMFuncOp> runs,
                     EntryFunctions &functions) {
  if (runs.size() == 1) {
    functions.run = runs.front();
    functions.prepare = makePrepare(code, model, {});
    return;
  }
  auto word = LLVM::GlobalOp::create(
      code.builder, code.loc, code.i32, /*isConstant=*/false,
      LLVM::Linkage::Internal, model.info.symbol + "_level",
      code.builder.getI32IntegerAttr(0), /*alignment=*/4);
  LLVM::LLVMFuncOp choose = makeChoose(code, model, word);
  functions.run = makeBranch(code, model, word, choose, runs);
  functions.prepare = makePrepare(code, model, choose);
}

} // namespace nnc
