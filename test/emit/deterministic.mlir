// The same input and options give the same bytes, wherever nnc runs.

// RUN: rm -rf %t && mkdir -p %t/a %t/b && cp %s %t/a/m.mlir && cp %s %t/b/m.mlir
// RUN: cd %t/a && nnc m.mlir --seed=1 --header m.h -o m.o && nnc m.mlir --seed=1 -g -o g.o
// RUN: cd %t/a && nnc m.mlir --seed=1 -o m.so && nnc m.mlir --seed=1 -o m.a
// RUN: cd %t/b && nnc m.mlir --seed=1 --header m.h -o m.o && nnc m.mlir --seed=1 -g -o g.o
// RUN: cd %t/b && nnc m.mlir --seed=1 -o m.so && nnc m.mlir --seed=1 -o m.a
// RUN: cmp %t/a/m.o %t/b/m.o && cmp %t/a/m.h %t/b/m.h && cmp %t/a/g.o %t/b/g.o
// RUN: cmp %t/a/m.so %t/b/m.so && cmp %t/a/m.a %t/b/m.a

nn.sequential @m {
  nn.input {shape = [30]}
  nn.dense {units = 40, activation = "relu"}
  nn.dense {units = 10, activation = "softmax"}
}
