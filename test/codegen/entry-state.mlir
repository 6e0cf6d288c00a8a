// RUN: nn-opt %s --nnc-entry-point --split-input-file | FileCheck %s

// A body with a state gets it from the row's first half and leaves the next one
// in the second; when the call is over, one half becomes the other.

// CHECK-DAG: llvm.func internal @m_settle(%{{.*}}: !llvm.ptr, %{{.*}}: i32) -> i32
// CHECK-DAG: "llvm.intr.memcpy"(%{{.*}}, %{{.*}}, %[[HALF:.*]]) <{isVolatile = false}>
// CHECK-DAG: llvm.func @m_reset(%{{.*}}: !llvm.ptr, %{{.*}}: i64)
// CHECK-DAG: "llvm.intr.memset"
// CHECK-DAG: llvm.mlir.addressof @m_reset
// CHECK-DAG: llvm.call @m_settle
module attributes {nnc.model_info = "{\22symbol\22:\22m\22,\22inputs\22:[{\22name\22:\22x\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22outputs\22:[{\22name\22:\22y\22,\22dtype\22:\22float32\22,\22shape\22:[4]}],\22workspaceBytes\22:64,\22stateBytes\22:32}"} {
  llvm.func internal @m.b1(%x: !llvm.ptr, %y: !llvm.ptr, %from: !llvm.ptr, %to: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64, nnc.state = 16 : i64} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}

// -----

// A stream's arguments end with the number of steps; there is no state here.

// CHECK: llvm.func internal @s.b1
// CHECK-NOT: @s_settle
// CHECK-NOT: @s_reset
// CHECK: llvm.getelementptr %{{.*}}[0, 10] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i64, i64, ptr, i64, ptr, ptr, i64, ptr, ptr, ptr, i64)>
// CHECK: dense<[-1, 4]>
module attributes {nnc.model_info = "{\22symbol\22:\22s\22,\22inputs\22:[{\22name\22:\22x\22,\22dtype\22:\22float32\22,\22shape\22:[4],\22stepped\22:true}],\22outputs\22:[{\22name\22:\22y\22,\22dtype\22:\22float32\22,\22shape\22:[4],\22stepped\22:true}],\22workspaceBytes\22:64}"} {
  llvm.func internal @s.b1(%x: !llvm.ptr, %y: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}
