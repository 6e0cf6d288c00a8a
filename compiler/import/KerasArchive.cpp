//===- KerasArchive.cpp - the files that Keras saves a model in -----------===//
//
// See KerasArchive.h. Nothing is unpacked to disk, no name in a file is a path
// that is opened, and code in a file is text that is never run.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/KerasArchive.h"

#include "compiler/import/Hdf5Model.h"
#include "compiler/import/KerasJson.h"
#include "compiler/import/WeightFormats.h"
#include "compiler/import/ZipArchive.h"
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
using ReadMember = std::function<Expected<Member>(StringRef name)>;

} // namespace

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

/// The weights of an archive; none where it has none.
static llvm::Error readArchiveWeights(const ReadMember &read, KerasFile &file) {
  Expected<Member> weights = read("model.weights.h5");
  if (!weights)
    return weights.takeError();
  if (*weights) {
    Expected<Hdf5Model> model = readHdf5Model(*weights);
    if (!model)
      return weightsError("model.weights.h5: " +
                          llvm::toString(model.takeError()));
    file.weights = std::move(model->weights);
    return llvm::Error::success();
  }
  for (StringRef name : {"model.weights.npz", "model.weights.json"}) {
    Expected<Member> other = read(name);
    if (!other)
      return other.takeError();
    if (*other)
      return weightsError("keeps its weights in " + name +
                          ", which nnc does not read; save the model as one "
                          ".keras file with HDF5 weights");
  }
  return llvm::Error::success();
}

static Expected<KerasFile> readArchive(const ReadMember &read) {
  KerasFile file;
  Expected<Member> config = read("config.json");
  if (!config)
    return config.takeError();
  if (!*config)
    return weightsError("has no config.json: it is no model of Keras's");
  Expected<json::Value> value = readJson(*config, "config.json");
  if (!value)
    return value.takeError();
  file.config = std::move(*value);
  file.version = guessVersion(file.config);
  Expected<Member> metadata = read("metadata.json");
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
  if (llvm::Error error = readArchiveWeights(read, file))
    return error;
  return file;
}

static Expected<KerasFile> readZip(StringRef bytes) {
  Expected<ZipArchive> archive = ZipArchive::open(bytes);
  if (!archive)
    return archive.takeError();
  return readArchive([&](StringRef name) -> Expected<Member> {
    const auto &names = archive->names();
    auto it = llvm::find(names, name);
    if (it == names.end())
      return Member();
    auto content = archive->read(size_t(it - names.begin()),
                                 /*shared=*/name.ends_with(".h5"));
    if (!content)
      return content.takeError();
    return Member(std::move(*content));
  });
}

Expected<KerasFile> nnc::readKerasFolder(StringRef path) {
  return readArchive([&](StringRef name) -> Expected<Member> {
    llvm::SmallString<128> file(path);
    llvm::sys::path::append(file, name);
    if (!llvm::sys::fs::exists(file))
      return Member();
    auto content = SharedBuffer::open(file);
    if (!content)
      return weightsError(
          name + ": cannot be read: " + llvm::toString(content.takeError()));
    return Member(std::move(*content));
  });
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
                        "(model.to_json()) and this file as --weights");
  Expected<json::Value> config = parseKerasJson(model->modelConfig);
  if (!config)
    return config.takeError();
  KerasFile file;
  file.config = std::move(*config);
  // The first versions did not say which they were.
  file.version =
      KerasVersion::parse(model->kerasVersion).value_or(KerasVersion{1, 0});
  file.weights = std::move(model->weights);
  return file;
}

Expected<KerasFile> nnc::readKerasFile(const Member &bytes) {
  StringRef text = bytes->getBuffer();
  if (isZip(text))
    return readZip(text);
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
