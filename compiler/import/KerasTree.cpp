//===- KerasTree.cpp - weights in Keras 3's tree of objects ---------------===//
//
// A .weights.h5 has a group for each layer of a model, named by the layer's
// class in snake case and a counter, in it groups for the objects that a layer
// has, and at the end `vars/0`, `vars/1`, … (Keras's saving_lib). A layer that
// several models share is stored where it is met first.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasWeights.h"
#include "compiler/model/Text.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>

using namespace nnc;
using llvm::StringRef;

namespace {

/// What Keras 3 calls the container of a model's layers, and what Keras 2.12 to
/// 2.15 call it.
constexpr StringRef kContainers[] = {"layers/",
                                     "_layer_checkpoint_dependencies/"};

class TreeAssigner {
public:
  explicit TreeAssigner(std::vector<NamedTensor> &tensors) : tensors(tensors) {
    for (auto [i, tensor] : llvm::enumerate(tensors))
      byOrigin[tensor.origin] = i;
    taken.resize(tensors.size());
  }

  std::vector<NamedTensor> assign(KerasModel &model);

private:
  /// A layer: where its group would be, and what the dialect calls it.
  struct Place {
    const KerasLayer *layer;
    std::string group, path;
    bool inWrapper = false;
    bool used = true;
  };

  /// The tensors below `prefix`.
  auto below(const std::string &prefix) {
    auto first = byOrigin.lower_bound(prefix), last = first;
    while (last != byOrigin.end() && StringRef(last->first).starts_with(prefix))
      ++last;
    return llvm::make_range(first, last);
  }

  void assignModel(const KerasModel &model, const Place &place);
  void assignLayer(const Place &place);
  std::vector<std::string> assignWrapped(const Place &place);
  void assignOwn(const Place &place, llvm::ArrayRef<std::string> others);
  std::vector<std::string> nameGroups(const KerasModel &model,
                                      const std::string &container);

  std::vector<NamedTensor> &tensors;
  std::map<std::string, size_t> byOrigin;
  std::vector<bool> taken;
  std::vector<NamedTensor> result;
  std::map<int64_t, std::string> shared; ///< groups of layers by their ids
  std::vector<Place> missing;
};

} // namespace

std::vector<NamedTensor> TreeAssigner::assign(KerasModel &model) {
  Place root;
  root.path = model.symbol;
  assignModel(model, root);
  for (Place &place : std::exchange(missing, {}))
    if (auto it = shared.find(*place.layer->sharedId); it != shared.end()) {
      place.group = it->second;
      assignLayer(place);
    }
  for (auto [i, tensor] : llvm::enumerate(tensors))
    if (!taken[i])
      result.push_back(tensor);
  return std::move(result);
}

/// The layer's class in Python, which groups are named by.
static std::string getGroupName(const KerasLayer &layer) {
  if (layer.model)
    return layer.model->sequential ? "sequential" : "functional";
  if (layer.className == "GroupQueryAttention")
    return "grouped_query_attention";
  return toSnakeCase(layer.className);
}

static bool isOperation(const KerasLayer &layer) {
  return StringRef(layer.className).starts_with("ops.");
}

/// "conv2d" of "conv2d_10".
static StringRef stripCounter(StringRef group) {
  auto [base, number] = group.rsplit('_');
  return !number.empty() && llvm::all_of(number, llvm::isDigit) ? base : group;
}

/// The name of the next group of this class.
static std::string count(llvm::StringMap<unsigned> &counts,
                         const std::string &name) {
  unsigned before = counts[name]++;
  return before == 0 ? name : name + "_" + std::to_string(before);
}

/// The group of each layer; empty where there is none. Keras counts the layers
/// of a class. Keras 2.12 and 2.13 give each two numbers: there, the k-th group
/// with weights is the k-th layer's.
std::vector<std::string>
TreeAssigner::nameGroups(const KerasModel &model,
                         const std::string &container) {
  std::vector<std::string> groups;
  llvm::StringMap<unsigned> counts;
  for (const KerasLayer &layer : model.layers)
    groups.push_back(isOperation(layer) ? ""
                                        : count(counts, getGroupName(layer)));
  std::vector<std::string> stored;
  llvm::StringMap<std::vector<std::string>> ofClass;
  bool known = true;
  for (auto &[origin, index] : below(container)) {
    StringRef group = StringRef(origin).drop_front(container.size());
    group = group.split('/').first;
    if (!stored.empty() && stored.back() == group)
      continue;
    stored.push_back(group.str());
    known &= llvm::is_contained(groups, group);
  }
  if (known)
    return groups;
  llvm::sort(stored,
             [](StringRef a, StringRef b) { return a.compare_numeric(b) < 0; });
  for (const std::string &group : stored)
    ofClass[stripCounter(group)].push_back(group);
  llvm::StringMap<size_t> next;
  for (auto [group, layer] : llvm::zip(groups, model.layers)) {
    std::string name = getGroupName(layer);
    const std::vector<std::string> &candidates = ofClass[name];
    size_t k = next[name]++;
    group = candidates.size() == counts[name] ? candidates[k] : "";
  }
  return groups;
}

