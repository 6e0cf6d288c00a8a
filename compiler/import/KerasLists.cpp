//===- KerasLists.cpp - weights in Keras's lists --------------------------===//
//
// Keras 1 and 2, and Keras 3 where it writes whole models as HDF5, list for
// each layer of the model the names of its weights, those that training changes
// first. Within a layer the order says which is which. The list of a model in
// the model, or of a wrapper, has the weights of several layers; the names say
// whose they are.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasWeights.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace nnc;
using llvm::StringRef;

namespace {

/// A layer that has weights of its own.
struct Owner {
  std::string path;               ///< what the dialect calls it
  std::vector<std::string> scope; ///< the layers and models that it is in
  bool used = true;
  bool wraps = false;
  const KerasLayer *layer = nullptr;
  size_t count = 0;             ///< weights so far
  std::vector<NamedTensor> old; ///< those of an old layout, in the file's order
};

class ListAssigner {
public:
  explicit ListAssigner(const KerasModel &model) {
    Place root;
    root.path = model.symbol;
    listModel(model, root);
  }

  std::vector<NamedTensor> assign(std::vector<NamedTensor> tensors);

private:
  struct Place {
    std::string path;
    std::vector<std::string> scope;
    bool inWrapper = false, used = true;
  };

  void listModel(const KerasModel &inner, const Place &place);
  void listLayer(const KerasLayer &layer, const std::string &name, Place place);
  Owner *choose(StringRef name, llvm::ArrayRef<StringRef> parts,
                StringRef layer);
  Owner *findPrefix(StringRef layer, StringRef weight);
  Owner *find(StringRef layer, StringRef weight);

  std::vector<Owner> owners;
  llvm::StringMap<std::vector<size_t>> byName;
};

} // namespace

void ListAssigner::listModel(const KerasModel &inner, const Place &place) {
  for (const KerasLayer &layer : inner.layers) {
    Place own = place;
    own.used &= layer.used;
    listLayer(layer, layer.name, own);
  }
}

/// `place` is what the layer is in.
void ListAssigner::listLayer(const KerasLayer &layer, const std::string &name,
                             Place place) {
  place.path += "/" + name;
  if (layer.model) {
    if (!place.inWrapper)
      place.path = layer.model->symbol;
    place.scope.push_back(name);
    return listModel(*layer.model, place);
  }
  bool wraps = false;
  Place inner = place;
  inner.inWrapper = true;
  inner.scope.push_back(name);
  for (const KerasWrapped &wrapped : layer.wrapped) {
    if (wrapped.role == "activation")
      continue;
    wraps = true;
    listLayer(wrapped.layer, getWrappedName(layer, wrapped), inner);
  }
  // A config of Keras 2 has no backward layer that mirrors the forward one.
  if (layer.className == "Bidirectional" && layer.wrapped.size() == 1) {
    StringRef mirrored = layer.wrapped.front().layer.name;
    mirrored.consume_front("forward_");
    listLayer(layer.wrapped.front().layer, ("backward_" + mirrored).str(),
              inner);
  }
  byName[name].push_back(owners.size());
  // Keras 2 puts this in front of the name of any backward layer.
  byName["backward_" + name].push_back(owners.size());
  owners.push_back({place.path, place.scope, place.used, wraps, &layer, 0, {}});
}

/// Among the layers called `name` in the model's layer `layer`, the one most of
/// whose surroundings the weight's name mentions.
Owner *ListAssigner::choose(StringRef name, llvm::ArrayRef<StringRef> parts,
                            StringRef layer) {
  Owner *best = nullptr;
  size_t bestHits = 0;
  for (size_t index : byName.lookup(name)) {
    Owner &owner = owners[index];
    if (owner.scope.empty() ? name != layer : owner.scope.front() != layer)
      continue;
    size_t hits = 1 + llvm::count_if(owner.scope, [&](StringRef outer) {
                    return llvm::is_contained(parts, outer);
                  });
    if (hits > bestHits) {
      best = &owner;
      bestHits = hits;
    }
  }
  return best;
}

