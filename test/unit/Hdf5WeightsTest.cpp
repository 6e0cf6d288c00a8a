//===- Hdf5WeightsTest.cpp - Keras's weights in HDF5 ----------------------===//
//
// Files are made here with libhdf5, in Keras's layouts old and new, and in ways
// that Keras never would: links that lead elsewhere, sizes that are not there,
// bytes that were changed.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "test/unit/Hdf5Writer.h"
#include "llvm/Support/Endian.h"
#include <cstdlib>
#include <gtest/gtest.h>

using namespace llvm;
using namespace nnc;

namespace {

using Result = Expected<std::vector<NamedTensor>>;
using Strings = std::vector<std::string>;

using Writer = Hdf5Writer;

Result readBytes(StringRef bytes) {
  return readWeights(MemoryBuffer::getMemBufferCopy(bytes));
}

/// The paths of all tensors in order, or the error.
Strings pathsOf(StringRef bytes) {
  Result tensors = readBytes(bytes);
  if (!tensors)
    return {toString(tensors.takeError())};
  Strings paths;
  for (const NamedTensor &tensor : *tensors)
    paths.push_back(tensor.path);
  return paths;
}

std::string messageOf(Writer &writer) {
  Result result = readBytes(writer.bytes());
  return result ? "no error" : toString(result.takeError());
}

float firstFloat(const NamedTensor &tensor) {
  return bit_cast<float>(support::endian::read32le(tensor.data.data()));
}

//===----------------------------------------------------------------------===//
// Keras 3
//===----------------------------------------------------------------------===//

TEST(Hdf5WeightsTest, LayersAreNamedByTheirAttribute) {
  Writer w;
  w.number("/layers/dense/vars/0", 1);
  w.number("/layers/dense/vars/1", 2);
  w.attribute("/layers/dense/vars", "name", {"hidden"});
  w.number("/layers/dense_10/vars/0", 4);
  w.number("/layers/dense_2/vars/0", 3);
  w.group("/layers/flatten/vars");
  w.group("/vars");
  Result tensors = readBytes(w.bytes());
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  ASSERT_EQ(tensors->size(), 4u);
  EXPECT_EQ((*tensors)[0].path, "hidden/0");
  EXPECT_EQ((*tensors)[1].path, "hidden/1");
  // No attribute: the group's name. In numeric order.
  EXPECT_EQ((*tensors)[2].path, "dense_2/0");
  EXPECT_EQ((*tensors)[3].path, "dense_10/0");
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(firstFloat((*tensors)[i]), i + 1);
  EXPECT_EQ((*tensors)[0].shape, std::vector<int64_t>{1});
  EXPECT_EQ((*tensors)[0].dtype, "float32");
}

TEST(Hdf5WeightsTest, VariablesAreInNumericOrder) {
  Writer w;
  Strings expected;
  for (int i = 0; i < 12; ++i) {
    w.number(("/layers/dense/vars/" + std::to_string(i)).c_str(), i);
    expected.push_back("dense/" + std::to_string(i));
  }
  EXPECT_EQ(pathsOf(w.bytes()), expected);
}

TEST(Hdf5WeightsTest, NestedObjectsKeepTheirAttributeNames) {
  Writer w;
  w.number("/layers/lstm/cell/vars/0", 0);
  w.attribute("/layers/lstm/cell/vars", "name", {"lstm_cell"});
  w.group("/layers/lstm/vars");
  w.attribute("/layers/lstm/vars", "name", {"encoder"});
  w.number("/layers/bidirectional/forward_layer/cell/vars/0", 0);
  w.number("/layers/bidirectional/backward_layer/cell/vars/0", 0);
  w.number("/layers/multi_head_attention/query_dense/vars/0", 0);
  w.number("/layers/rnn/cell/cells/gru_cell_1/vars/0", 0);
  EXPECT_EQ(pathsOf(w.bytes()),
            (Strings{"bidirectional/backward_layer/cell/0",
                     "bidirectional/forward_layer/cell/0", "encoder/cell/0",
                     "multi_head_attention/query_dense/0",
                     "rnn/cell/cells/gru_cell_1/0"}));
}

TEST(Hdf5WeightsTest, NestedModelsPrefixTheirLayers) {
  Writer w;
  w.number("/layers/functional/layers/dense/vars/0", 0);
  w.attribute("/layers/functional/layers/dense/vars", "name", {"first"});
  w.group("/layers/functional/vars");
  w.attribute("/layers/functional/vars", "name", {"inner"});
  w.number("/layers/time_distributed/layer/layers/conv2d/vars/0", 0);
  w.attribute("/layers/time_distributed/layer/layers/conv2d/vars", "name",
              {"conv"});
  EXPECT_EQ(pathsOf(w.bytes()),
            (Strings{"inner/first/0", "time_distributed/layer/conv/0"}));
}

TEST(Hdf5WeightsTest, TheContainerOfKeras2_13) {
  Writer w;
  w.number("/_layer_checkpoint_dependencies/dense/vars/0", 0);
  EXPECT_EQ(pathsOf(w.bytes()), Strings{"dense/0"});
}

TEST(Hdf5WeightsTest, TrainingStateIsLeftOut) {
  Writer w;
  int64_t count = 5;
  w.number("/layers/dropout/seed_generator/vars/0", 0);
  w.number("/layers/dense/vars/0", 0);
  w.number("/optimizer/vars/0", 0);
  w.number("/metrics/mean/vars/0", 0);
  w.number("/_metrics/mean/vars/0", 0);
  w.number("/layers/normalization_1/vars/0", 0);
  w.number("/layers/normalization_1/vars/1", 0);
  w.dataset("/layers/normalization_1/vars/2", H5T_STD_I64LE, {}, &count,
            H5T_NATIVE_INT64);
  // Not a Normalization: an integer scalar like any other variable.
  w.dataset("/layers/custom/vars/2", H5T_STD_I64LE, {}, &count,
            H5T_NATIVE_INT64);
  EXPECT_EQ(pathsOf(w.bytes()),
            (Strings{"custom/2", "dense/0", "normalization_1/0",
                     "normalization_1/1"}));
}

TEST(Hdf5WeightsTest, TwoLayersOfOneNameAreAnError) {
  Writer w;
  w.number("/layers/dense/vars/0", 0);
  w.attribute("/layers/dense/vars", "name", {"a"});
  w.number("/layers/dense_1/vars/0", 0);
  w.attribute("/layers/dense_1/vars", "name", {"a"});
  EXPECT_EQ(messageOf(w), "two tensors have the name 'a/0' [N110]");
}

//===----------------------------------------------------------------------===//
// Keras 2
//===----------------------------------------------------------------------===//

TEST(Hdf5WeightsTest, NamedLayersInTheOrderOfTheLists) {
  Writer w;
  for (const char *name : {"/model_weights/dense/dense/kernel:0",
                           "/model_weights/dense/dense/bias:0",
                           "/model_weights/dense_1/sequential/dense_1/kernel",
                           "/model_weights/lstm/lstm/lstm_cell/kernel:0",
                           "/model_weights/batch/batch_1/gamma:0",
                           "/model_weights/inner/dense_2/kernel:0",
                           "/model_weights/inner/dense_3/kernel:0",
                           "/optimizer_weights/adam/rate"})
    w.number(name, 0);
  w.group("/model_weights/flatten");
  w.attribute("/model_weights", "layer_names",
              {"lstm", "flatten", "dense", "dense_1", "batch", "inner"});
  w.emptyAttribute("/model_weights/flatten", "weight_names");
  w.fixedAttribute("/model_weights/dense", "weight_names", 14,
                   {"dense/kernel:0", "dense/bias:0"});
  w.attribute("/model_weights/dense_1", "weight_names",
              {"sequential/dense_1/kernel"});
  w.attribute("/model_weights/lstm", "weight_names",
              {"lstm/lstm_cell/kernel:0"});
  w.attribute("/model_weights/batch", "weight_names", {"batch_1/gamma:0"});
  w.attribute("/model_weights/inner", "weight_names",
              {"dense_2/kernel:0", "dense_3/kernel:0"});
  EXPECT_EQ(pathsOf(w.bytes()),
            (Strings{"lstm/lstm_cell/kernel", "dense/kernel", "dense/bias",
                     "dense_1/kernel", "batch/gamma", "inner/dense_2/kernel",
                     "inner/dense_3/kernel"}));
}

TEST(Hdf5WeightsTest, LongListsAreInParts) {
  Writer w;
  w.number("/a/a/kernel:0", 0);
  w.number("/b/b/kernel:0", 0);
  w.number("/b/b/bias:0", 0);
  w.fixedAttribute("/", "layer_names0", 1, {"a"});
  w.fixedAttribute("/", "layer_names1", 1, {"b"});
  w.fixedAttribute("/a", "weight_names", 10, {"a/kernel:0"});
  w.fixedAttribute("/b", "weight_names0", 10, {"b/kernel:0"});
  w.fixedAttribute("/b", "weight_names1", 8, {"b/bias:0"});
  EXPECT_EQ(pathsOf(w.bytes()), (Strings{"a/kernel", "b/kernel", "b/bias"}));
}

TEST(Hdf5WeightsTest, TrainingStateOfNamedLayersIsLeftOut) {
  Writer w;
  int64_t count = 5;
  w.number("/normalization/normalization/mean", 0);
  w.dataset("/normalization/normalization/count", H5T_STD_I64LE, {}, &count,
            H5T_NATIVE_INT64);
  w.number("/normalization/seed_generator/seed_generator_state", 0);
  w.attribute("/", "layer_names", {"normalization"});
  w.attribute("/normalization", "weight_names",
              {"normalization/mean", "normalization/count",
               "seed_generator/seed_generator_state"});
  EXPECT_EQ(pathsOf(w.bytes()), Strings{"normalization/mean"});
}

TEST(Hdf5WeightsTest, SaysWhatIsMissing) {
  Writer missing;
  missing.attribute("/", "layer_names", {"dense"});
  EXPECT_EQ(messageOf(missing), "'/dense': is not in the file [N103]");

  Writer unlisted;
  unlisted.group("/dense");
  unlisted.attribute("/", "layer_names", {"dense"});
  EXPECT_EQ(messageOf(unlisted),
            "'/dense': has no attribute 'weight_names' [N103]");

  Writer weight;
  weight.group("/dense");
  weight.attribute("/", "layer_names", {"dense"});
  weight.attribute("/dense", "weight_names", {"kernel:0"});
  EXPECT_EQ(messageOf(weight), "'/dense/kernel:0': is not in the file [N103]");

  Writer other;
  other.number("/data", 0);
  EXPECT_EQ(messageOf(other), "is an HDF5 file, but not one of Keras's weights "
                              "(neither 'layers' nor 'layer_names') [N101]");
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

TEST(Hdf5WeightsTest, ChunkedCompressedBigEndian) {
  Writer w;
  std::vector<double> values(600);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = i;
  hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
  hsize_t chunk[] = {7, 9};
  H5Pset_chunk(plist, 2, chunk);
  H5Pset_shuffle(plist);
  H5Pset_deflate(plist, 6);
  H5Pset_fletcher32(plist);
  w.dataset("/layers/dense/vars/0", H5T_IEEE_F64BE, {20, 30}, values.data(),
            H5T_NATIVE_DOUBLE, plist);
  H5Pclose(plist);
  Result tensors = readBytes(w.bytes());
  ASSERT_TRUE(bool(tensors)) << toString(tensors.takeError());
  const NamedTensor &tensor = tensors->front();
  EXPECT_EQ(tensor.dtype, "float64");
  EXPECT_EQ(tensor.shape, (std::vector<int64_t>{20, 30}));
  ASSERT_EQ(tensor.data.size(), values.size() * 8);
  for (size_t i = 0; i < values.size(); ++i)
    EXPECT_EQ(
        bit_cast<double>(support::endian::read64le(tensor.data.data() + 8 * i)),
        values[i]);
}

/// Reads one variable that was written as this type from these bytes.
std::string typeAndBytes(hid_t type, StringRef data, bool saysBfloat16) {
  Writer w;
  w.dataset("/layers/dense/vars/0", type, {data.size() / H5Tget_size(type)},
            data.data(), type);
  if (saysBfloat16)
    w.attribute("/layers/dense/vars/0", "dtype", {"bfloat16"});
  Result tensors = readBytes(w.bytes());
  if (!tensors)
    return toString(tensors.takeError());
  const NamedTensor &tensor = tensors->front();
  return tensor.dtype + " " +
         std::string(tensor.data.data(), tensor.data.size());
}

TEST(Hdf5WeightsTest, ElementTypes) {
  EXPECT_EQ(typeAndBytes(H5T_STD_I8LE, "abc", false), "int8 abc");
  EXPECT_EQ(typeAndBytes(H5T_STD_U16BE, "abcd", false), "uint16 badc");
  EXPECT_EQ(typeAndBytes(H5T_STD_I64LE, "abcdefgh", false), "int64 abcdefgh");
  hid_t half = H5Tcopy(H5T_IEEE_F32BE);
  H5Tset_fields(half, 15, 10, 5, 0, 10);
  H5Tset_size(half, 2);
  H5Tset_ebias(half, 15);
  EXPECT_EQ(typeAndBytes(half, "<@=a", false), "float16 @<a=");
  H5Tset_fields(half, 15, 7, 8, 0, 7);
  H5Tset_ebias(half, 127);
  EXPECT_EQ(typeAndBytes(half, "<@=a", false), "bfloat16 @<a=");
  H5Tclose(half);
  hid_t opaque = H5Tcreate(H5T_OPAQUE, 2);
  EXPECT_EQ(typeAndBytes(opaque, "abcd", true), "bfloat16 abcd");
  EXPECT_EQ(typeAndBytes(opaque, "abcd", false),
            "dataset '/layers/dense/vars/0': its element type is not "
            "supported [N109]");
  H5Tclose(opaque);
  hid_t boolean = H5Tenum_create(H5T_STD_I8LE);
  int8_t value = 0;
  H5Tenum_insert(boolean, "FALSE", &value);
  value = 1;
  H5Tenum_insert(boolean, "TRUE", &value);
  EXPECT_EQ(typeAndBytes(boolean, StringRef("\0\1", 2), false),
            std::string("bool \0\1", 7));
  H5Tclose(boolean);
}

//===----------------------------------------------------------------------===//
// What nobody vouches for
//===----------------------------------------------------------------------===//

TEST(Hdf5WeightsTest, LinksLeadNowhereElse) {
  Writer soft;
  soft.number("/secret", 1);
  soft.group("/layers/dense/vars");
  H5Lcreate_soft("/secret", soft.id(), "/layers/dense/vars/0", H5P_DEFAULT,
                 H5P_DEFAULT);
  EXPECT_EQ(messageOf(soft), "'/layers/dense/vars/0': is a soft or external "
                             "link, which is not followed [N104]");
  Writer external;
  external.group("/layers");
  H5Lcreate_external("/etc/passwd", "/", external.id(), "/layers/dense",
                     H5P_DEFAULT, H5P_DEFAULT);
  EXPECT_EQ(messageOf(external), "'/layers/dense': is a soft or external link, "
                                 "which is not followed [N104]");
}

TEST(Hdf5WeightsTest, DataIsInTheFileItself) {
  Writer w;
  hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_external(plist, "/etc/passwd", 0, 16);
  w.dataset("/layers/dense/vars/0", H5T_IEEE_F32LE, {4}, nullptr,
            H5T_NATIVE_FLOAT, plist);
  H5Pclose(plist);
  EXPECT_EQ(
      messageOf(w),
      "dataset '/layers/dense/vars/0': its data is in another file [N104]");
}

TEST(Hdf5WeightsTest, CyclesEnd) {
  Writer w;
  w.group("/layers/a/b");
  H5Lcreate_hard(w.id(), "/layers/a", w.id(), "/layers/a/b/again", H5P_DEFAULT,
                 H5P_DEFAULT);
  EXPECT_EQ(messageOf(w),
            "'/layers/a/b/again': is linked more than once in the file [N104]");
}

TEST(Hdf5WeightsTest, DeepNestingEnds) {
  Writer w;
  std::string path = "/layers";
  for (int i = 0; i < 100; ++i)
    path += "/a";
  w.group(path.c_str());
  std::string message = messageOf(w);
  EXPECT_NE(message.find("is nested too deeply"), std::string::npos) << message;
}

TEST(Hdf5WeightsTest, SizesAreThoseOfTheFile) {
  hid_t plist = H5Pcreate(H5P_DATASET_CREATE);
  hsize_t chunk[] = {1024};
  H5Pset_chunk(plist, 1, chunk);
  Writer w;
  w.dataset("/layers/dense/vars/0", H5T_IEEE_F32LE, {hsize_t(1) << 40}, nullptr,
            H5T_NATIVE_FLOAT, plist);
  EXPECT_EQ(messageOf(w), "dataset '/layers/dense/vars/0': its 4398046511104 "
                          "bytes are more than the file holds [N103]");
  H5Pclose(plist);

  Writer overflow;
  plist = H5Pcreate(H5P_DATASET_CREATE);
  hsize_t chunks[] = {1, 1, 1};
  H5Pset_chunk(plist, 3, chunks);
  overflow.dataset("/layers/dense/vars/0", H5T_IEEE_F32LE,
                   {1 << 20, 1 << 20, 1 << 21}, nullptr, H5T_NATIVE_FLOAT,
                   plist);
  H5Pclose(plist);
  EXPECT_EQ(messageOf(overflow), "dataset '/layers/dense/vars/0': the size of "
                                 "its shape overflows [N103]");

  Writer chunky;
  plist = H5Pcreate(H5P_DATASET_CREATE);
  hsize_t huge[] = {1 << 28};
  hsize_t size[] = {1}, most[] = {H5S_UNLIMITED};
  H5Pset_chunk(plist, 1, huge);
  chunky.group("/layers/dense/vars");
  hid_t space = H5Screate_simple(1, size, most);
  H5Dclose(H5Dcreate2(chunky.id(), "/layers/dense/vars/0", H5T_IEEE_F32LE,
                      space, H5P_DEFAULT, plist, H5P_DEFAULT));
  H5Sclose(space);
  H5Pclose(plist);
  EXPECT_EQ(messageOf(chunky), "dataset '/layers/dense/vars/0': its chunks are "
                               "larger than its data [N103]");
}

/// A small file with everything in it that is parsed.
std::string smallFile() {
  Writer w;
  float values[4] = {1, 2, 3, 4};
  w.dataset("/layers/dense/vars/0", H5T_IEEE_F32LE, {2, 2}, values,
            H5T_NATIVE_FLOAT);
  w.attribute("/layers/dense/vars", "name", {"hidden"});
  return w.bytes();
}

TEST(Hdf5WeightsTest, TruncatedFilesAreErrors) {
  std::string file = smallFile();
  for (size_t length = 8; length < file.size(); length += file.size() / 40) {
    Result result = readBytes(StringRef(file).take_front(length));
    EXPECT_FALSE(bool(result)) << length;
    EXPECT_EQ(toString(result.takeError()).find('\n'), std::string::npos);
  }
}

TEST(Hdf5WeightsTest, DamagedFilesAreDataOrErrors) {
  std::string file = smallFile();
  uint32_t state = 1;
  auto random = [&] { return (state = state * 1664525 + 1013904223) >> 8; };
  for (int i = 0; i < 200; ++i) {
    std::string damaged = file;
    for (int k = 0; k < 8; ++k)
      damaged[random() % file.size()] ^= 1 << (random() % 8);
    Result result = readBytes(damaged);
    if (!result) {
      EXPECT_EQ(toString(result.takeError()).find('\n'), std::string::npos);
      continue;
    }
    for (const NamedTensor &tensor : *result)
      EXPECT_LE(tensor.data.size(), file.size() * kMaxExpansion);
  }
}

} // namespace
