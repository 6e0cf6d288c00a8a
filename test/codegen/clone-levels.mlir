// RUN: nn-opt %s --nnc-clone-levels=cpus=x86-64,haswell,x86-64-v4 | FileCheck %s
// RUN: nn-opt %s --nnc-clone-levels=cpus=haswell | FileCheck %s --check-prefix=ONE

// One body for each CPU, the least first, all of them of the same weight.
// CHECK:       memref.global "private" constant @w
// CHECK-NOT:   memref.global
// CHECK:       func.func @m.b1.v1({{.*}}nnc.batch = 1 : i64, nnc.cpu = "x86-64"
// CHECK-NEXT:    memref.get_global @w
// CHECK:       func.func @m.b1.haswell({{.*}}nnc.batch = 1 : i64, nnc.cpu = "haswell"
// CHECK-NEXT:    memref.get_global @w
// CHECK:       func.func @m.b1.v4({{.*}}nnc.batch = 1 : i64, nnc.cpu = "x86-64-v4"
// CHECK-NEXT:    memref.get_global @w
// CHECK:       func.func @m.b8.v1(
// CHECK:       func.func @m.b8.haswell(
// CHECK:       func.func @m.b8.v4(
// CHECK:       func.func private @outside()
// CHECK-NOT:   func.func

// For one CPU there is nothing to copy.
// ONE:     func.func @m.b1({{.*}} attributes {nnc.batch = 1 : i64} {
// ONE-NOT: nnc.cpu
memref.global "private" constant @w : memref<3xf32> = dense<1.0>
func.func @m.b1(%x: memref<3xf32>) -> memref<3xf32> attributes {nnc.batch = 1 : i64} {
  %w = memref.get_global @w : memref<3xf32>
  return %w : memref<3xf32>
}
func.func @m.b8(%x: memref<3xf32>) -> memref<3xf32> attributes {nnc.batch = 8 : i64} {
  return %x : memref<3xf32>
}
func.func private @outside()
