//===- KerasAssets.cpp - vocabularies beside the weights ------------------===//
//
// See the header. The folder `assets` is a tree of objects like that of the
// weights (KerasTree.cpp), with a file vocabulary.txt, a line for each token,
// where a layer has one.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasAssets.h"

#include "compiler/import/KerasWeights.h"
#include "compiler/import/WeightFormats.h"
#include "dialect/NNOps.h"
#include "dialect/NNPreprocessingOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Endian.h"

using namespace mlir;
using namespace nnc;

std::optional<NamedTensor> nnc::readVocabulary(StringRef name, StringRef text) {
  if (!name.consume_front("assets/") || !name.consume_back("vocabulary.txt"))
    return std::nullopt;
  std::vector<int64_t> tokens;
  for (text = text.rtrim("\r\n"); !text.empty();) {
    auto [line, rest] = text.split('\n');
    int64_t token;
    if (line.trim().getAsInteger(10, token) || tokens.size() == nn::kMaxTable)
      return std::nullopt;
    tokens.push_back(token);
    text = rest;
  }
  NamedTensor tensor;
  tensor.origin = (name + "vars/vocabulary").str();
  tensor.path = tensor.origin;
  tensor.dtype = "int64";
  tensor.shape = {static_cast<int64_t>(tokens.size())};
  std::shared_ptr<llvm::WritableMemoryBuffer> storage =
      llvm::WritableMemoryBuffer::getNewUninitMemBuffer(tokens.size() *
                                                        sizeof(int64_t));
  if (!storage)
    return std::nullopt;
  llvm::copy(tokens, reinterpret_cast<int64_t *>(storage->getBufferStart()));
  tensor.data = storage->getBuffer();
  tensor.storage = std::move(storage);
  return tensor;
}

/// What the names of a layer's tensors begin with.
static std::string getPath(Operation *layer) {
  std::string path;
  for (Operation *op = layer; op; op = op->getParentOp()) {
    auto symbol =
        op->getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
    auto name = symbol ? symbol : op->getAttrOfType<StringAttr>("name");
    if (name)
      path = (name.getValue() + "/" + path).str();
    if (symbol)
      break;
  }
  return path;
}

template <typename T>
static SmallVector<T> readElements(const NamedTensor &tensor) {
  SmallVector<T> values;
  for (size_t at = 0; at < tensor.data.size(); at += sizeof(T))
    values.push_back(llvm::support::endian::read<T>(tensor.data.data() + at,
                                                    llvm::endianness::little));
  return values;
}

void nnc::placeVocabularies(ModuleOp module, KerasModel &model,
                            std::vector<NamedTensor> vocabularies,
                            std::vector<NamedTensor> &weights) {
  llvm::StringMap<NamedTensor> byPath;
  for (NamedTensor &tensor : assignTree(model, std::move(vocabularies)))
    byPath[tensor.path] = std::move(tensor);
  module.walk([&](nn::IntegerLookupOp lookup) {
    std::string path = getPath(lookup);
    Builder builder(lookup.getContext());
    auto vocabulary = byPath.find(path + "vocabulary");
    bool adapted = !lookup.getVocabulary();
    if (adapted && vocabulary != byPath.end())
      lookup.setVocabularyAttr(builder.getDenseI64ArrayAttr(
          readElements<int64_t>(vocabulary->second)));
    llvm::erase_if(weights, [&](const NamedTensor &tensor) {
      if (tensor.path != path + "idf_weights")
        return false;
      if (adapted && tensor.dtype == "float32")
        lookup.setIdfWeightsAttr(builder.getF64ArrayAttr(
            llvm::map_to_vector(readElements<float>(tensor),
                                [](float weight) { return double(weight); })));
      return true;
    });
  });
}
