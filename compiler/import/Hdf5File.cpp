//===- Hdf5File.cpp - groups, attributes and datasets of HDF5 -------------===//
//
// See the header. Everything that a file says about sizes is checked here
// before libhdf5 acts on it or memory is allocated for it.
//
//===----------------------------------------------------------------------===//

#define H5_USE_110_API
#include "compiler/import/Hdf5File.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include <hdf5.h>
#include <hdf5_hl.h>

using namespace llvm;

namespace nnc {

/// Far above what Keras nests (a model in a model in a wrapper: 10 or so).
static constexpr unsigned kMaxDepth = 64;

Hdf5Id::~Hdf5Id() {
  if (id >= 0)
    H5Idec_ref(id);
}

/// libhdf5 prints its errors and loads filters from shared libraries unless
/// told not to; both are as they were when this goes.
struct Hdf5File::Quiet {
  Quiet() {
    H5Eget_auto2(H5E_DEFAULT, &printer, &data);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    H5PLget_loading_state(&plugins);
    H5PLset_loading_state(0);
  }
  ~Quiet() {
    H5PLset_loading_state(plugins);
    H5Eset_auto2(H5E_DEFAULT, printer, data);
  }
  H5E_auto2_t printer = nullptr;
  void *data = nullptr;
  unsigned plugins = 0;
};

/// A bound of the length of strings of variable length. They lie in collections
/// that begin with "GCOL" and their size. Many strings may refer to the same
/// place, so that a list of them could take far more memory than the file.
static uint64_t longestString(StringRef bytes) {
  uint64_t longest = 0;
  for (size_t at = bytes.find("GCOL"); at != StringRef::npos;
       at = bytes.find("GCOL", at + 4))
    if (bytes.size() - at >= 16)
      longest =
          std::max(longest, support::endian::read64le(bytes.data() + at + 8));
  return std::min<uint64_t>(longest, bytes.size());
}

Hdf5File::Hdf5File(StringRef bytes)
    : quiet(std::make_unique<Quiet>()), bytes(bytes), unread(bytes.size()),
      expanded(expansionLimit(bytes.size())) {
  // Without "open for writing" the library only reads from the memory.
  file = Hdf5Id(H5LTopen_file_image(
      const_cast<char *>(bytes.data()), bytes.size(),
      H5LT_FILE_IMAGE_DONT_COPY | H5LT_FILE_IMAGE_DONT_RELEASE));
}

Hdf5File::~Hdf5File() = default;

Expected<std::unique_ptr<Hdf5File>> Hdf5File::open(StringRef bytes) {
  std::unique_ptr<Hdf5File> result(new Hdf5File(bytes));
  if (!result->file)
    return weightsError(
        "is not a readable HDF5 file (damaged or truncated) [N103]");
  return result;
}

/// Registers an object by its address, and tells groups from datasets.
static Error enter(Hdf5Object &object, DenseSet<uint64_t> &opened) {
  H5O_info_t info;
  if (!object.id || H5Oget_info(object.id, &info) < 0)
    return weightsError(object.what() + ": cannot be opened [N103]");
  if (info.type != H5O_TYPE_GROUP && info.type != H5O_TYPE_DATASET)
    return weightsError(object.what() +
                        ": is neither a group nor a dataset [N103]");
  if (!opened.insert(info.addr).second)
    return weightsError(object.what() +
                        ": is linked more than once in the file [N104]");
  object.isGroup = info.type == H5O_TYPE_GROUP;
  return Error::success();
}

Expected<Hdf5Object> Hdf5File::root() {
  Hdf5Object object;
  object.id = Hdf5Id(H5Oopen(file, "/", H5P_DEFAULT));
  if (Error error = enter(object, opened))
    return error;
  return object;
}

/// "vars/2" before "vars/10": by number where both are numbers.
static bool numericLess(const std::string &a, const std::string &b) {
  return StringRef(a).compare_numeric(b) < 0;
}

Expected<std::vector<std::string>> Hdf5File::children(const Hdf5Object &group) {
  std::vector<std::string> names;
  auto collect = [](hid_t, const char *name, const H5L_info_t *,
                    void *list) -> herr_t {
    static_cast<std::vector<std::string> *>(list)->push_back(name);
    return 0;
  };
  if (!group.isGroup || H5Literate(group.id, H5_INDEX_NAME, H5_ITER_NATIVE,
                                   nullptr, collect, &names) < 0)
    return weightsError(group.what() + ": cannot be listed [N103]");
  llvm::sort(names, numericLess);
  return names;
}

bool Hdf5File::hasChild(const Hdf5Object &group, StringRef name) {
  return group.isGroup &&
         H5Lexists(group.id, name.str().c_str(), H5P_DEFAULT) > 0;
}

Expected<Hdf5Object> Hdf5File::open(const Hdf5Object &group, StringRef name) {
  Expected<Hdf5Object> object = peek(group, name);
  if (!object)
    return object.takeError();
  if (Error error = enter(*object, opened))
    return error;
  return object;
}

Expected<Hdf5Object> Hdf5File::peek(const Hdf5Object &group, StringRef name) {
  Hdf5Object object;
  object.path = group.path + "/" + name.str();
  object.depth = group.depth + 1;
  if (object.depth > kMaxDepth)
    return weightsError(object.what() + ": is nested too deeply [N102]");
  // "." and "" would be the group itself, and a slash a path of its own.
  H5L_info_t link;
  if (name.empty() || name == "." || name.contains('/') ||
      H5Lget_info(group.id, name.str().c_str(), &link, H5P_DEFAULT) < 0)
    return weightsError(object.what() + ": is not in the file [N103]");
  if (link.type != H5L_TYPE_HARD)
    return weightsError(object.what() + ": is a soft or external link, which "
                                        "is not followed [N104]");
  object.id = Hdf5Id(H5Oopen(group.id, name.str().c_str(), H5P_DEFAULT));
  if (!object.id)
    return weightsError(object.what() + ": cannot be opened [N103]");
  return object;
}

/// Fixed-length strings, NUL- or space-padded, one after the other.
static std::optional<std::vector<std::string>>
fixedStrings(hid_t attribute, hid_t type, size_t count, uint64_t limit) {
  size_t size = H5Tget_size(type);
  if (size == 0 || size > limit || count > limit / size)
    return std::nullopt;
  std::string bytes(size * count, '\0');
  if (H5Aread(attribute, type, bytes.data()) < 0)
    return std::nullopt;
  std::vector<std::string> result;
  for (size_t i = 0; i < count; ++i) {
    StringRef text = StringRef(bytes).substr(i * size, size);
    text = text.take_until([](char c) { return c == '\0'; });
    result.push_back(
        (H5Tget_strpad(type) == H5T_STR_SPACEPAD ? text.rtrim(' ') : text)
            .str());
  }
  return result;
}

/// Strings of variable length, which libhdf5 allocates.
static std::optional<std::vector<std::string>>
variableStrings(hid_t attribute, hid_t type, hid_t space, size_t count) {
  std::vector<char *> texts(count, nullptr);
  if (H5Aread(attribute, type, texts.data()) < 0)
    return std::nullopt;
  std::vector<std::string> result;
  for (const char *text : texts)
    result.push_back(text ? text : "");
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  return result;
}

Expected<std::optional<std::vector<std::string>>>
Hdf5File::strings(const Hdf5Object &object, StringRef name) {
  std::string what = object.what() + ": its attribute " + quotedName(name);
  if (H5Aexists(object.id, name.str().c_str()) <= 0)
    return std::nullopt;
  Hdf5Id attribute(H5Aopen(object.id, name.str().c_str(), H5P_DEFAULT));
  Hdf5Id type(attribute ? H5Aget_type(attribute) : -1);
  Hdf5Id space(attribute ? H5Aget_space(attribute) : -1);
  hssize_t count = space ? H5Sget_simple_extent_npoints(space) : -1;
  if (!type || count < 0)
    return weightsError(what + " cannot be read [N103]");
  // numpy makes an empty list a list of float64.
  if (count == 0)
    return std::vector<std::string>();
  if (H5Tget_class(type) != H5T_STRING)
    return weightsError(what + " is not text [N103]");
  bool variable = H5Tis_variable_str(type) > 0;
  // Each string takes some of the file, if it is only where the text begins.
  uint64_t number = static_cast<uint64_t>(count);
  if (number > bytes.size() ||
      (variable && number > 1 &&
       longestString(bytes) / kMaxExpansion > bytes.size() / number))
    return weightsError(what + " is larger than the file [N102]");
  std::optional<std::vector<std::string>> result =
      variable ? variableStrings(attribute, type, space, count)
               : fixedStrings(attribute, type, count, bytes.size());
  if (!result)
    return weightsError(what + " cannot be read [N103]");
  return result;
}

//===----------------------------------------------------------------------===//
// Datasets
//===----------------------------------------------------------------------===//

/// IEEE half precision, or bfloat16: float32 with other fields.
static Hdf5Id sixteenBitFloat(bool brain) {
  Hdf5Id type(H5Tcopy(H5T_IEEE_F32LE));
  if (brain)
    H5Tset_fields(type, 15, 7, 8, 0, 7);
  else
    H5Tset_fields(type, 15, 10, 5, 0, 10);
  H5Tset_size(type, 2);
  H5Tset_ebias(type, brain ? 127 : 15);
  return type;
}

/// The type to read a floating-point dataset as.
static Hdf5Id memoryFloat(hid_t stored, std::string &dtype) {
  size_t spos, epos, esize = 0, mpos, msize;
  size_t size = H5Tget_size(stored);
  if (H5Tget_fields(stored, &spos, &epos, &esize, &mpos, &msize) < 0)
    return Hdf5Id();
  if (size == 2 && (esize == 5 || esize == 8)) {
    dtype = esize == 8 ? "bfloat16" : "float16";
    return sixteenBitFloat(esize == 8);
  }
  if (size != 4 && size != 8)
    return Hdf5Id();
  dtype = size == 4 ? "float32" : "float64";
  return Hdf5Id(H5Tcopy(size == 4 ? H5T_IEEE_F32LE : H5T_IEEE_F64LE));
}

/// The type to read an integer dataset as.
static Hdf5Id memoryInteger(hid_t stored, std::string &dtype) {
  size_t size = H5Tget_size(stored);
  if (size != 1 && size != 2 && size != 4 && size != 8)
    return Hdf5Id();
  bool isSigned = H5Tget_sign(stored) != H5T_SGN_NONE;
  dtype = (isSigned ? "int" : "uint") + std::to_string(size * 8);
  Hdf5Id type(H5Tcopy(isSigned ? H5T_STD_I8LE : H5T_STD_U8LE));
  H5Tset_size(type, size);
  H5Tset_precision(type, size * 8);
  return type;
}

/// True for what h5py makes of numpy's bool: an enumeration FALSE, TRUE.
static bool isBool(hid_t stored) {
  return H5Tget_class(stored) == H5T_ENUM && H5Tget_size(stored) == 1 &&
         H5Tget_nmembers(stored) == 2;
}

/// The little-endian type to read `stored` as, and numpy's name of it. Keras
/// writes bfloat16 as opaque pairs of bytes and says so in an attribute.
static Hdf5Id memoryType(hid_t stored, bool saysBfloat16, std::string &dtype) {
  switch (H5Tget_class(stored)) {
  case H5T_FLOAT:
    return memoryFloat(stored, dtype);
  case H5T_INTEGER:
    return memoryInteger(stored, dtype);
  case H5T_ENUM:
    dtype = "bool";
    return isBool(stored) ? Hdf5Id(H5Tcopy(stored)) : Hdf5Id();
  case H5T_OPAQUE:
    dtype = "bfloat16";
    return saysBfloat16 && H5Tget_size(stored) == 2 ? Hdf5Id(H5Tcopy(stored))
                                                    : Hdf5Id();
  default:
    return Hdf5Id();
  }
}

/// Filters beyond deflate, shuffle and checksums are refused.
static Error checkFilters(hid_t plist, const std::string &what) {
  int filters = H5Pget_nfilters(plist);
  if (filters < 0)
    return weightsError(what + ": its filters cannot be read [N103]");
  for (int i = 0; i < filters; ++i) {
    unsigned flags, config;
    size_t values = 0;
    int filter =
        H5Pget_filter2(plist, i, &flags, &values, nullptr, 0, nullptr, &config);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE &&
        filter != H5Z_FILTER_FLETCHER32)
      return weightsError(what + ": its filter " + Twine(filter) +
                          " is not supported, only deflate, shuffle and "
                          "fletcher32 are [N104]");
  }
  return Error::success();
}

