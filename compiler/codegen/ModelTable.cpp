//===- ModelTable.cpp - the constant that describes the model -------------===//
//
// `NAME_model` is an nnc_model of nnc/abi.h: what tools and bindings learn of
// a model at run time. Strings and shapes are constants beside it.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/EntryPoint.h"
#include "compiler/model/Description.h"

#include "runtime/include/nnc/abi.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace nnc {
namespace {

class ModelTable {
public:
  ModelTable(LLVMCode &code, const EntryModel &model)
      : code(code), model(model) {}

  void make(EntryFunctions functions);

private:
  /// A constant of the given type; `members` fills a struct one by one.
  LLVM::GlobalOp structure(const Twine &name, Type type, LLVM::Linkage linkage,
                           llvm::function_ref<Value()> value);
  LLVM::GlobalOp data(Type type, Attribute value);
  LLVM::GlobalOp string(StringRef text);
  LLVM::GlobalOp shape(ArrayRef<int64_t> extents);
  LLVM::GlobalOp tensorArray(StringRef what,
                             const std::vector<TensorInfo> &tensors);
  LLVM::GlobalOp sectionArray();
  LLVM::GlobalOp profile(LLVM::LLVMFuncOp clock);
  Value build(Type type, ArrayRef<Value> members);

  LLVMCode &code;
  const EntryModel &model;
  unsigned constants = 0;
};

} // namespace

LLVM::GlobalOp ModelTable::data(Type type, Attribute value) {
  return LLVM::GlobalOp::create(
      code.builder, code.loc, type, /*isConstant=*/true,
      LLVM::Linkage::Internal,
      (model.info.symbol + "_data" + Twine(constants++)).str(), value);
}

LLVM::GlobalOp ModelTable::string(StringRef text) {
  std::string terminated = text.str() + '\0';
  auto type =
      LLVM::LLVMArrayType::get(code.builder.getI8Type(), terminated.size());
  return data(type, code.builder.getStringAttr(terminated));
}

LLVM::GlobalOp ModelTable::shape(ArrayRef<int64_t> extents) {
  auto type = LLVM::LLVMArrayType::get(code.i64, extents.size());
  return data(type, code.builder.getI64TensorAttr(extents));
}

LLVM::GlobalOp ModelTable::structure(const Twine &name, Type type,
                                     LLVM::Linkage linkage,
                                     llvm::function_ref<Value()> value) {
  auto global =
      LLVM::GlobalOp::create(code.builder, code.loc, type, /*isConstant=*/true,
                             linkage, name.str(), Attribute());
  OpBuilder::InsertionGuard guard(code.builder);
  code.builder.createBlock(&global.getInitializerRegion());
  code.ret(value());
  return global;
}

Value ModelTable::build(Type type, ArrayRef<Value> members) {
  Value result = LLVM::UndefOp::create(code.builder, code.loc, type);
  for (auto [index, member] : llvm::enumerate(members))
    result = LLVM::InsertValueOp::create(code.builder, code.loc, result, member,
                                         index);
  return result;
}

/// The array of nnc_tensor of all inputs or all outputs.
LLVM::GlobalOp ModelTable::tensorArray(StringRef what,
                                       const std::vector<TensorInfo> &tensors) {
  auto type = LLVM::LLVMStructType::getLiteral(
      code.builder.getContext(),
      {code.pointer, code.pointer, code.pointer, code.i32, code.i32, code.i64});
  auto arrayType = LLVM::LLVMArrayType::get(type, tensors.size());
  SmallVector<LLVM::GlobalOp> names, kerasNames, shapes;
  for (const TensorInfo &tensor : tensors) {
    names.push_back(string(tensor.name));
    kerasNames.push_back(string(tensor.kerasName));
    std::vector<int64_t> extents = tensor.shape;
    if (tensor.stepped)
      extents.insert(extents.begin(), -1);
    shapes.push_back(shape(extents));
  }
  return structure(
      model.info.symbol + "_" + what, arrayType, LLVM::Linkage::Internal, [&] {
        SmallVector<Value> rows;
        for (auto [i, tensor] : llvm::enumerate(tensors))
          rows.push_back(build(
              type, {code.addressOf(names[i]), code.addressOf(kerasNames[i]),
                     code.addressOf(shapes[i]),
                     code.constant(code.i32, tensor.shape.size() +
                                                 (tensor.stepped ? 1 : 0)),
                     code.constant(code.i32, findDtype(tensor.dtype)->code),
                     code.constant(code.i64, tensor.size())}));
        return build(arrayType, rows);
      });
}

