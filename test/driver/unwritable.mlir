// If one output cannot be written, none is.

// RUN: rm -rf %t && mkdir %t
// RUN: not nnc %s --seed=1 -o %t/m.o --header %t/missing/m.h 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not nnc %s --seed=1 -o %t/m.o --header %t/m.o 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: not nnc %s --seed=1 --emit=obj -o %t 2>&1 | FileCheck %s --check-prefix=FOLDER
// RUN: ls %t | count 0

// MISSING: nnc: error: cannot write '{{.*}}missing/m.h': No such file or directory
// TWICE:   nnc: error: two outputs have the same name
// FOLDER:  nnc: error: cannot write '{{.*}}': Is a directory

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
