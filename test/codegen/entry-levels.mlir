// RUN: nn-opt %s --nnc-entry-point | FileCheck %s
// RUN: sed s/haswell/alpha/g %s | not nn-opt --nnc-entry-point 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// UNKNOWN: error: CPU 'alpha' cannot be told from others at run time

// A whole call for each level, compiled for its CPU.
// CHECK:      llvm.func internal @m_run.v1(
// CHECK-SAME:   target_cpu = "x86-64"
// CHECK:      llvm.func internal @m_run.haswell(
// CHECK-SAME:   target_cpu = "haswell"

// One word, nothing to start with.
// CHECK: llvm.mlir.global internal @m_level(0 : i32) {{.*}}: i32

// The machine is asked; without the system's saving of the registers, which
// xgetbv tells where it is there, wide vectors are not used.
// CHECK-LABEL: llvm.func internal @m_choose() -> i32
// CHECK-NOT:   target_cpu
// CHECK:       llvm.inline_asm "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}"
// CHECK:       %[[SAVES:.*]] = llvm.mlir.constant(134217728 : i32)
// CHECK:       llvm.cond_br
// CHECK:       llvm.inline_asm "xgetbv"
// CHECK:       %[[YMM:.*]] = llvm.mlir.constant(6 : i32)
// CHECK:       llvm.store %[[LEVEL:.*]], %{{.*}} atomic monotonic
// CHECK-NEXT:  llvm.return %[[LEVEL]]

// CHECK-LABEL: llvm.func @m_run(
// CHECK:       %[[WORD:.*]] = llvm.load %{{.*}} atomic monotonic
// CHECK:       llvm.switch %[[WORD]] : i32, ^[[FIRST:.*]] [
// CHECK-NEXT:    1: ^[[V1:.*]],
// CHECK-NEXT:    2: ^[[HASWELL:.*]]
// CHECK:       ^[[FIRST]]:
// CHECK-NEXT:    llvm.call @m_first
// CHECK:       ^[[V1]]:
// CHECK-NEXT:    llvm.call @m_run.v1
// CHECK:       ^[[HASWELL]]:
// CHECK-NEXT:    llvm.call @m_run.haswell

// CHECK-LABEL: llvm.func internal @m_first(
// CHECK:         llvm.call @m_choose
// CHECK:         llvm.call @m_run(

// CHECK-LABEL: llvm.func @m_prepare()
// CHECK:         llvm.call @m_choose
module attributes {nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22inputs\22:[{\22name\22:\22x\22,\22kerasName\22:\22x\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22outputs\22:[{\22name\22:\22y\22,\22kerasName\22:\22y\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22workspaceBytes\22:64}"} {
  llvm.func internal @m.b1.v1(%x: !llvm.ptr, %y: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64, target_cpu = "x86-64"} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
  llvm.func internal @m.b1.haswell(%x: !llvm.ptr, %y: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64, target_cpu = "haswell"} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}
