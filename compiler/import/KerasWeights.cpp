//===- KerasWeights.cpp - which tensor of a file is whose -----------------===//
//
// See KerasWeights.h. Here is what both kinds of files share; KerasTree and
// KerasLists know the rules of each.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasWeights.h"

#include "llvm/ADT/STLExtras.h"

using namespace nnc;
using llvm::StringRef;

std::string nnc::getWrappedName(const KerasLayer &wrapper,
                                const KerasWrapped &wrapped) {
  StringRef name = wrapped.layer.name;
  // A backward layer of one's own keeps its name.
  if (wrapper.className != "Bidirectional" || wrapped.role != "layer")
    return name.str();
  name.consume_front("forward_");
  return ("forward_" + name).str();
}

std::vector<NamedTensor> nnc::assignWeights(KerasModel &model,
                                            std::vector<NamedTensor> tensors) {
  bool lists = llvm::any_of(tensors, [](const NamedTensor &tensor) {
    return StringRef(tensor.origin).contains("//");
  });
  return lists ? assignLists(model, std::move(tensors))
               : assignTree(model, std::move(tensors));
}
