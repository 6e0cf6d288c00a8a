// The object needs nothing but memcpy, memmove and memset, and what it offers
// stays in the program that it is linked into.

// RUN: nnc %s --seed=1 -o %t.o
// RUN: llvm-nm -u %t.o | FileCheck %s --check-prefix=NEEDS --allow-empty --implicit-check-not=U
// RUN: llvm-readelf -sW %t.o | FileCheck %s --check-prefix=HIDDEN
// RUN: nnc %s --seed=1 -o %t.o --visibility=default
// RUN: llvm-readelf -sW %t.o | FileCheck %s --check-prefix=DEFAULT

// NEEDS: {{^( +U mem(cpy|move|set))?$}}
// HIDDEN-DAG: GLOBAL HIDDEN {{.*}} m_run
// HIDDEN-DAG: GLOBAL HIDDEN {{.*}} m_workspace_size
// HIDDEN-DAG: GLOBAL HIDDEN {{.*}} m_model
// DEFAULT-DAG: GLOBAL DEFAULT {{.*}} m_run
// DEFAULT-DAG: GLOBAL DEFAULT {{.*}} m_model

// Weights keep their names.
// RUN: llvm-nm %t.o | FileCheck %s --check-prefix=NAMES
// NAMES-DAG: m.dense.bias
// NAMES-DAG: m.dense.kernel
// NAMES-DAG: m.dense_1.kernel

// One section per function; no constructors, no thread-local storage, no
// executable stack, nothing writable but what the loader relocates.
// RUN: llvm-readelf -SW %t.o | FileCheck %s --check-prefix=SECTIONS
// SECTIONS-NOT: .{{init_array|ctors|tdata|tbss|eh_frame}}
// SECTIONS-NOT: {{ WA | WAX }}
// SECTIONS:     .text.m_run
// SECTIONS-NOT: .{{init_array|ctors|tdata|tbss|eh_frame}}
// SECTIONS:     .note.GNU-stack {{.*}} 00 0 0 1

nn.sequential @m {
  nn.input {shape = [300]}
  nn.dense {units = 40, activation = "tanh"}
  nn.dense {units = 10, activation = "softmax"}
}
