// RUN: not nn-opt %s --nnc-winograd=tile-size=3 2>&1 | FileCheck %s

// CHECK: error: there are no tiles of 3 results
module {
  func.func @f() { return }
}
