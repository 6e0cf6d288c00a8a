// RUN: nn-opt %s --pass-pipeline='builtin.module(llvm.func(nnc-assign-alias-scopes))' | FileCheck %s

// Buffers at 0 and 64 are apart; the one at 64 shares bytes with that at 128,
// about which nothing is claimed.
// CHECK-DAG: #[[AT0:.*]] = #llvm.alias_scope<id = distinct[{{.*}}]<>, domain = #{{.*}}, description = "at 0">
// CHECK-DAG: #[[AT64:.*]] = #llvm.alias_scope<id = distinct[{{.*}}]<>, domain = #{{.*}}, description = "at 64">
// CHECK-DAG: #[[AT128:.*]] = #llvm.alias_scope<id = distinct[{{.*}}]<>, domain = #{{.*}}, description = "at 128">
// CHECK-LABEL: llvm.func @body
// CHECK-NOT: nnc.arena
// CHECK: llvm.load %arg1 {alias_scopes = [#[[AT0]]], {{.*}}noalias_scopes = [#[[AT64]], #[[AT128]]]}
// CHECK: llvm.load %{{.*}} {alias_scopes = [#[[AT64]]], {{.*}}noalias_scopes = [#[[AT0]]]}
// CHECK: llvm.store %{{.*}} {alias_scopes = [#[[AT128]]], {{.*}}noalias_scopes = [#[[AT0]]]}
// CHECK: llvm.load %arg0 : !llvm.ptr -> f32
llvm.func @body(%x: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) attributes {nnc.arena = array<i64: 0, 64, 64, 128, 128, 64>} {
  %i = llvm.mlir.constant(3 : i64) : i64
  %o = llvm.mlir.constant(128 : i64) : i64
  %a = llvm.load %arena : !llvm.ptr -> f32
  %p = llvm.getelementptr %arena[64] : (!llvm.ptr) -> !llvm.ptr, i8
  %q = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, f32
  %b = llvm.load %q : !llvm.ptr -> f32
  %r = llvm.getelementptr %arena[%o] : (!llvm.ptr, i64) -> !llvm.ptr, i8
  llvm.store %b, %r : f32, !llvm.ptr
  %c = llvm.load %x : !llvm.ptr -> f32
  llvm.return
}

// Without a plan nothing is claimed.
// CHECK-LABEL: llvm.func @other
// CHECK-NOT: alias_scopes
llvm.func @other(%x: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) {
  %a = llvm.load %arena : !llvm.ptr -> f32
  llvm.return
}
