// Objects for Windows and macOS, linked by their linkers in LLVM without a C
// library: nothing but memcpy, memmove and memset is asked for (on Windows also
// _fltused, a mark without a use), the weights stay one block, and the header
// compiles as C and C++.

// DEFINE: %{c} = clang-22 -ffreestanding -fno-builtin -O1 -Wall -Wextra -Wconversion -Werror -I . %S/Inputs/freestanding.c
// DEFINE: %{cxx-check} = clang-22 -ffreestanding -fsyntax-only -Wall -Wextra -Wconversion -Werror -include m.h -x c++ -std=c++17 /dev/null

// RUN: rm -rf %t && mkdir -p %t && cd %t

// RUN: nnc %s --seed=1 --target=x86_64-pc-windows-msvc -o win.o --header m.h
// RUN: llvm-nm -u win.o | not grep -vE ' (_fltused|mem(cpy|move|set))$'
// RUN: %{c} --target=x86_64-pc-windows-msvc -std=c11 -c -o stub.o
// RUN: %{cxx-check} --target=x86_64-pc-windows-msvc
// RUN: lld-link -dll -noentry -nodefaultlib -opt:ref -export:classify win.o stub.o -out:m.dll
// RUN: llvm-readobj --coff-exports --coff-imports m.dll | FileCheck %s --check-prefix=DLL

// Large frames touch each of their pages, without the C library's __chkstk.
// RUN: nnc %s --seed=1 --target=x86_64-pc-windows-msvc --emit=ll -o - | FileCheck %s --check-prefix=PROBE
// PROBE: define internal void @nnc.probe_stack()
// PROBE: "probe-stack"="nnc.probe_stack"

// DLL-NOT: Import
// DLL: Name: classify

// RUN: nnc %s --seed=1 --target=arm64-apple-macos -o arm64.o --header m.h
// RUN: llvm-nm -u arm64.o | not grep -vE ' _mem(cpy|move|set)$'
// RUN: llvm-nm -m arm64.o | FileCheck %s --check-prefix=MAC
// RUN: %{c} --target=arm64-apple-macos11 -std=c11 -c -o stub.o
// RUN: %{cxx-check} --target=arm64-apple-macos11
// RUN: ld64.lld -arch arm64 -platform_version macos 11.0 11.0 -dylib -dead_strip -exported_symbol _classify arm64.o stub.o -o m.dylib
// RUN: llvm-nm m.dylib | FileCheck %s --check-prefix=DYLIB --implicit-check-not=U

// RUN: nnc %s --seed=1 --target=x86_64-apple-macos -o x86.o --header m.h
// RUN: llvm-nm -u x86.o | not grep -vE ' _mem(cpy|move|set)$'
// RUN: llvm-nm -m x86.o | FileCheck %s --check-prefix=MAC
// RUN: %{c} --target=x86_64-apple-macos11 -std=c11 -c -o stub.o
// RUN: %{cxx-check} --target=x86_64-apple-macos11
// RUN: ld64.lld -arch x86_64 -platform_version macos 11.0 11.0 -dylib -dead_strip -exported_symbol _classify x86.o stub.o -o m.dylib
// RUN: llvm-nm m.dylib | FileCheck %s --check-prefix=DYLIB --implicit-check-not=U

// Names within the block of weights do not cut it.
// MAC-DAG: private external _m_run
// MAC-DAG: private external _m_model
// MAC-DAG: non-external [alt entry] _m.hidden.bias
// MAC-DAG: non-external [alt entry] _m.probs.bias
// DYLIB: T _classify

nn.sequential @m {
  nn.input {shape = [300], name = "x"}
  nn.dense {units = 40, activation = "tanh", name = "hidden"}
  nn.dense {units = 10, activation = "softmax", name = "probs"}
}