/// The array of nnc_section of a profile.
LLVM::GlobalOp ModelTable::sectionArray() {
  const std::vector<SectionInfo> &sections = model.info.sections;
  auto type = LLVM::LLVMStructType::getLiteral(
      code.builder.getContext(),
      {code.pointer, code.pointer, code.pointer, code.i64, code.i64, code.i64});
  auto arrayType = LLVM::LLVMArrayType::get(type, sections.size());
  SmallVector<std::array<LLVM::GlobalOp, 3>> names;
  for (const SectionInfo &section : sections)
    names.push_back({string(section.name), string(section.className),
                     string(llvm::join(section.fused, ", "))});
  return structure(
      model.info.symbol + "_sections", arrayType, LLVM::Linkage::Internal, [&] {
        SmallVector<Value> rows;
        for (auto &&[name, section] : llvm::zip_equal(names, sections))
          rows.push_back(
              build(type, {code.addressOf(name[0]), code.addressOf(name[1]),
                           code.addressOf(name[2]),
                           code.constant(code.i64, section.flops),
                           code.constant(code.i64, section.sampleBytes),
                           code.constant(code.i64, section.weightBytes)}));
        return build(arrayType, rows);
      });
}

/// The nnc_profile of a model with a clock.
LLVM::GlobalOp ModelTable::profile(LLVM::LLVMFuncOp clock) {
  LLVM::GlobalOp sections = sectionArray();
  LLVM::GlobalOp description = string(describeModel(model.info));
  auto type = LLVM::LLVMStructType::getLiteral(
      code.builder.getContext(),
      {code.pointer, code.size, code.i64, code.pointer, code.pointer});
  return structure(
      model.info.symbol + "_profile", type, LLVM::Linkage::Internal, [&] {
        return build(type,
                     {code.addressOf(clock),
                      code.constant(code.size, model.info.countersOffset),
                      code.constant(code.i64, model.info.sections.size()),
                      code.addressOf(sections), code.addressOf(description)});
      });
}

void ModelTable::make(EntryFunctions functions) {
  const ModelInfo &info = model.info;
  LLVM::GlobalOp name = string(info.symbol);
  LLVM::GlobalOp inputs = tensorArray("inputs", info.inputs);
  LLVM::GlobalOp outputs = tensorArray("outputs", info.outputs);
  LLVM::GlobalOp counters;
  if (functions.clock)
    counters = profile(functions.clock);
  int64_t external = model.externalBytes();
  auto type = LLVM::LLVMStructType::getLiteral(
      code.builder.getContext(),
      {code.i32, code.i32, code.i64, code.pointer, code.i64, code.size,
       code.size, code.size, code.size, code.i64, code.i32, code.i32,
       code.pointer, code.pointer, code.pointer, code.pointer, code.pointer,
       code.pointer, code.pointer});
  structure(info.symbol + "_model", type, LLVM::Linkage::External, [&] {
    return build(
        type,
        {code.constant(code.i32, NNC_ABI_MAJOR),
         code.constant(code.i32, NNC_ABI_MINOR),
         code.constant(code.i64, static_cast<int64_t>(info.signature())),
         code.addressOf(name), code.constant(code.i64, info.batch),
         code.constant(code.size, info.workspaceBytes),
         code.constant(code.size, info.alignment),
         code.constant(code.size, info.stateBytes),
         code.constant(code.size, external),
         code.constant(code.i64, external ? info.weightsFingerprint : 0),
         code.constant(code.i32, info.inputs.size()),
         code.constant(code.i32, info.outputs.size()), code.addressOf(inputs),
         code.addressOf(outputs), code.addressOf(functions.run),
         code.addressOf(functions.workspaceSize),
         functions.reset ? code.addressOf(functions.reset) : code.null(),
         code.addressOf(functions.prepare),
         counters ? code.addressOf(counters) : code.null()});
  });
}

void makeModelTable(LLVMCode &code, const EntryModel &model,
                    EntryFunctions functions) {
  ModelTable(code, model).make(functions);
}

} // namespace nnc
