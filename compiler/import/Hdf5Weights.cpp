//===- Hdf5Weights.cpp - Keras's weights in HDF5 --------------------------===//
//
// Two layouts. Keras 3's .weights.h5 is a tree of objects: a layer's group is
// named by its class and a counter, its variables are `vars/0`, `vars/1`, …,
// and the attribute `name` of `vars` is the layer's name. Keras 2 and
// whole-model .h5 files list their layers and each layer's weights in
// attributes (`layer_names`, `weight_names`) and store them by name. What only
// training needs is left out: optimizers, metrics, seeds, the count of
// Normalization.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Hdf5File.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;

namespace nnc {
namespace {

using Tensors = std::vector<NamedTensor>;

//===----------------------------------------------------------------------===//
// Keras 3: a tree of objects
//===----------------------------------------------------------------------===//

/// How Keras 3 calls the container of a model's layers; the second name is that
/// of .keras files from 2.12 to 2.15.
bool isLayerContainer(StringRef name) {
  return name == "layers" || name == "_layer_checkpoint_dependencies";
}

/// Objects that take part in training only.
bool isTrainingOnly(StringRef name, bool ofModel) {
  if (name.ends_with("seed_generator"))
    return true;
  return ofModel &&
         (name == "optimizer" || name == "metrics" || name == "_metrics" ||
          name == "compile_metrics" || name == "_compile_metrics" ||
          name == "loss_tracker" || name == "_loss_tracker");
}

/// Normalization counts its samples in a third variable while it adapts.
bool isNormalizationCount(StringRef group, StringRef variable,
                          const NamedTensor &tensor) {
  bool integer = StringRef(tensor.dtype).contains("int");
  return variable == "2" && tensor.shape.empty() && integer &&
         group.take_front(group.find_last_not_of("0123456789_") + 1) ==
             "normalization";
}

std::string joinPath(StringRef prefix, StringRef name) {
  return prefix.empty() ? name.str() : (prefix + "/" + name).str();
}

class ObjectTree {
public:
  explicit ObjectTree(Hdf5File &file) : file(file) {}

  Expected<Tensors> read(const Hdf5Object &root) {
    if (Error error = readObject(root, "", "", /*isRoot=*/true))
      return error;
    return tensors;
  }

private:
  /// Reads the variables of the object `group`, whose path is `path`, and then
  /// those of the objects in it.
  Error readObject(const Hdf5Object &group, StringRef groupName, StringRef path,
                   bool isRoot) {
    Expected<std::vector<std::string>> names = file.children(group);
    if (!names)
      return names.takeError();
    bool isModel = isRoot || any_of(*names, isLayerContainer);
    if (is_contained(*names, "vars"))
      if (Error error = readVariables(group, groupName, path))
        return error;
    for (const std::string &name : *names) {
      if (name == "vars" || isTrainingOnly(name, isModel))
        continue;
      Expected<Hdf5Object> child = file.open(group, name);
      if (!child)
        return child.takeError();
      Error error = isModel && isLayerContainer(name)
                        ? readLayers(*child, path)
                        : readObject(*child, name, joinPath(path, name), false);
      if (error)
        return error;
    }
    return Error::success();
  }

  /// Reads a model's layers; what encloses the model is their prefix.
  Error readLayers(const Hdf5Object &container, StringRef prefix) {
    Expected<std::vector<std::string>> names = file.children(container);
    if (!names)
      return names.takeError();
    for (const std::string &name : *names) {
      Expected<Hdf5Object> layer = file.open(container, name);
      if (!layer)
        return layer.takeError();
      Expected<std::string> layerName = nameOf(*layer, name);
      if (!layerName)
        return layerName.takeError();
      if (Error error =
              readObject(*layer, name, joinPath(prefix, *layerName), false))
        return error;
    }
    return Error::success();
  }

  Error readVariables(const Hdf5Object &group, StringRef groupName,
                      StringRef path) {
    Expected<Hdf5Object> vars = file.open(group, "vars");
    if (!vars)
      return vars.takeError();
    Expected<std::vector<std::string>> names = file.children(*vars);
    if (!names)
      return names.takeError();
    for (const std::string &name : *names) {
      Expected<Hdf5Object> dataset = file.open(*vars, name);
      if (!dataset)
        return dataset.takeError();
      Expected<NamedTensor> tensor = file.read(*dataset);
      if (!tensor)
        return tensor.takeError();
      if (isNormalizationCount(groupName, name, *tensor))
        continue;
      tensor->path = joinPath(path, name);
      tensor->origin = StringRef(dataset->path).drop_front().str();
      tensors.push_back(std::move(*tensor));
    }
    return Error::success();
  }

  /// A layer's name is an attribute of its `vars`; in files of early Keras 3
  /// there is none, and the group's name must do.
  Expected<std::string> nameOf(const Hdf5Object &layer, StringRef groupName) {
    if (!Hdf5File::hasChild(layer, "vars"))
      return groupName.str();
    Expected<Hdf5Object> vars = file.peek(layer, "vars");
    if (!vars)
      return vars.takeError();
    auto name = file.strings(*vars, "name");
    if (!name)
      return name.takeError();
    if (!*name || (*name)->size() != 1 || (*name)->front().empty())
      return groupName.str();
    return (*name)->front();
  }

