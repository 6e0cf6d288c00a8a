//===- Hdf5ModelTest.cpp - what Keras stores in an HDF5 file --------------===//
//
// A whole model's texts and weights, which of its data is not copied, and what
// the parent makes of a child's answer that is not true.
//
//===----------------------------------------------------------------------===//

#include "compiler/import/WeightFormats.h"
#include "test/unit/Hdf5Writer.h"
#include "llvm/Support/Endian.h"

using namespace llvm;
using namespace nnc;

namespace {

constexpr float kValues[] = {1, 2, 3, 4};

/// A model of one layer: an ordinary weight, and one of the other byte order.
std::string wholeModel() {
  Hdf5Writer w;
  w.dataset("/model_weights/dense/dense/kernel:0", H5T_IEEE_F32LE, {2, 2},
            kValues, H5T_NATIVE_FLOAT);
  w.dataset("/model_weights/dense/dense/bias:0", H5T_IEEE_F32BE, {2}, kValues,
            H5T_NATIVE_FLOAT);
  w.attribute("/", "model_config", {R"({"class_name": "Sequential"})"});
  w.fixedAttribute("/", "keras_version", 8, {"2.15.0"});
  w.attribute("/", "backend", {"tensorflow"});
  w.fixedAttribute("/model_weights", "layer_names", 5, {"dense"});
  w.fixedAttribute("/model_weights/dense", "weight_names", 14,
                   {"dense/kernel:0", "dense/bias:0"});
  return w.bytes();
}

bool isWithin(ArrayRef<char> data, const MemoryBuffer &buffer) {
  return data.begin() >= buffer.getBufferStart() &&
         data.end() <= buffer.getBufferEnd();
}

ArrayRef<char> bytesOf(ArrayRef<float> values) {
  return ArrayRef(reinterpret_cast<const char *>(values.data()),
                  values.size() * sizeof(float));
}

TEST(Hdf5ModelTest, TextsAndWeightsOfAWholeModel) {
  std::shared_ptr<const MemoryBuffer> file =
      MemoryBuffer::getMemBufferCopy(wholeModel());
  Expected<Hdf5Model> model = readHdf5Model(file);
  ASSERT_TRUE(bool(model)) << toString(model.takeError());
  EXPECT_EQ(model->modelConfig, R"({"class_name": "Sequential"})");
  EXPECT_EQ(model->kerasVersion, "2.15.0");
  EXPECT_EQ(model->backend, "tensorflow");
  ASSERT_EQ(model->weights.size(), 2u);
  EXPECT_EQ(model->weights[0].path, "dense/kernel");
  EXPECT_EQ(model->weights[0].data, bytesOf(kValues));
  EXPECT_EQ(model->weights[1].path, "dense/bias");
  EXPECT_EQ(model->weights[1].data, bytesOf({1, 2}));
  // What needs no conversion is not copied.
  EXPECT_TRUE(isWithin(model->weights[0].data, *file));
  EXPECT_FALSE(isWithin(model->weights[1].data, *file));
}

TEST(Hdf5ModelTest, WeightsAloneHaveNoTexts) {
  Hdf5Writer w;
  w.number("/layers/dense/vars/0", 1);
  auto model = readHdf5Model(MemoryBuffer::getMemBufferCopy(w.bytes()));
  ASSERT_TRUE(bool(model)) << toString(model.takeError());
  EXPECT_EQ(model->modelConfig + model->kerasVersion + model->backend, "");
  EXPECT_EQ(model->weights.size(), 1u);
}

TEST(Hdf5ModelTest, ABlockBeforeTheFileDoesNotMoveData) {
  Hdf5Writer w;
  w.number("/layers/dense/vars/0", 7);
  std::string bytes = std::string(512, 'x') + w.bytes();
  EXPECT_TRUE(isHdf5(bytes));
  auto model = readHdf5Model(MemoryBuffer::getMemBufferCopy(bytes));
  ASSERT_TRUE(bool(model)) << toString(model.takeError());
  EXPECT_EQ(model->weights[0].data, bytesOf({7}));
}

TEST(Hdf5ModelTest, FilesDoNotExpandWithoutEnd) {
  // As deflate's best ratio allows each of them, but not all together.
  uint64_t size = 64 << 20;
  EXPECT_EQ(expansionLimit(1), kMaxExpansion);
  EXPECT_EQ(expansionLimit(size), (256u << 20) + 64 * size);
  EXPECT_EQ(expansionLimit(~uint64_t(0)), ~uint64_t(0));
}

/// Reads the answer as the parent does; true if it was believed.
bool isBelieved(const std::shared_ptr<const MemoryBuffer> &file,
                StringRef answer) {
  std::shared_ptr<const MemoryBuffer> copy =
      MemoryBuffer::getMemBufferCopy(answer);
  Expected<Hdf5Model> model = readHdf5Answer(file, copy);
  if (!model) {
    EXPECT_EQ(toString(model.takeError()), "is a damaged HDF5 file [N103]");
    return false;
  }
  for (const NamedTensor &tensor : model->weights) {
    EXPECT_TRUE(isWithin(tensor.data, *file) || isWithin(tensor.data, *copy));
    EXPECT_EQ(cantFail(tensorBytes(tensor.shape, dtypeBytes(tensor.dtype), "")),
              tensor.data.size());
  }
  return true;
}

TEST(Hdf5ModelTest, AnswersAreChecked) {
  std::string bytes = wholeModel();
  std::shared_ptr<const MemoryBuffer> file =
      MemoryBuffer::getMemBuffer(bytes, "", /*RequiresNullTerminator=*/false);
  Expected<Hdf5Model> model = readHdf5Here(bytes);
  ASSERT_TRUE(bool(model)) << toString(model.takeError());
  std::string answer;
  raw_string_ostream os(answer);
  writeHdf5Answer(*model, bytes, os);
  EXPECT_TRUE(isBelieved(file, answer));
  uint64_t table = support::endian::read64le(answer.data());
  for (uint64_t cut = 0; cut < 8 + table; ++cut)
    EXPECT_FALSE(isBelieved(file, StringRef(answer).take_front(cut))) << cut;
  for (uint64_t at = 0; at < (8 + table) * 8; ++at) {
    std::string other = answer;
    other[at / 8] ^= 1 << (at % 8);
    isBelieved(file, other);
  }
}

} // namespace
