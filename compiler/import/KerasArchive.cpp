//===- KerasArchive.cpp - the files that Keras saves a model in -----------===//
//
// See KerasArchive.h. Nothing is unpacked to disk, no name in a file is a path
// that is opened, and code in a file is text that is never run.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasArchive.h"

#include "compiler/import/Hdf5Model.h"
#include "compiler/import/KerasAssets.h"
#include "compiler/import/KerasJson.h"
#include "compiler/import/WeightFormats.h"
#include "compiler/import/ZipArchive.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <functional>

using namespace nnc;
using llvm::Expected;
using llvm::StringRef;
namespace json = llvm::json;

namespace {

/// A member of an archive or a file of a folder; null where there is none.
using Member = std::shared_ptr<const llvm::MemoryBuffer>;

struct Archive {
  std::function<Expected<Member>(StringRef name)> read;
  std::vector<std::string> assets; ///< names of what is in the folder `assets`
};

} // namespace

/// A text in an archive is hardly larger than the archive, or than this: it
/// takes several times its size to read.
static constexpr uint64_t kMaxTextBytes = 32 << 20;

/// The folder of an archive that layers keep files in.
static constexpr StringRef kAssets = "assets/";

static bool isZip(StringRef bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

bool nnc::isKerasFolder(StringRef path) {
  return llvm::sys::fs::is_directory(path);
}

bool nnc::isKerasFile(StringRef bytes) {
  return isZip(bytes) || isHdf5(bytes) || looksLikeJson(bytes);
}

/// The version in the config of model.to_json(), which Keras 3 leaves out.
static KerasVersion guessVersion(const json::Value &config) {
  const json::Object *object = config.getAsObject();
  if (!object)
    return {3, 0};
  if (auto text = object->getString("keras_version"))
    if (std::optional<KerasVersion> version = KerasVersion::parse(*text))
      return *version;
  return object->get("module") ? KerasVersion{3, 2} : KerasVersion{2, 0};
}

//===----------------------------------------------------------------------===//
// .keras
//===----------------------------------------------------------------------===//

static Expected<json::Value> readJson(const Member &member, StringRef name) {
  Expected<json::Value> value = parseKerasJson(member->getBuffer());
  if (!value)
    return weightsError(name + ": " + llvm::toString(value.takeError()));
  return value;
}

/// The weights of an archive: in one HDF5 file, or in several that a map lists.
/// None where it has none.
static llvm::Error readArchiveWeights(const Archive &archive, KerasFile &file) {
  StringRef whole = "model.weights.h5", map = "model.weights.json",
            pickled = "model.weights.npz";
  Expected<Member> weights = archive.read(whole);
  if (!weights)
    return weights.takeError();
  if (*weights) {
    Expected<Hdf5Model> model = readHdf5Model(*weights);
    if (!model)
      return weightsError(whole + ": " + llvm::toString(model.takeError()));
    file.weights = std::move(model->weights);
    return llvm::Error::success();
  }
  weights = archive.read(map);
  if (!weights)
    return weights.takeError();
  if (*weights) {
    auto shards = readShards((*weights)->getBuffer(), archive.read);
    if (!shards)
      return weightsError(map + ": " + llvm::toString(shards.takeError()));
    file.weights = std::move(*shards);
    return llvm::Error::success();
  }
  weights = archive.read(pickled);
  if (!weights)
    return weights.takeError();
  if (*weights)
    return weightsError("keeps its weights in " + pickled +
                        " as pickled Python objects, which nnc never runs; "
                        "load the model in Keras and save it with HDF5 "
                        "weights [N104]");
  return llvm::Error::success();
}

static llvm::Error readVocabularies(const Archive &archive, KerasFile &file) {
  for (const std::string &name : archive.assets) {
    if (!StringRef(name).ends_with("/vocabulary.txt"))
      continue;
    Expected<Member> member = archive.read(name);
    if (!member)
      return member.takeError();
    if (!*member)
      continue;
    if (auto vocabulary = readVocabulary(name, (*member)->getBuffer()))
      file.vocabularies.push_back(std::move(*vocabulary));
  }
  return llvm::Error::success();
}

static Expected<KerasFile> readArchive(const Archive &archive) {
  KerasFile file;
  Expected<Member> config = archive.read("config.json");
  if (!config)
    return config.takeError();
  if (!*config)
    return weightsError("has no config.json: it is no model of Keras's [N101]");
  Expected<json::Value> value = readJson(*config, "config.json");
  if (!value)
    return value.takeError();
  file.config = std::move(*value);
  file.version = guessVersion(file.config);
  Expected<Member> metadata = archive.read("metadata.json");
  if (!metadata)
    return metadata.takeError();
  if (*metadata) {
    Expected<json::Value> about = readJson(*metadata, "metadata.json");
    if (!about)
      return about.takeError();
    if (const json::Object *object = about->getAsObject())
      if (auto version = KerasVersion::parse(
              object->getString("keras_version").value_or("")))
        file.version = *version;
  }
  if (llvm::Error error = readArchiveWeights(archive, file))
    return error;
  if (llvm::Error error = readVocabularies(archive, file))
    return error;
  return file;
}

static Expected<KerasFile> readZip(const llvm::MemoryBuffer &file) {
  Expected<ZipArchive> zip = ZipArchive::open(file);
  if (!zip)
    return zip.takeError();
  Archive archive;
  llvm::StringMap<size_t> indices;
  for (auto [i, name] : llvm::enumerate(zip->names())) {
    if (!indices.try_emplace(name, i).second)
      return weightsError("has the member " + quotedName(name) +
                          " twice [N110]");
    if (StringRef(name).starts_with(kAssets))
      archive.assets.push_back(name);
  }
  archive.read = [&](StringRef name) -> Expected<Member> {
    auto it = indices.find(name);
    if (it == indices.end())
      return Member();
    bool isText = !name.ends_with(".h5");
    auto content =
        zip->read(it->second, /*shared=*/!isText,
                  isText ? kMaxTextBytes + file.getBufferSize() : UINT64_MAX);
    if (!content)
      return content.takeError();
    return Member(std::move(*content));
  };
  return readArchive(archive);
}

/// The files below the folder `assets`, as an archive names them.
static std::vector<std::string> listAssets(StringRef folder) {
  namespace fs = llvm::sys::fs;
  llvm::SmallString<128> assets(folder);
  llvm::sys::path::append(assets, kAssets.drop_back());
  std::vector<std::string> names;
  std::error_code error;
  fs::recursive_directory_iterator it(assets, error,
                                      /*FollowSymlinks=*/false),
      end;
  for (; it != end && !error; it.increment(error)) {
    StringRef path = it->path();
    if (path.consume_front(assets))
      names.push_back((kAssets.drop_back() + path).str());
  }
  llvm::sort(names);
  return names;
}

Expected<KerasFile> nnc::readKerasFolder(StringRef path) {
  Archive archive;
  archive.assets = listAssets(path);
  archive.read = [&](StringRef name) -> Expected<Member> {
    llvm::SmallString<128> file(path);
    llvm::sys::path::append(file, name);
    if (!llvm::sys::fs::exists(file))
      return Member();
    auto content = SharedBuffer::open(file);
    if (!content)
      return weightsError(name + ": cannot be read: " +
                          llvm::toString(content.takeError()) + " [N004]");
    return Member(std::move(*content));
  };
  return readArchive(archive);
}

//===----------------------------------------------------------------------===//
// HDF5 and JSON
//===----------------------------------------------------------------------===//

static Expected<KerasFile> readHdf5File(const Member &bytes) {
  Expected<Hdf5Model> model = readHdf5Model(bytes);
  if (!model)
    return model.takeError();
  if (model->modelConfig.empty())
    return weightsError("has weights, but no model; give the model "
                        "(model.to_json()) and this file as --weights [N101]");
  Expected<json::Value> config = parseKerasJson(model->modelConfig);
  if (!config)
    return config.takeError();
  KerasFile file;
  file.config = std::move(*config);
  // The first versions did not say which they were.
  file.version =
      KerasVersion::parse(model->kerasVersion).value_or(KerasVersion{1, 0});
  file.version.theano = model->backend == "theano";
  file.weights = std::move(model->weights);
  return file;
}

Expected<KerasFile> nnc::readKerasFile(const Member &bytes) {
  StringRef text = bytes->getBuffer();
  if (isZip(text))
    return readZip(*bytes);
  if (isHdf5(text))
    return readHdf5File(bytes);
  Expected<json::Value> config = parseKerasJson(text);
  if (!config)
    return config.takeError();
  KerasFile file;
  file.config = std::move(*config);
  file.version = guessVersion(file.config);
  return file;
}