/// "dense" of "dense_1", which TensorFlow makes of a name that is taken.
static StringRef stripCounter(StringRef name) {
  auto [base, number] = name.rsplit('_');
  return !number.empty() && llvm::all_of(number, llvm::isDigit) ? base : name;
}

/// Keras 1 puts the layer's name in front: "forward_lstm_1_W_i".
Owner *ListAssigner::findPrefix(StringRef layer, StringRef weight) {
  StringRef name = weight;
  // "_recurrent_kernel_i" has the most.
  for (unsigned words = 0; words < 4 && name.contains('_'); ++words) {
    name = name.rsplit('_').first;
    Owner *owner = choose(name, {}, layer);
    if (owner && owner->layer->layout == WeightLayout::Keras1)
      return owner;
  }
  return nullptr;
}

/// Whose a weight in the list of the model's layer `layer` is: that of the
/// innermost layer that its name mentions.
Owner *ListAssigner::find(StringRef layer, StringRef weight) {
  llvm::SmallVector<StringRef> parts;
  weight.split(parts, '/');
  if (parts.size() == 1)
    if (Owner *owner = findPrefix(layer, weight))
      return owner;
  llvm::ArrayRef<StringRef> outer = llvm::ArrayRef(parts).drop_back();
  Owner *owner = nullptr;
  for (StringRef part : llvm::reverse(outer))
    owner = owner ? owner : choose(part, parts, layer);
  for (StringRef part : llvm::reverse(outer))
    owner = owner ? owner : choose(stripCounter(part), parts, layer);
  owner = owner ? owner : choose(layer, {}, layer);
  if (!owner || !owner->wraps || parts.back().contains("vector_u"))
    return owner;
  // Keras 2 names what is in a TimeDistributed after the wrapper.
  Owner *only = nullptr;
  for (Owner &inner : owners) {
    bool isIn = !inner.wraps && inner.scope.size() > owner->scope.size() &&
                StringRef(inner.path).starts_with(owner->path + "/");
    if (isIn && only)
      return owner;
    only = isIn ? &inner : only;
  }
  return only ? only : owner;
}

std::vector<NamedTensor>
ListAssigner::assign(std::vector<NamedTensor> tensors) {
  // Quantized layers list their weights by name, not in their order.
  llvm::StringSet<> quantized;
  for (const NamedTensor &tensor : tensors)
    if (StringRef(tensor.origin).ends_with("_scale"))
      quantized.insert(StringRef(tensor.origin).split("//").first);
  std::vector<NamedTensor> result;
  for (NamedTensor &tensor : tensors) {
    auto [layer, weight] = StringRef(tensor.origin).split("//");
    Owner *owner = find(layer, weight);
    if (owner && !owner->used)
      continue;
    // A wrapper's own go by name, since the others of its list are not its.
    StringRef last = weight.substr(weight.rfind('/') + 1).split(':').first;
    if (owner && (owner->wraps || quantized.contains(layer))) {
      tensor.path = (owner->path + "/" + last).str();
    } else if (owner && owner->layer->layout == WeightLayout::Keras3) {
      tensor.path = owner->path + "/#" + std::to_string(owner->count++);
    } else if (owner) {
      owner->old.push_back(std::move(tensor));
      continue;
    }
    result.push_back(std::move(tensor));
  }
  for (Owner &owner : owners) {
    modernizeWeights(*owner.layer, owner.old);
    for (auto [k, tensor] : llvm::enumerate(owner.old)) {
      tensor.path = owner.path + "/#" + std::to_string(k);
      result.push_back(std::move(tensor));
    }
  }
  return result;
}

std::vector<NamedTensor> nnc::assignLists(KerasModel &model,
                                          std::vector<NamedTensor> tensors) {
  return ListAssigner(model).assign(std::move(tensors));
}
