//===- Shards.cpp - weights in several HDF5 files -------------------------===//
//
// save_weights("NAME.weights.json", max_shard_size = …) writes a map,
// "weight_map", from the groups of variables to the names of the files that
// have them, which lie beside it. A layer whose variables are in two files is
// listed with the first only, so that all files are read and put together as if
// they were one.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include <set>

using namespace llvm;

namespace nnc {

/// Each file is at most some gigabytes large, so no model has more.
static constexpr size_t kMaxShards = 4096;

/// A hundred bytes or so for each group of variables.
static constexpr size_t kMaxMapBytes = 64 << 20;

/// A file beside the map, by name only.
static bool isShardName(StringRef name) {
  return name.ends_with(".weights.h5") && !name.starts_with(".") &&
         name.find_first_of("/\\") == StringRef::npos && !name.contains('\0');
}

static Expected<std::set<std::string>> readMap(StringRef text) {
  std::set<std::string> files;
  if (text.size() > kMaxMapBytes || nestsDeeperThan(text, 16))
    return weightsError(
        "is larger or nested deeper than a map of weights [N102]");
  Expected<json::Value> map = json::parse(text);
  if (!map)
    return weightsError(
        "its JSON cannot be read: " + toString(map.takeError()) + " [N103]");
  const json::Object *object = map->getAsObject();
  const json::Object *names =
      object ? object->getObject("weight_map") : nullptr;
  if (!names)
    return weightsError("is JSON, but no map of weights ('weight_map') to "
                        "files [N101]");
  for (const auto &[group, value] : *names) {
    auto name = value.getAsString();
    if (!name || !isShardName(*name))
      return weightsError(
          "'weight_map' names " + quotedName(name.value_or("")) +
          ", which is no file NAME.weights.h5 beside it [N111]");
    files.insert(name->str());
    if (files.size() > kMaxShards)
      return weightsError("'weight_map' names more than " + Twine(kMaxShards) +
                          " files [N102]");
  }
  return files;
}

Expected<std::vector<NamedTensor>>
readShards(StringRef text,
           function_ref<Expected<WeightsFile>(StringRef)> open) {
  Expected<std::set<std::string>> files = readMap(text);
  if (!files)
    return files.takeError();
  std::vector<NamedTensor> tensors;
  for (const std::string &name : *files) {
    Expected<WeightsFile> file = open(name);
    if (!file)
      return file.takeError();
    if (!*file)
      return weightsError("the file " + name + " is missing [N111]");
    Expected<Hdf5Model> shard = readHdf5Model(*file);
    if (!shard)
      return weightsError(name + ": " + toString(shard.takeError()));
    llvm::append_range(tensors, std::move(shard->weights));
  }
  if (Error error = checkUnique(tensors))
    return error;
  return tensors;
}

} // namespace nnc
