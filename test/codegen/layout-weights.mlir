// RUN: nn-opt %s --nnc-layout-weights | FileCheck %s
// RUN: nn-opt %s --nnc-layout-weights=external | FileCheck %s

// Three weights in the order of the module, each at a multiple of 64; values
// of a splat and of a resource alike; what nobody reads is dropped.
// CHECK: module attributes
// CHECK-SAME: nnc.weights_blob = dense_resource<nnc_weights{{.*}}> : tensor<192xi8>
// CHECK-NOT: memref.global
memref.global "private" constant @"m.a.kernel" : memref<2x3xf32> = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]>
memref.global "private" constant @"m.unread" : memref<100xf32> = dense<0.0>
memref.global "private" constant @"m.a.bias" : memref<3xf32> = dense<1.5>
memref.global "private" constant @"m.b.table" : memref<2xi32> = dense_resource<table>

// CHECK-LABEL: func.func @body
// CHECK-SAME: %[[X:.*]]: memref<3xf32>, %[[W:.*]]: memref<192xi8> {nnc.weights}
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
// CHECK-DAG: %[[C128:.*]] = arith.constant 128 : index
// CHECK-DAG: memref.view %[[W]][%[[C0]]][] : memref<192xi8> to memref<2x3xf32>
// CHECK-DAG: memref.view %[[W]][%[[C64]]][] : memref<192xi8> to memref<3xf32>
// CHECK-DAG: memref.view %[[W]][%[[C128]]][] : memref<192xi8> to memref<2xi32>
func.func @body(%x: memref<3xf32>) -> (memref<2x3xf32>, memref<3xf32>, memref<2xi32>) attributes {nnc.batch = 1 : i64} {
  %a = memref.get_global @"m.a.kernel" : memref<2x3xf32>
  %b = memref.get_global @"m.a.bias" : memref<3xf32>
  %c = memref.get_global @"m.b.table" : memref<2xi32>
  return %a, %b, %c : memref<2x3xf32>, memref<3xf32>, memref<2xi32>
}

// CHECK: nnc_weights{{.*}}: "0x400000000000803F0000004000004040000080400000A0400000C040{{0+}}0000C03F0000C03F0000C03F{{0+}}0700000008000000{{0+}}"
{-#
  dialect_resources: {
    builtin: {
      table: "0x040000000700000008000000"
    }
  }
#-}
