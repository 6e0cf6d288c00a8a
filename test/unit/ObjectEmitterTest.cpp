//===- ObjectEmitterTest.cpp - LLVM dialect to bytes ----------------------===//
//
// Objects, archives and shared libraries are made of small modules and read
// back: what they export, what they need, and that they are always the same.
//
//===----------------------------------------------------------------------===//

#include "compiler/emit/ObjectEmitter.h"
#include "compiler/driver/Register.h"
#include "compiler/emit/Archive.h"
#include "compiler/emit/Linker.h"
#include "compiler/emit/SymbolCheck.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "gtest/gtest.h"
#include <set>

using namespace nnc;
using llvm::StringRef;

namespace {

/// A public function that copies, a private one and constant data.
constexpr StringRef kModel = R"mlir(
  llvm.mlir.global internal constant @weights(dense<1.5> : tensor<4xf32>)
      {alignment = 64 : i64} : !llvm.array<4 x f32>
  llvm.func internal @body(%i: i64) -> f32 attributes {no_inline} {
    %p = llvm.mlir.addressof @weights : !llvm.ptr
    %q = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
    %v = llvm.load %q : !llvm.ptr -> f32
    llvm.return %v : f32
  }
  llvm.func @m_run(%to: !llvm.ptr, %from: !llvm.ptr, %n: i64) -> f32 {
    "llvm.intr.memcpy"(%to, %from, %n) <{isVolatile = false}>
        : (!llvm.ptr, !llvm.ptr, i64) -> ()
    %v = llvm.call @body(%n) : (i64) -> f32
    llvm.return %v : f32
  }
)mlir";

/// Instruction selection makes a call of this, as it has no such instruction.
constexpr StringRef kCallsLibrary = R"mlir(
  llvm.func @m_run(%x: f32) -> f32 {
    %y = llvm.intr.sin(%x) : (f32) -> f32
    llvm.return %y : f32
  }
)mlir";

class ObjectEmitterTest : public testing::Test {
protected:
  ObjectEmitterTest()
      : context(makeRegistry()),
        handler(&context, [this](mlir::Diagnostic &diagnostic) {
          message = diagnostic.str();
          return llvm::success();
        }) {
    options.name = "m";
    options.target = llvm::cantFail(resolveTarget("x86_64-linux-gnu", "", ""));
  }

  static mlir::DialectRegistry makeRegistry() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    return registry;
  }

  /// The bytes of `source`; empty after an error.
  std::string emit(StringRef source, CodeKind kind = CodeKind::Object) {
    auto module = mlir::parseSourceString<mlir::ModuleOp>(source, &context);
    EXPECT_TRUE(module) << message;
    if (!module)
      return "";
    auto bytes = emitCode(*module, kind, options);
    return failed(bytes) ? "" : std::string(bytes->begin(), bytes->end());
  }

  mlir::MLIRContext context;
  mlir::ScopedDiagnosticHandler handler;
  std::string message;
  EmitOptions options;
};

using Names = std::set<std::string>;

/// The symbols that have all of `flags`.
Names symbols(StringRef bytes, uint32_t flags) {
  Names names;
  auto object = llvm::cantFail(
      llvm::object::ObjectFile::createObjectFile({bytes, "object"}));
  for (const llvm::object::SymbolRef &symbol : object->symbols()) {
    uint32_t found = llvm::cantFail(symbol.getFlags());
    StringRef name = llvm::cantFail(symbol.getName());
    if ((found & flags) == flags && !name.empty())
      names.insert(name.str());
  }
  return names;
}

constexpr auto kUndefined = llvm::object::SymbolRef::SF_Undefined;
constexpr auto kGlobal = llvm::object::SymbolRef::SF_Global;
constexpr auto kHidden = llvm::object::SymbolRef::SF_Hidden;

TEST_F(ObjectEmitterTest, HidesThePublicSymbols) {
  std::string object = emit(kModel);
  EXPECT_EQ(symbols(object, kUndefined), Names{"memcpy"});
  EXPECT_EQ(symbols(object, kHidden), Names{"m_run"});
}

TEST_F(ObjectEmitterTest, ExportsThemOnRequest) {
  options.visibility = Visibility::Default;
  std::string object = emit(kModel);
  EXPECT_EQ(symbols(object, kHidden), Names{});
  EXPECT_TRUE(symbols(object, kGlobal).count("m_run"));
}

TEST_F(ObjectEmitterTest, GivesTheSameBytesAgain) {
  EXPECT_EQ(emit(kModel), emit(kModel));
}

TEST_F(ObjectEmitterTest, PutsEachFunctionIntoItsOwnSection) {
  std::string assembly = emit(kModel, CodeKind::Assembly);
  EXPECT_NE(assembly.find(".section\t.text.m_run"), std::string::npos);
  EXPECT_NE(assembly.find(".note.GNU-stack"), std::string::npos);
  EXPECT_EQ(assembly.find(".eh_frame"), std::string::npos);
}

TEST_F(ObjectEmitterTest, WritesEveryLevel) {
  for (unsigned level = 0; level <= 3; ++level) {
    options.optLevel = level;
    EXPECT_NE(emit(kModel), "") << "-O" << level;
  }
}

TEST_F(ObjectEmitterTest, WritesIRAndBitcode) {
  std::string text = emit(kModel, CodeKind::LLVMIR);
  EXPECT_NE(text.find("define hidden"), std::string::npos);
  EXPECT_NE(text.find("target triple = \"x86_64-unknown-linux-gnu\""),
            std::string::npos);
  EXPECT_EQ(emit(kModel, CodeKind::Bitcode).substr(0, 2), "BC");
}

