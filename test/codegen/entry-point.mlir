// RUN: nn-opt %s --nnc-entry-point | FileCheck %s
// RUN: nn-opt %s --nnc-entry-point=pointer-bits=32 | FileCheck %s --check-prefix=P32

// One struct of arguments; size_t is as wide as a pointer (tiny.test runs it).
// CHECK-DAG: llvm.func @m_run(%{{.*}}: !llvm.ptr) -> i32
// CHECK-DAG: llvm.func @m_workspace_size(%{{.*}}: i32) -> i64
// CHECK-DAG: llvm.mlir.global external constant @m_model()
// CHECK-DAG: llvm.func internal @m_task(%{{.*}}: !llvm.ptr, %{{.*}}: i32)
// CHECK-DAG: llvm.getelementptr %{{.*}}[0, 8] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i64, i64, ptr, i64, ptr, ptr, i64, ptr, ptr, ptr)>
// P32-DAG: llvm.func @m_workspace_size(%{{.*}}: i32) -> i32
// P32-DAG: llvm.getelementptr %{{.*}}[0, 8] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i64, i64, ptr, i32, ptr, ptr, i32, ptr, ptr, ptr)>
module attributes {nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22inputs\22:[{\22name\22:\22x\22,\22kerasName\22:\22x\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22outputs\22:[{\22name\22:\22y\22,\22kerasName\22:\22y\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22workspaceBytes\22:64}"} {
  llvm.func internal @m.b1(%x: !llvm.ptr, %y: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}
