// Each stage's IR can be printed, and what was printed can be read again.

// RUN: nnc %s --seed=1 --emit=import | FileCheck %s --check-prefix=IMPORT
// RUN: nnc %s --seed=1 --emit=graph | FileCheck %s --check-prefix=GRAPH
// RUN: nnc %s --seed=1 --emit=nn | FileCheck %s --check-prefix=GRAPH
// RUN: nnc %s --seed=1 --emit=lowering | FileCheck %s --check-prefix=LOWERING
// RUN: nnc %s --seed=1 --emit=codegen | FileCheck %s --check-prefix=CODEGEN
// RUN: nnc %s --seed=1 --emit=llvm | FileCheck %s --check-prefix=LLVM

// RUN: nnc %s --seed=1 --emit=lowering | nn-opt | FileCheck %s --check-prefix=LOWERING
// RUN: nnc %s --seed=1 --emit=codegen | nn-opt | FileCheck %s --check-prefix=CODEGEN

// IMPORT:   nn.sequential @mlp
// GRAPH:    nnc.model_info
// GRAPH:    nn.dense
// LOWERING: memref.global {{.*}}@mlp.dense.kernel
// LOWERING: linalg.
// CODEGEN:  llvm.func @mlp_run
// LLVM:     define {{.*}}i32 @mlp_run(

nn.sequential @mlp {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
