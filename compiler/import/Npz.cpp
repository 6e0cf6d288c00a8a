//===- Npz.cpp - reading .npz files ---------------------------------------===//
//
// An npz file is a zip of .npy arrays, one per tensor; the member's name
// without ".npy" is the tensor's. A .keras archive is a zip as well: of it, the
// weights are read and the rest is left alone. Any other member is an error.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/Npy.h"
#include "compiler/import/WeightFormats.h"
#include "compiler/import/ZipArchive.h"

using namespace llvm;

namespace nnc {

Expected<std::vector<NamedTensor>> readNpz(const WeightsFile &file) {
  Expected<ZipArchive> archive = ZipArchive::open(*file);
  if (!archive)
    return archive.takeError();
  std::vector<NamedTensor> tensors;
  for (size_t i = 0; i < archive->names().size(); ++i)
    if (archive->names()[i] == "model.weights.h5") {
      auto weights = archive->read(i, /*shared=*/true);
      if (!weights)
        return weights.takeError();
      return readWeights(std::move(*weights));
    }
  for (size_t i = 0; i < archive->names().size(); ++i) {
    StringRef name = archive->names()[i];
    std::string what = "array " + quotedName(name);
    if (!name.consume_back(".npy"))
      return weightsError(what + ": is not a .npy member [N101]");
    auto content = archive->read(i);
    if (!content)
      return content.takeError();
    Expected<NamedTensor> tensor =
        readNpy(std::move(*content), name.str(), what);
    if (!tensor)
      return tensor.takeError();
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

} // namespace nnc