void TreeAssigner::assignModel(const KerasModel &model, const Place &place) {
  std::string container = place.group + kContainers[0].str();
  if (below(container).empty())
    container = place.group + kContainers[1].str();
  std::vector<std::string> groups = nameGroups(model, container);
  for (auto [group, layer] : llvm::zip(groups, model.layers)) {
    if (group.empty())
      continue;
    Place inner = place;
    inner.layer = &layer;
    inner.group = container + group + "/";
    inner.path = place.path + "/" + layer.name;
    inner.used = layer.used;
    assignLayer(inner);
  }
}

void TreeAssigner::assignLayer(const Place &place) {
  const KerasLayer &layer = *place.layer;
  if (layer.sharedId && below(place.group).empty())
    return missing.push_back(place); // stored where it was met first
  if (layer.sharedId)
    shared.try_emplace(*layer.sharedId, place.group);
  if (layer.model) {
    Place inner = place;
    if (!place.inWrapper)
      inner.path = layer.model->symbol;
    return assignModel(*layer.model, inner);
  }
  assignOwn(place, assignWrapped(place));
}

/// Keras's attribute that holds a wrapped layer.
static std::string getAttribute(const KerasLayer &wrapper, StringRef role) {
  bool forward = wrapper.className == "Bidirectional" && role == "layer";
  return forward ? "forward_layer" : role.str();
}

/// Assigns what belongs to the layers in the layer; the result says where.
std::vector<std::string> TreeAssigner::assignWrapped(const Place &place) {
  std::vector<std::string> groups;
  llvm::StringMap<unsigned> counts;
  auto assign = [&](const KerasLayer &layer, const llvm::Twine &attribute,
                    const llvm::Twine &name) {
    Place inner = place;
    inner.layer = &layer;
    inner.group = (place.group + attribute + "/").str();
    inner.path = (place.path + "/" + name).str();
    inner.inWrapper = true;
    assignLayer(inner);
    groups.push_back(inner.group);
  };
  for (const KerasWrapped &wrapped : place.layer->wrapped) {
    std::string attribute = getAttribute(*place.layer, wrapped.role);
    // Lists of layers are containers, like those of models.
    if (attribute == "cells" || attribute == "layers")
      attribute += "/" + count(counts, getGroupName(wrapped.layer));
    if (wrapped.role != "activation")
      assign(wrapped.layer, attribute, getWrappedName(*place.layer, wrapped));
  }
  // A config of Keras 2 has no backward layer that mirrors the forward one.
  if (place.layer->className == "Bidirectional" &&
      place.layer->wrapped.size() == 1) {
    const KerasLayer &mirrored = place.layer->wrapped.front().layer;
    StringRef name = mirrored.name;
    name.consume_front("forward_");
    assign(mirrored, "backward_layer", "backward_" + name);
  }
  return groups;
}

/// Assigns what the group holds beside the layers in the layer.
void TreeAssigner::assignOwn(const Place &place,
                             llvm::ArrayRef<std::string> others) {
  for (auto &[origin, index] : below(place.group)) {
    StringRef path = origin;
    if (llvm::any_of(others, [&](const std::string &group) {
          return path.starts_with(group);
        }))
      continue;
    taken[index] = true;
    if (!place.used)
      continue;
    NamedTensor tensor = tensors[index];
    llvm::SmallVector<StringRef> parts;
    path.drop_front(place.group.size()).split(parts, '/');
    llvm::erase(parts, "vars");
    for (StringRef &part : parts)
      part.consume_front("_"); // a private attribute
    tensor.path = place.path + "/" + llvm::join(parts, "/");
    result.push_back(std::move(tensor));
  }
}

std::vector<NamedTensor> nnc::assignTree(KerasModel &model,
                                         std::vector<NamedTensor> tensors) {
  return TreeAssigner(tensors).assign(model);
}
