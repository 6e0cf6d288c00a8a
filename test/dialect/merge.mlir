// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Merging layers keep all their keys.

// CHECK-LABEL: nn.model @all {
// CHECK: = nn.add(%{{.*}}, %{{.*}})
// CHECK: = nn.subtract(%{{.*}}, %{{.*}})
// CHECK: = nn.multiply(%{{.*}}, %{{.*}})
// CHECK: = nn.average(%{{.*}}, %{{.*}})
// CHECK: = nn.maximum(%{{.*}}, %{{.*}})
// CHECK: = nn.minimum(%{{.*}}, %{{.*}})
// CHECK: = nn.concatenate(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: = nn.dot(%{{.*}}, %{{.*}}) {axes = [1, 2], normalize = true}

nn.model @all {
  %a = nn.input {shape = [4, 5]}
  %b = nn.input {shape = [4, 5]}
  %0 = nn.add(%a, %b)
  %1 = nn.subtract(%a, %b)
  %2 = nn.multiply(%a, %b)
  %3 = nn.average(%a, %b)
  %4 = nn.maximum(%a, %b)
  %5 = nn.minimum(%a, %b)
  %6 = nn.concatenate(%a, %b) {axis = 1}
  %7 = nn.dot(%a, %b) {axes = [1, 2], normalize = true}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}
