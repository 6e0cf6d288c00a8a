//===- WeightsTest.cpp - weights files ------------------------------------===//
//
// Good files open, and every way in which one can be bad is found and named.
//
//===----------------------------------------------------------------------===//

#include "nnc/runtime.h"
#include "tally.h"
#include "gtest/gtest.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

/// A good weights file of `tally`: head, four floats, padding.
std::vector<unsigned char> makeWeights() {
  std::vector<unsigned char> bytes(TALLY_WEIGHTS_SIZE);
  const float values[4] = {1, 2, 3, 4};
  std::memcpy(&bytes[64], values, sizeof(values));
  nnc_weights_header head = {};
  std::memcpy(head.magic, "NNCWGHT1", 8);
  head.size = bytes.size();
  head.fingerprint = tally_model.weights_fingerprint;
  head.checksum = nnc_checksum(&bytes[64], bytes.size() - 64);
  std::memcpy(bytes.data(), &head, sizeof(head));
  return bytes;
}

class Weights : public testing::Test {
protected:
  void SetUp() override {
    path = testing::TempDir() + "nnc-weights-" + std::to_string(getpid());
  }
  void TearDown() override {
    nnc_weights_close(&weights);
    std::remove(path.c_str());
  }

  void write(const std::vector<unsigned char> &bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char *>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    ASSERT_TRUE(file.flush());
  }

  /// Opens the file; the reason, or "" on success.
  std::string open(int expected) {
    const char *reason = "untouched";
    int status =
        nnc_weights_open(path.c_str(), &tally_model, &weights, &reason);
    EXPECT_EQ(status, expected);
    EXPECT_EQ(reason == nullptr, status == NNC_OK);
    EXPECT_EQ(weights.data != nullptr, status == NNC_OK);
    return reason ? reason : "";
  }

  /// Opens a file that differs from a good one.
  std::string
  openSpoilt(const std::function<void(std::vector<unsigned char> &)> &spoil) {
    std::vector<unsigned char> bytes = makeWeights();
    spoil(bytes);
    write(bytes);
    return open(NNC_ERROR_WEIGHTS);
  }

  std::string path;
  nnc_weights weights = {};
};

TEST_F(Weights, Good) {
  write(makeWeights());
  EXPECT_EQ(open(NNC_OK), "");
  EXPECT_EQ(weights.size, size_t(TALLY_WEIGHTS_SIZE));
  float third;
  std::memcpy(&third, static_cast<const char *>(weights.data) + 72, 4);
  EXPECT_EQ(third, 3.0f);
  nnc_weights_close(&weights);
  EXPECT_EQ(weights.data, nullptr);
  nnc_weights_close(&weights);
  nnc_weights_close(nullptr);
}

TEST_F(Weights, WithoutReason) {
  EXPECT_EQ(nnc_weights_open(path.c_str(), &tally_model, &weights, nullptr),
            NNC_ERROR_FILE);
}

TEST_F(Weights, Missing) {
  EXPECT_EQ(open(NNC_ERROR_FILE), "there is no such file");
  path += "/below";
  EXPECT_EQ(open(NNC_ERROR_FILE), "there is no such file");
  path = std::string(5000, 'x');
  EXPECT_EQ(open(NNC_ERROR_FILE), "the file cannot be opened");
}

TEST_F(Weights, NotPermitted) {
  write(makeWeights());
  ASSERT_EQ(chmod(path.c_str(), 0), 0);
  // Root may read everything: somebody else has to try.
  uid_t user = geteuid();
  ASSERT_EQ(seteuid(user == 0 ? 65534 : user), 0);
  std::string reason = open(NNC_ERROR_FILE);
  ASSERT_EQ(seteuid(user), 0);
  EXPECT_EQ(reason, "the file may not be read");
}

TEST_F(Weights, DirectoryAndPipe) {
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(open(NNC_ERROR_FILE), "it is no regular file");
  std::remove(path.c_str());
  ASSERT_EQ(mkdir(path.c_str(), 0700), 0);
  EXPECT_EQ(open(NNC_ERROR_FILE), "it is no regular file");
}

TEST_F(Weights, Empty) {
  write({});
  EXPECT_EQ(open(NNC_ERROR_WEIGHTS), "the file is empty");
}

TEST_F(Weights, Short) {
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes.resize(63); }),
            "the file is too short for a weights file");
}

TEST_F(Weights, WrongMagic) {
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes[7] = '2'; }),
            "it is no weights file of nnc");
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes.assign(bytes.size(), 0); }),
            "it is no weights file of nnc");
}

TEST_F(Weights, CutOffAndTooLong) {
  std::string cut =
      "the file has another size than its head says; it is cut or damaged";
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes.pop_back(); }), cut);
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes.push_back(0); }), cut);
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes.resize(64); }), cut);
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes[15] = 0xFF; }), cut);
}

TEST_F(Weights, OfAnotherModel) {
  std::string other = "the weights are of another model, target or layout";
  EXPECT_EQ(openSpoilt([](auto &bytes) { ++bytes[16]; }), other);
  // The fingerprint alone does not make up for another size.
  EXPECT_EQ(openSpoilt([](auto &bytes) {
              bytes.resize(192);
              bytes[8] = 192;
            }),
            other);
}

TEST_F(Weights, Corrupt) {
  std::string corrupt = "the checksum does not match; the file is damaged";
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes[100] ^= 1; }), corrupt);
  EXPECT_EQ(openSpoilt([](auto &bytes) { bytes[24] ^= 1; }), corrupt);
}

TEST_F(Weights, NullArguments) {
  EXPECT_EQ(nnc_weights_open(nullptr, &tally_model, &weights, nullptr),
            NNC_ERROR_NULL);
  EXPECT_EQ(nnc_weights_open("x", nullptr, &weights, nullptr), NNC_ERROR_NULL);
  EXPECT_EQ(nnc_weights_open("x", &tally_model, nullptr, nullptr),
            NNC_ERROR_NULL);
  EXPECT_NE(nnc_weights_check(nullptr, 128, &tally_model), nullptr);
}

TEST_F(Weights, InMemory) {
  alignas(64) unsigned char memory[TALLY_WEIGHTS_SIZE + 1];
  std::vector<unsigned char> bytes = makeWeights();
  std::memcpy(memory, bytes.data(), bytes.size());
  EXPECT_EQ(nnc_weights_check(memory, bytes.size(), &tally_model), nullptr);
  std::memmove(memory + 1, memory, bytes.size());
  EXPECT_STREQ(nnc_weights_check(memory + 1, bytes.size(), &tally_model),
               "the weights are not aligned as the model needs");
}

TEST_F(Weights, OfAModelThatHasThemInside) {
  nnc_model model = tally_model;
  model.weights_size = 0;
  write(makeWeights());
  EXPECT_EQ(nnc_weights_open(path.c_str(), &model, &weights, nullptr),
            NNC_ERROR_WEIGHTS);
}

} // namespace
