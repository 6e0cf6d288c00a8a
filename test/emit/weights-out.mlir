// Weights in a file of their own: one that --weights-out writes beside the
// object is the one that --emit=weights makes, and the code is then the same
// whatever the weights are.

// RUN: rm -rf %t && mkdir %t
// RUN: nnc %s --seed=1 -o %t/m.o --weights-out=%t/m.weights
// RUN: nnc %s --seed=1 --emit=weights -o %t/same.weights
// RUN: cmp %t/m.weights %t/same.weights
// RUN: od -A d -c -N 8 %t/m.weights | FileCheck %s --check-prefix=MAGIC
// MAGIC: N N C W G H T 1

// RUN: nnc %s --seed=2 -o %t/other.o --weights-out=%t/other.weights
// RUN: cmp %t/m.o %t/other.o
// RUN: not cmp %t/m.weights %t/other.weights

// A model without weights has no such file.
// RUN: echo "nn.sequential @plain { nn.input {shape = [3]} nn.relu }" >%t/plain.mlir
// RUN: not nnc %t/plain.mlir -o %t/plain.o --weights-out=%t/plain.weights 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not ls %t/plain.o
// NONE: error: the model 'plain' has no weights to write to a file [N002]

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
