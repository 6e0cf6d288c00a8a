// What nnc tells of its work on request; it goes to stderr.

// RUN: rm -rf %t && mkdir %t
// RUN: nnc %s --seed=1 -o %t/m.o -v 2>&1 | FileCheck %s --check-prefix=STAGES
// STAGES:      {{^}}nnc: import{{$}}
// STAGES-NEXT: {{^}}nnc: import took {{[0-9]+\.[0-9]+}} s{{$}}
// STAGES-NEXT: {{^}}nnc: graph{{$}}
// STAGES:      {{^}}nnc: lowering{{$}}
// STAGES-NEXT: nnc: lowering took
// STAGES-NEXT: {{^}}nnc: codegen{{$}}
// STAGES-NEXT: nnc: codegen took
// STAGES-NEXT: {{^}}nnc: emit{{$}}

// RUN: nnc %s --seed=1 -o %t/m.o --time-passes 2>&1 | FileCheck %s --check-prefix=TIME
// TIME: Execution time report
// TIME: graph
// TIME: codegen
// TIME: emit

// RUN: nnc %s --seed=1 -o %t/m.o --dump-pass-pipeline 2>&1 | FileCheck %s --check-prefix=PASSES
// PASSES: graph: builtin.module(
// PASSES: codegen: builtin.module(

// RUN: nnc %s --seed=1 -o %t/m.o --mlir-print-ir-tree-dir=%t/ir
// RUN: ls %t/ir | FileCheck %s --check-prefix=TREE
// TREE: codegen
// TREE: graph
// TREE: lowering

nn.sequential @mlp {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