/// Refuses storage that a weights file has no use for: other files, views of
/// other datasets, odd filters, huge chunks.
static Error checkStorage(hid_t dataset, const std::string &what,
                          uint64_t bytes) {
  Hdf5Id plist(H5Dget_create_plist(dataset));
  H5D_layout_t layout = plist ? H5Pget_layout(plist) : H5D_LAYOUT_ERROR;
  if (layout != H5D_COMPACT && layout != H5D_CONTIGUOUS &&
      layout != H5D_CHUNKED)
    return weightsError(what + ": its storage layout is not supported [N104]");
  if (layout == H5D_CONTIGUOUS && H5Pget_external_count(plist) != 0)
    return weightsError(what + ": its data is in another file [N104]");
  if (layout != H5D_CHUNKED)
    return Error::success();
  if (Error error = checkFilters(plist, what))
    return error;
  // libhdf5 allocates whole chunks, however little of them is data.
  hsize_t dims[H5S_MAX_RANK];
  int rank = H5Pget_chunk(plist, H5S_MAX_RANK, dims);
  Hdf5Id type(H5Dget_type(dataset));
  uint64_t chunk = type ? H5Tget_size(type) : 0;
  for (int d = 0; d < rank; ++d)
    chunk = SaturatingMultiply<uint64_t>(chunk, dims[d]);
  if (rank < 0 || chunk == 0 || chunk / 4 > std::max<uint64_t>(bytes, 1 << 20))
    return weightsError(what + ": its chunks are larger than its data [N103]");
  return Error::success();
}