  Hdf5File &file;
  Tensors tensors;
};

//===----------------------------------------------------------------------===//
// Keras 2: lists of names
//===----------------------------------------------------------------------===//

/// A weight's name within its layer: without ":0", and without what repeats
/// the layer's name in front, as in "model/dense/kernel:0" of layer "dense" or
/// "dense_1/kernel:0" that TensorFlow made unique.
std::string variableName(StringRef layer, StringRef weight) {
  auto [stem, output] = weight.rsplit(':');
  unsigned counter;
  if (to_integer(output, counter))
    weight = stem;
  SmallVector<StringRef> parts;
  weight.split(parts, '/', -1, /*KeepEmpty=*/false);
  size_t skip = 0;
  for (size_t i = 0; i + 1 < parts.size(); ++i)
    if (parts[i] == layer)
      skip = i + 1;
  if (skip == 0 && parts.size() == 2) {
    StringRef rest = parts[0];
    if (rest.consume_front(layer) && rest.consume_front("_") &&
        to_integer(rest, counter))
      skip = 1;
  }
  return llvm::join(ArrayRef(parts).drop_front(skip), "/");
}

class NamedLayers {
public:
  explicit NamedLayers(Hdf5File &file) : file(file) {}

  Expected<Tensors> read(const Hdf5Object &root,
                         std::vector<std::string> layers) {
    // Variables of the model itself, which Keras lists apart.
    if (Hdf5File::hasChild(root, "top_level_model_weights"))
      layers.push_back("top_level_model_weights");
    for (const std::string &layer : layers)
      if (Error error = readLayer(root, layer))
        return error;
    return tensors;
  }

private:
  Error readLayer(const Hdf5Object &root, StringRef layer);
  Expected<NamedTensor> readWeight(const Hdf5Object &group, StringRef weight);

  /// Opens a group on the way to a weight, of which others may be in it too.
  Expected<const Hdf5Object *> enter(const Hdf5Object &parent, StringRef name) {
    std::unique_ptr<Hdf5Object> &known = groups[joinPath(parent.path, name)];
    if (known)
      return known.get();
    Expected<Hdf5Object> group = file.open(parent, name);
    if (!group)
      return group.takeError();
    known = std::make_unique<Hdf5Object>(std::move(*group));
    return known.get();
  }

  Hdf5File &file;
  Tensors tensors;
  StringMap<std::unique_ptr<Hdf5Object>> groups; ///< open, by path
};

} // namespace

/// A list of names, which h5py splits into `<attribute>0`, `<attribute>1`, …
/// when it is longer than HDF5's 64 kB.
static Expected<std::optional<std::vector<std::string>>>
nameList(Hdf5File &file, const Hdf5Object &object, StringRef attribute) {
  auto whole = file.strings(object, attribute);
  if (!whole || *whole)
    return whole;
  std::optional<std::vector<std::string>> all;
  for (unsigned i = 0;; ++i) {
    auto part = file.strings(object, (attribute + Twine(i)).str());
    if (!part)
      return part.takeError();
    if (!*part)
      return all;
    if (!all)
      all.emplace();
    all->insert(all->end(), (*part)->begin(), (*part)->end());
  }
}

Error NamedLayers::readLayer(const Hdf5Object &root, StringRef layer) {
  Expected<Hdf5Object> group = file.open(root, layer);
  if (!group)
    return group.takeError();
  auto weights = nameList(file, *group, "weight_names");
  if (!weights)
    return weights.takeError();
  if (!*weights)
    return weightsError(group->what() +
                        ": has no attribute 'weight_names' [N103]");
  groups.clear();
  StringSet<> seen;
  for (const std::string &weight : **weights) {
    if (!seen.insert(weight).second)
      return weightsError("layer " + quotedName(layer) +
                          ": two of its weights " + "have the name " +
                          quotedName(weight) + " [N110]");
    std::string name = variableName(layer, weight);
    StringRef last = StringRef(name).rsplit('/').second;
    if (last.empty())
      last = name;
    Expected<NamedTensor> tensor = readWeight(*group, weight);
    if (!tensor)
      return tensor.takeError();
    bool integer = StringRef(tensor->dtype).contains("int");
    if (last == "seed_generator_state" ||
        (last == "count" && tensor->shape.empty() && integer))
      continue;
    tensor->path = joinPath(layer, name);
    tensor->origin = (layer + "//" + weight).str();
    tensors.push_back(std::move(*tensor));
  }
  return Error::success();
}

/// A weight's name is its path below the layer's group.
Expected<NamedTensor> NamedLayers::readWeight(const Hdf5Object &group,
                                              StringRef weight) {
  const Hdf5Object *parent = &group;
  StringRef rest = weight.trim('/');
  while (rest.contains('/')) {
    auto [first, others] = rest.split('/');
    Expected<const Hdf5Object *> child = enter(*parent, first);
    if (!child)
      return child.takeError();
    parent = *child;
    rest = others;
  }
  Expected<Hdf5Object> dataset = file.open(*parent, rest);
  if (!dataset)
    return dataset.takeError();
  return file.read(*dataset);
}

Expected<std::vector<NamedTensor>> readHdf5Weights(Hdf5File &file,
                                                   const Hdf5Object &root) {
  auto layers = nameList(file, root, "layer_names");
  if (!layers)
    return layers.takeError();
  if (*layers)
    return NamedLayers(file).read(root, std::move(**layers));
  if (!Hdf5File::hasChild(root, "layers") &&
      !Hdf5File::hasChild(root, "vars") &&
      !Hdf5File::hasChild(root, "_layer_checkpoint_dependencies"))
    return weightsError("is an HDF5 file, but not one of Keras's weights "
                        "(neither 'layers' nor 'layer_names') [N101]");
  return ObjectTree(file).read(root);
}

} // namespace nnc
