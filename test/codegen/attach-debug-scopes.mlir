// RUN: nn-opt %s --nnc-attach-debug-scopes --mlir-print-debuginfo | FileCheck %s

// An operation of a layer gets the layer as an inlined function; others get
// the function they are in.
// CHECK-DAG: #[[FILE:.*]] = #llvm.di_file<"net.mlir" in "">
// CHECK-DAG: #[[LAYER:.*]] = #llvm.di_subprogram<{{.*}}name = "conv1", file = #[[FILE]], line = 7
// CHECK-DAG: #[[IN:.*]] = loc(fused<#[[LAYER]]>[{{.*}}])
// CHECK-DAG: linkageName = "body"
// CHECK-DAG: loc(callsite(#[[IN]] at
llvm.func @body(%x: f32) -> f32 {
  %y = llvm.fmul %x, %x : f32 loc(#conv1)
  llvm.return %y : f32
}
#conv1 = loc("conv1"("/home/someone/net.mlir":7:3))
