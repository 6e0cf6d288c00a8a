// RUN: nn-opt %s --nnc-link --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// Every layer's location carries its name.

// CHECK: nn.input {{.*}} loc("input_layer"("{{.*}}link-locations.mlir":9:3))
// CHECK: nn.dense({{.*}} loc("dense"("{{.*}}link-locations.mlir":10:3))

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