TEST_F(ObjectEmitterTest, FusesNothing) {
  options.target = llvm::cantFail(resolveTarget("x86_64", "haswell", ""));
  std::string assembly = emit(R"mlir(
    llvm.func @m_run(%a: f32, %b: f32, %c: f32) -> f32 {
      %m = llvm.fmul %a, %b : f32
      %s = llvm.fadd %m, %c : f32
      llvm.return %s : f32
    })mlir",
                              CodeKind::Assembly);
  EXPECT_NE(assembly.find("vmulss"), std::string::npos);
  EXPECT_EQ(assembly.find("vfmadd"), std::string::npos);
}

TEST_F(ObjectEmitterTest, RefusesLibraryCalls) {
  EXPECT_EQ(emit(kCallsLibrary), "");
  EXPECT_EQ(message, "the compiled code calls 'sinf', but may call only "
                     "memcpy, memmove and memset [N901]");
}

TEST_F(ObjectEmitterTest, ReportsWhatHasNoTranslation) {
  EXPECT_EQ(emit("func.func @f() { return }"), "");
  EXPECT_NE(message, "");
}

TEST_F(ObjectEmitterTest, ChecksObjectsOfEveryFormat) {
  for (StringRef triple : {"x86_64-pc-windows-msvc", "x86_64-apple-macos",
                           "wasm32", "aarch64-linux-gnu", "armv7-none-eabihf",
                           "i686-linux-gnu", "riscv64-linux-gnu"}) {
    options.target = llvm::cantFail(resolveTarget(triple, "", ""));
    message.clear();
    EXPECT_NE(emit(kModel), "") << triple.str() << ": " << message;
    EXPECT_EQ(emit(kCallsLibrary), "") << triple.str();
    EXPECT_NE(message.find("sinf"), std::string::npos) << triple.str();
  }
}

TEST_F(ObjectEmitterTest, ArchivesTheModelBesideTheRuntime) {
  std::string model = emit(kModel);
  options.name = "r";
  std::string other = emit(kCallsLibrary.str().replace(
      kCallsLibrary.find("llvm.intr.sin"), 13, "llvm.intr.fabs"));
  auto runtime =
      llvm::cantFail(makeArchive({other, "r.o"}, "runtime.o", nullptr));
  EXPECT_TRUE(llvm::cantFail(isRuntimeFor({model, "m.o"}, *runtime)));
  auto both = llvm::cantFail(makeArchive({model, "m.o"}, "m.o", runtime.get()));
  auto again =
      llvm::cantFail(makeArchive({model, "m.o"}, "m.o", runtime.get()));
  EXPECT_EQ(both->getBuffer(), again->getBuffer());

  auto archive =
      llvm::cantFail(llvm::object::Archive::create(both->getMemBufferRef()));
  std::vector<std::string> members;
  llvm::Error error = llvm::Error::success();
  for (const auto &child : archive->children(error))
    members.push_back(llvm::cantFail(child.getName()).str());
  EXPECT_FALSE(static_cast<bool>(error));
  EXPECT_EQ(members, (std::vector<std::string>{"m.o", "runtime.o"}));
}

TEST_F(ObjectEmitterTest, TellsTheRuntimeOfAnotherMachine) {
  std::string model = emit(kModel);
  options.target = llvm::cantFail(resolveTarget("aarch64-linux-gnu", "", ""));
  std::string other = emit(kModel);
  auto runtime =
      llvm::cantFail(makeArchive({other, "r.o"}, "runtime.o", nullptr));
  EXPECT_FALSE(llvm::cantFail(isRuntimeFor({model, "m.o"}, *runtime)));
  auto garbage = llvm::MemoryBuffer::getMemBuffer("no archive");
  llvm::Expected<bool> fits = isRuntimeFor({model, "m.o"}, *garbage);
  EXPECT_FALSE(static_cast<bool>(fits));
  llvm::consumeError(fits.takeError());
}

TEST_F(ObjectEmitterTest, LinksALibraryThatExportsTheModelAlone) {
  options.visibility = Visibility::Default;
  LinkOptions link;
  link.target.triple = options.target.triple;
  link.soname = "libm1.so";
  link.prefix = "m";
  std::string object = emit(kModel);
  auto library = llvm::cantFail(linkShared(object, link));
  auto elf = llvm::cantFail(llvm::object::ObjectFile::createELFObjectFile(
      library->getMemBufferRef()));
  Names exported;
  for (const llvm::object::ELFSymbolRef &symbol :
       llvm::cast<llvm::object::ELFObjectFileBase>(*elf)
           .getDynamicSymbolIterators())
    exported.insert(llvm::cantFail(symbol.getName()).str());
  exported.erase("");
  EXPECT_EQ(exported, (Names{"m_run", "memcpy"}));
  EXPECT_EQ(library->getBuffer(),
            llvm::cantFail(linkShared(object, link))->getBuffer());
}

TEST_F(ObjectEmitterTest, LinksForELFOnly) {
  LinkOptions link;
  link.target.triple = llvm::Triple("x86_64-apple-macos");
  auto library = linkShared("", link);
  ASSERT_FALSE(static_cast<bool>(library));
  EXPECT_EQ(llvm::toString(library.takeError()),
            "shared libraries are made for ELF targets only, not for "
            "'x86_64-apple-macos'; use an object or an archive [N604]");
}

} // namespace