/// The dataset's shape; a scalar has none.
static Error readShape(hid_t dataset, const std::string &what,
                       std::vector<int64_t> &shape) {
  Hdf5Id space(H5Dget_space(dataset));
  H5S_class_t kind = space ? H5Sget_simple_extent_type(space) : H5S_NO_CLASS;
  if (kind != H5S_SCALAR && kind != H5S_SIMPLE)
    return weightsError(what + ": has no shape [N103]");
  hsize_t dims[H5S_MAX_RANK];
  int rank = H5Sget_simple_extent_dims(space, dims, nullptr);
  if (rank < 0)
    return weightsError(what + ": its shape cannot be read [N103]");
  for (int d = 0; d < rank; ++d)
    shape.push_back(static_cast<int64_t>(dims[d]));
  return Error::success();
}

/// Takes what the dataset needs off what the file has, so that datasets that
/// share their bytes, or expand them, do not add up to more than it can hold.
Error Hdf5File::claim(const Hdf5Object &dataset, uint64_t needed,
                      const std::string &what) {
  uint64_t inFile = H5Dget_storage_size(dataset.id);
  if (inFile > unread || needed / kMaxExpansion > inFile)
    return weightsError(what + ": its " + Twine(needed) +
                        " bytes are more than the file holds [N103]");
  if (needed > expanded)
    return weightsError(
        what + ": its " + Twine(needed) +
        " bytes make the file expand more than weights do [N102]");
  unread -= inFile;
  expanded -= needed;
  return Error::success();
}

