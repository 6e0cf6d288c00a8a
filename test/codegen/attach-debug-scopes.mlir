// RUN: nn-opt %S/Inputs/tiny.mlir --nnc-codegen=debug-info --mlir-print-debuginfo \
// RUN:   | mlir-translate --mlir-to-llvmir | opt -O3 \
// RUN:   | llc -O3 -filetype=obj -o %t.o
// RUN: llvm-dwarfdump %t.o | FileCheck %s
// RUN: llvm-dwarfdump %t.o | FileCheck %s --check-prefix=PATHS

// Layers are functions that were inlined.
// CHECK: DW_TAG_compile_unit
// CHECK: DW_AT_name ("tiny.mlir")
// CHECK-DAG: DW_AT_name ("d1")
// CHECK-DAG: DW_AT_name ("d2")
// CHECK-DAG: DW_TAG_inlined_subroutine

// No path of the machine.
// PATHS-NOT: /home
