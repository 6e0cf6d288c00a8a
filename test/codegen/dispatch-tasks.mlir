// RUN: nn-opt %s --nnc-dispatch-tasks | FileCheck %s

// Without a parallel-for the tasks run one after the other; with one, and no
// failure before, it gets them all, and each says that it was run.
// CHECK-LABEL: llvm.func internal @dispatch(%arg0: i64, %arg1: !llvm.ptr, %arg2: !llvm.ptr)
// CHECK-NOT: nnc.
// CHECK: %[[P:.*]] = llvm.getelementptr %arg1[0, 0] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr, i32)>
// CHECK: %[[PARALLEL:.*]] = llvm.load %[[P]] : !llvm.ptr -> !llvm.ptr
// CHECK: llvm.icmp "eq" %[[PARALLEL]]
// CHECK: llvm.getelementptr %arg1[0, 1]
// CHECK: llvm.call @task(%{{.*}}, %arg0, %arg1, %arg2) : (i64, i64, !llvm.ptr, !llvm.ptr) -> ()
// CHECK: %[[DATA:.*]] = llvm.alloca %{{.*}} x !llvm.struct<(i64, ptr, ptr, array<8 x i8>)>
// CHECK: "llvm.intr.memset"
// CHECK: %[[CALL:.*]] = llvm.mlir.addressof @task.run
// CHECK: llvm.call %{{.*}}(%{{.*}}, %[[CALL]], %[[DATA]], %{{.*}}) : !llvm.ptr, (!llvm.ptr, !llvm.ptr, !llvm.ptr, i32) -> i32
// CHECK: llvm.store %{{.*}}, %{{.*}} : i32, !llvm.ptr
// CHECK-LABEL: llvm.func internal @task.run(%arg0: !llvm.ptr, %arg1: i32)
// CHECK: llvm.call @task(
// CHECK: llvm.store %{{.*}} : i8, !llvm.ptr
llvm.func @dispatch(i64, !llvm.ptr, !llvm.ptr) attributes {nnc.run = 1 : i64, nnc.task = @task, nnc.tasks = 8 : i64}
llvm.func internal @task(%index: i64, %step: i64, %run: !llvm.ptr, %x: !llvm.ptr) {
  llvm.return
}
