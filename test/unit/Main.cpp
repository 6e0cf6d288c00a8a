//===- Main.cpp - the unit tests' main ------------------------------------===//
//
// The tests read files in child processes, which are this program again. The
// jobs of IsolatedTest are children that do what no library should.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Compile.h"
#include "test/unit/IsolatedJobs.h"
#include <gtest/gtest.h>

int main(int argc, char **argv) {
  if (auto status = nnc::runReader(argc, argv))
    return *status;
  if (auto status = nnc::runIsolatedJob(argc, argv, nnc::isolatedTestJobs()))
    return *status;
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