/// Where the data lies in the file, if it lies there in one piece and as `type`
/// has it in memory.
static std::optional<uint64_t> offsetInFile(hid_t dataset, hid_t type) {
  Hdf5Id plist(H5Dget_create_plist(dataset));
  Hdf5Id stored(H5Dget_type(dataset));
  if (!plist || !stored || H5Pget_layout(plist) != H5D_CONTIGUOUS ||
      H5Tequal(stored, type) <= 0)
    return std::nullopt;
  haddr_t offset = H5Dget_offset(dataset);
  if (offset == HADDR_UNDEF)
    return std::nullopt;
  return offset;
}

Expected<NamedTensor> Hdf5File::read(const Hdf5Object &dataset) {
  std::string what = "dataset " + dataset.what();
  if (dataset.isGroup)
    return weightsError(dataset.what() + ": is a group, not a dataset [N103]");
  auto note = strings(dataset, "dtype");
  if (!note)
    return note.takeError();
  bool saysBfloat16 =
      *note && !(*note)->empty() && (*note)->front() == "bfloat16";
  NamedTensor tensor;
  Hdf5Id stored(H5Dget_type(dataset.id));
  Hdf5Id type;
  if (stored)
    type = memoryType(stored, saysBfloat16, tensor.dtype);
  if (!type)
    return weightsError(what + ": its element type is not supported [N109]");
  if (Error error = readShape(dataset.id, what, tensor.shape))
    return error;
  unsigned size = dtypeBytes(tensor.dtype);
  Expected<uint64_t> needed = tensorBytes(tensor.shape, size, what);
  if (!needed)
    return needed.takeError();
  if (Error error = checkStorage(dataset.id, what, *needed))
    return error;
  if (Error error = claim(dataset, *needed, what))
    return error;
  std::optional<uint64_t> offset = offsetInFile(dataset.id, type);
  if (offset && *offset <= bytes.size() && *needed <= bytes.size() - *offset) {
    tensor.data = ArrayRef(bytes.data() + *offset, *needed);
    return tensor;
  }
  auto data = allocate(*needed, what);
  if (!data)
    return data.takeError();
  if (*needed > 0 && H5Dread(dataset.id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                             (*data)->getBufferStart()) < 0)
    return weightsError(what +
                        ": cannot be read (damaged or truncated) [N103]");
  tensor.data = ArrayRef((*data)->getBufferStart(), *needed);
  tensor.storage = std::move(*data);
  return tensor;
}

} // namespace nnc
