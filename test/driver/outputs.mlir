// What is written where, by -o, --emit and the name of the input.

// RUN: rm -rf %t && mkdir %t && cp %s %t/mlp.mlir && cd %t

// Without options: object and header, named after the input.
// RUN: nnc mlp.mlir --seed=1
// RUN: llvm-nm mlp.o | FileCheck %s --check-prefix=OBJECT
// RUN: FileCheck %s --check-prefix=HEADER --input-file=mlp.h
// OBJECT-DAG: mlp_model
// OBJECT-DAG: T mlp_run
// OBJECT-DAG: T mlp_workspace_size
// HEADER: nnc {{[0-9.]+}}
// HEADER: mlp.mlir (xxh3 {{[0-9a-f]+}})
// HEADER: int{{ +}}mlp_run(const mlp_args *args);

// With -o: that file alone.
// RUN: mkdir one && nnc mlp.mlir --seed=1 -o one/m.o
// RUN: ls one | FileCheck %s --check-prefix=ONE
// ONE: m.o
// ONE-NOT: {{.}}

// The ending decides.
// RUN: nnc mlp.mlir --seed=1 -o m.s && FileCheck %s --check-prefix=ASM --input-file=m.s
// RUN: nnc mlp.mlir --seed=1 -o m.ll && FileCheck %s --check-prefix=LL --input-file=m.ll
// RUN: nnc mlp.mlir --seed=1 -o m.bc && llvm-dis m.bc -o - | FileCheck %s --check-prefix=LL
// RUN: nnc mlp.mlir --seed=1 -o m.mlir && FileCheck %s --check-prefix=NN --input-file=m.mlir
// RUN: nnc mlp.mlir --seed=1 -o m.mlirbc && nn-opt m.mlirbc | FileCheck %s --check-prefix=NN
// ASM: mlp_run:
// LL:  define hidden {{.*}}@mlp_run
// NN:  nn.dense

// --emit decides outright, and text goes to stdout.
// RUN: nnc mlp.mlir --seed=1 --emit=obj -o m.any && cmp m.any one/m.o
// RUN: nnc mlp.mlir --seed=1 --emit=asm | FileCheck %s --check-prefix=ASM
// RUN: nnc mlp.mlir --seed=1 --emit=header | FileCheck %s --check-prefix=HEADER
// RUN: nnc mlp.mlir --seed=1 --emit=dot | FileCheck %s --check-prefix=DOT
// RUN: nnc mlp.mlir --seed=1 --emit=svg | FileCheck %s --check-prefix=SVG
// RUN: nnc mlp.mlir --seed=1 -o m.svg && FileCheck %s --check-prefix=SVG --input-file=m.svg
// RUN: nnc mlp.mlir --seed=1 --emit=summary | FileCheck %s --check-prefix=SUMMARY
// DOT: digraph
// SVG:      <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 [[W:[0-9]+]] [[H:[0-9]+]]" width="[[W]]" height="[[H]]">
// SVG-NEXT: <title>mlp</title>
// SVG:      <path d="M{{[0-9]+}} {{[0-9]+}}C{{.*}}" marker-end="url(#arrow)"/>
// SVG-NEXT: <path
// SVG-NEXT: <g class="weights"><title>dense (Dense) (None, 4)</title><rect
// SVG-NEXT: <text class="name"{{.*}}>dense</text>
// SVG-NEXT: <text {{.*}}>Dense · 16 params</text>
// SVG-NEXT: <text {{.*}}>(None, 4)</text>
// SVG-NEXT: </g>
// SVG:      <title>dense_1 (Dense) (None, 1)</title>
// SVG:      rx="16"/>
// SVG:      </svg>
// SUMMARY: Model: "mlp"
// SUMMARY: Total params: 21

// Stdin and stdout.
// RUN: cat mlp.mlir | nnc - --seed=1 -o - --emit=obj > piped.o && cmp piped.o one/m.o

nn.sequential @mlp {
  nn.input {shape = [3]}
  nn.dense {units = 4, activation = "relu"}
  nn.dense {units = 1}
}
