//===- NNGenerated.cpp - what mlir-tblgen makes of the records ------------===//
//
// The generated definitions alone, in a file of their own: they are by far the
// slowest part of the dialect to compile and change only with the records.
//
//===----------------------------------------------------------------------===//

#include "dialect/NNOps.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpImplementation.h"

#include "dialect/LayerOpInterface.cpp.inc"

#define GET_OP_CLASSES
#include "dialect/NNOps.cpp.inc"
