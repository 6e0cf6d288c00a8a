// One object for every x86-64 CPU: the model's code at three levels, one word
// for the level that the machine has, and nothing else that is writable.

// RUN: nnc %s --seed=1 -o %t.o --header %t.h --target=x86_64-linux-gnu
// RUN: llvm-nm %t.o | FileCheck %s --check-prefix=NAMES
// RUN: llvm-readelf -SW %t.o | FileCheck %s --check-prefix=SECTIONS
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck %s --check-prefix=CODE
// RUN: FileCheck %s --check-prefix=HEADER < %t.h

// NAMES-DAG: b m_level
// NAMES-DAG: T m_prepare
// NAMES-DAG: T m_run
// NAMES-DAG: t m_run.v1
// NAMES-DAG: t m_run.v3
// NAMES-DAG: t m_run.v4
// NAMES-NOT: m_run.v2

// SECTIONS-NOT: .{{init_array|ctors|tdata|tbss|data.m}}
// SECTIONS:     .bss.m_level NOBITS {{[0-9a-f]+ [0-9a-f]+}} 000004 00 WA
// SECTIONS-NOT: .{{init_array|ctors|tdata|tbss|bss|data.m}}

// Each level with the registers that it may use.
// CODE-LABEL: <m_range.v1>:
// CODE:         mulps {{.*}}%xmm
// CODE-NOT:   %ymm
// CODE-LABEL: <m_range.v3>:
// CODE:         vfmadd{{.*}}%ymm
// CODE-NOT:   %zmm
// CODE-LABEL: <m_range.v4>:
// CODE:         vfmadd{{.*}}%zmm
// CODE-LABEL: <m_choose>:
// CODE:         cpuid
// CODE:         xgetbv

// HEADER: --mcpu=x86-64,x86-64-v3,x86-64-v4
// HEADER: void m_prepare(void);

// All levels share one packing of the weights, in the object or in a file.
// RUN: nnc %s --seed=1 -o %t.e.o --weights-out %t.all
// RUN: nnc %s --seed=1 -o %t.e.o --weights-out %t.v1 --mcpu=x86-64
// RUN: nnc %s --seed=1 -o %t.e.o --weights-out %t.v4 --mcpu=x86-64-v4
// RUN: cmp %t.all %t.v1 && cmp %t.all %t.v4

// A list of CPUs, as assembly and as LLVM IR.
// RUN: nnc %s --seed=1 -o %t.s --target=x86_64-linux-gnu --mcpu=x86-64-v2,znver4 && FileCheck %s --check-prefix=LIST < %t.s
// RUN: nnc %s --seed=1 -o %t.ll --target=x86_64-linux-gnu --mcpu=x86-64-v2,znver4 && FileCheck %s --check-prefix=IR < %t.ll
// LIST-DAG: m_run.v2:
// LIST-DAG: m_run.znver4:
// LIST-DAG: cpuid
// IR-DAG: @m_level = internal {{.*}}global i32 0, align 4
// IR-DAG: load atomic i32, ptr @m_level monotonic, align 4
// IR-DAG: "target-cpu"="x86-64-v2"
// IR-DAG: "target-cpu"="znver4"

// For one CPU there is nothing to choose, and nothing writable.
// RUN: nnc %s --seed=1 -o %t.one.o --target=x86_64-linux-gnu --mcpu=x86-64-v3
// RUN: llvm-nm %t.one.o | FileCheck %s --check-prefix=ONE --implicit-check-not=m_level --implicit-check-not=.v3
// RUN: nnc %s --seed=1 -o %t.one.o --target=x86_64-linux-gnu --mattr=+avx2
// RUN: llvm-nm %t.one.o | FileCheck %s --check-prefix=ONE --implicit-check-not=m_level
// RUN: nnc %s --seed=1 -o %t.one.o --target=aarch64-linux-gnu
// RUN: llvm-nm %t.one.o | FileCheck %s --check-prefix=ONE --implicit-check-not=m_level
// ONE: T m_prepare

nn.sequential @m {
  nn.input {shape = [300]}
  nn.dense {units = 128, activation = "relu"}
  nn.dense {units = 10}
}
