// RUN: nnc %s --emit=import | FileCheck %s
// RUN: nnc - --emit=import < %s | FileCheck %s
// RUN: nn-opt --emit-bytecode %s -o %t.bin && nnc %t.bin --emit=import | FileCheck %s

// Text and bytecode are told apart by their content; what is read is what was
// written.

// CHECK: nn.sequential @m {
// CHECK-NEXT: %{{.*}} = nn.input {shape = [3]}
// CHECK-NEXT: %{{.*}} = nn.dense {units = 4}

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
