//===- Hdf5Writer.h - HDF5 files for tests ----------------------*- C++ -*-===//
//
// Makes the files that tests of HDF5's readers read, with libhdf5.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TEST_UNIT_HDF5WRITER_H
#define NNC_TEST_UNIT_HDF5WRITER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <gtest/gtest.h>
#include <hdf5.h>
#include <string>
#include <vector>

namespace nnc {

/// Makes an HDF5 file; paths make the groups on the way to them.
class Hdf5Writer {
public:
  Hdf5Writer() {
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("nnc-hdf5", "h5", path));
    file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    parents = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(parents, 1);
  }
  ~Hdf5Writer() { (void)llvm::sys::fs::remove(path); }

  void group(const char *name) {
    H5Gclose(H5Gcreate2(file, name, parents, H5P_DEFAULT, H5P_DEFAULT));
  }

  void dataset(const char *name, hid_t type, std::vector<hsize_t> shape,
               const void *data, hid_t memoryType, hid_t plist = H5P_DEFAULT) {
    hid_t space = shape.empty()
                      ? H5Screate(H5S_SCALAR)
                      : H5Screate_simple(shape.size(), shape.data(), nullptr);
    hid_t set =
        H5Dcreate2(file, name, type, space, parents, plist, H5P_DEFAULT);
    EXPECT_GE(set, 0) << name;
    if (data) {
      EXPECT_GE(H5Dwrite(set, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
                0);
    }
    H5Dclose(set);
    H5Sclose(space);
  }

  /// A float32 dataset of one element.
  void number(const char *name, float value) {
    dataset(name, H5T_IEEE_F32LE, {1}, &value, H5T_NATIVE_FLOAT);
  }

  /// An attribute of variable-length strings; of one, a scalar.
  void attribute(const char *object, const char *name,
                 const std::vector<std::string> &values) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    std::vector<const char *> texts;
    for (const std::string &value : values)
      texts.push_back(value.c_str());
    hsize_t size = values.size();
    hid_t space =
        size == 1 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &size, nullptr);
    write(object, name, type, space, texts.data());
  }

  /// An attribute that is an array of strings of fixed length.
  void fixedAttribute(const char *object, const char *name, size_t width,
                      const std::vector<std::string> &values) {
    hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, width);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    std::string texts;
    for (const std::string &value : values) {
      texts += value;
      texts.resize(texts.size() + width - value.size(), '\0');
    }
    hsize_t size = values.size();
    write(object, name, type, H5Screate_simple(1, &size, nullptr),
          texts.data());
  }

  /// What h5py makes of an empty list.
  void emptyAttribute(const char *object, const char *name) {
    hsize_t size = 0;
    write(object, name, H5Tcopy(H5T_IEEE_F64LE),
          H5Screate_simple(1, &size, nullptr), nullptr);
  }

  hid_t id() const { return file; }

  /// Closes the file and returns its bytes.
  std::string bytes() {
    H5Pclose(parents);
    H5Fclose(file);
    auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }

private:
  void write(const char *object, const char *name, hid_t type, hid_t space,
             const void *data) {
    hid_t target = H5Oopen(file, object, H5P_DEFAULT);
    hid_t attribute =
        H5Acreate2(target, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (data) {
      EXPECT_GE(H5Awrite(attribute, type, data), 0);
    }
    H5Aclose(attribute);
    H5Oclose(target);
    H5Sclose(space);
    H5Tclose(type);
  }

  llvm::SmallString<128> path;
  hid_t file, parents;
};

} // namespace nnc

#endif // NNC_TEST_UNIT_HDF5WRITER_H
