//===- IsolatedJobs.h - child processes that misbehave ----------*- C++ -*-===//
//
// What IsolatedTest has its children do; the unit tests' main knows of it.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TEST_UNIT_ISOLATEDJOBS_H
#define NNC_TEST_UNIT_ISOLATEDJOBS_H

#include "compiler/import/Isolated.h"
#include <vector>

namespace nnc {

std::vector<IsolatedJob> isolatedTestJobs();

} // namespace nnc

#endif // NNC_TEST_UNIT_ISOLATEDJOBS_H
