// Shared libraries export the model and nothing else; archives hold the model
// and the runtime's members.

// RUN: rm -rf %t && mkdir %t
// RUN: nnc %s --seed=1 -o %t/libm.so
// RUN: llvm-nm -D --defined-only %t/libm.so | FileCheck %s --check-prefix=EXPORTS --implicit-check-not=_
// RUN: llvm-readelf -d %t/libm.so | FileCheck %s --check-prefix=SONAME
// EXPORTS-DAG: m_info
// EXPORTS-DAG: m_model
// EXPORTS-DAG: m_run
// EXPORTS-DAG: m_workspace_size
// SONAME:     Library soname: [libm.so]
// SONAME-NOT: NEEDED

// RUN: nnc %s --seed=1 -o %t/libm.a
// RUN: llvm-ar t %t/libm.a | FileCheck %s --check-prefix=MEMBERS
// MEMBERS:      m.o
// MEMBERS-NEXT: .o

// RUN: nnc %s --seed=1 -o %t/arm.a --target=aarch64-linux-gnu 2>&1 | FileCheck %s --check-prefix=ALONE
// RUN: llvm-ar t %t/arm.a | count 1
// ALONE: nnc: note: there is no runtime for 'aarch64-unknown-linux-gnu'; the archive holds the model alone

// RUN: not nnc %s --seed=1 -o %t/m.so --target=wasm32 2>&1 | FileCheck %s --check-prefix=ELF
// ELF: nnc: error: shared libraries are made for ELF targets only, not for 'wasm32

nn.sequential @m {
  nn.input {shape = [3]}
  nn.dense {units = 4}
}
