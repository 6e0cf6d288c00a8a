//===- AssignAliasScopes.cpp - which buffers of the arena are disjoint ----===//
//
// Views of one arena look like one object to LLVM, which then cannot prove
// that a loop's input and output are apart and guards every vector loop with
// checks. Here each planned buffer becomes an alias scope. A claim is made
// only about buffers whose bytes do not intersect, so it is true at all times,
// whoever uses them when. Nothing happens without `nnc.arena`, which PlanArena
// does not write if a buffer has elements of one byte: their addresses could
// be mistaken for the start of another buffer.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"
#include <map>

namespace nnc {
#define GEN_PASS_DEF_ASSIGNALIASSCOPESPASS
#include "compiler/codegen/Passes.h.inc"
} // namespace nnc

using namespace mlir;

namespace nnc {
namespace {

/// A place in the arena; buffers that share an offset share a scope.
struct Scope {
  int64_t end;
  LLVM::AliasScopeAttr attr;
};

/// The scopes by offset, in order.
using Scopes = std::map<int64_t, Scope>;

/// What an access to one buffer says.
struct Claim {
  ArrayAttr own;
  ArrayAttr others;
};

} // namespace

static Scopes makeScopes(ArrayRef<int64_t> pairs, MLIRContext *context) {
  Scopes scopes;
  for (size_t i = 0; i + 1 < pairs.size(); i += 2) {
    int64_t end = pairs[i] + pairs[i + 1];
    auto [it, isNew] = scopes.try_emplace(pairs[i], Scope{end, {}});
    if (!isNew)
      it->second.end = std::max(it->second.end, end);
  }
  auto domain = LLVM::AliasScopeDomainAttr::get(
      context, StringAttr::get(context, "arena"));
  for (auto &[offset, scope] : scopes)
    scope.attr = LLVM::AliasScopeAttr::get(
        domain, StringAttr::get(context, "at " + Twine(offset)));
  return scopes;
}

static std::map<int64_t, Claim> makeClaims(const Scopes &scopes,
                                           MLIRContext *context) {
  std::map<int64_t, Claim> claims;
  for (const auto &[offset, scope] : scopes) {
    SmallVector<Attribute> others;
    for (const auto &[other, otherScope] : scopes)
      if (scope.end <= other || otherScope.end <= offset)
        others.push_back(otherScope.attr);
    claims[offset] = {ArrayAttr::get(context, {scope.attr}),
                      others.empty() ? ArrayAttr()
                                     : ArrayAttr::get(context, others)};
  }
  return claims;
}

/// The offset in the arena at which the accessed buffer starts: that of the
/// first address computation, since every view of the arena makes one in
/// bytes unless it starts at 0.
static std::optional<int64_t> findStart(Value address, Value arena) {
  int64_t start = 0;
  while (auto gep = address.getDefiningOp<LLVM::GEPOp>()) {
    start = 0;
    ArrayRef<int32_t> constant = gep.getRawConstantIndices();
    if (gep.getElemType().isInteger(8) && constant.size() == 1) {
      APInt dynamic;
      if (constant[0] != LLVM::GEPOp::kDynamicIndex)
        start = constant[0];
      else if (matchPattern(gep.getDynamicIndices()[0],
                            m_ConstantInt(&dynamic)))
        start = dynamic.getSExtValue();
    }
    address = gep.getBase();
  }
  if (address != arena)
    return std::nullopt;
  return start;
}

/// The arena is the argument in front of the weights.
static void assignScopes(LLVM::LLVMFuncOp body, ArrayRef<int64_t> pairs) {
  Scopes scopes = makeScopes(pairs, body.getContext());
  std::map<int64_t, Claim> claims = makeClaims(scopes, body.getContext());
  Value arena = body.getArgument(body.getNumArguments() - 2);
  body.walk([&](LLVM::AliasAnalysisOpInterface access) {
    std::optional<int64_t> start;
    for (Value address : access.getAccessedOperands()) {
      std::optional<int64_t> found = findStart(address, arena);
      if (!found || (start && *start != *found))
        return;
      start = found;
    }
    auto it = start ? claims.find(*start) : claims.end();
    if (it == claims.end())
      return;
    access.setAliasScopes(it->second.own);
    access.setNoAliasScopes(it->second.others);
  });
}

namespace {

struct AssignAliasScopesPass
    : impl::AssignAliasScopesPassBase<AssignAliasScopesPass> {
  void runOnOperation() override {
    auto body = dyn_cast<LLVM::LLVMFuncOp>(getOperation());
    auto pairs = getOperation()->getAttrOfType<DenseI64ArrayAttr>(kArenaAttr);
    if (!body || body.isExternal() || !pairs || body.getNumArguments() < 2)
      return;
    body->removeAttr(kArenaAttr);
    assignScopes(body, pairs.asArrayRef());
  }
};

} // namespace
} // namespace nnc
