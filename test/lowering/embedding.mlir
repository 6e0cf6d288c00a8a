// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The table is read at an index that is always inside; the body returns 7
// (NNC_ERROR_INDEX) if any was not.

// CHECK-LABEL: func.func private @m
// CHECK-DAG: %[[TABLE:.*]] = bufferization.to_tensor %{{.*}} restrict : memref<5x4xf32> to tensor<5x4xf32>
// CHECK-DAG: %[[X:.*]] = bufferization.to_tensor %arg0 restrict : memref<2x3xi32> to tensor<2x3xi32>
// CHECK: %[[EACH:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<2x3xi32>)
// CHECK: %[[ROWS:.*]] = arith.constant 5 : i32
// CHECK: %[[OK:.*]] = arith.cmpi ult, %{{.*}}, %[[ROWS]] : i32
// CHECK: %[[GOOD:.*]] = arith.constant 0 : i32
// CHECK: %[[BAD:.*]] = arith.constant 7 : i32
// CHECK: arith.select %[[OK]], %[[GOOD]], %[[BAD]] : i32
// CHECK: %[[ANY:.*]] = linalg.generic {{.*}} iterator_types = ["reduction", "reduction"]} ins(%[[EACH]]
// CHECK: arith.ori
// CHECK: %[[STATUS:.*]] = tensor.extract %[[ANY]][] : tensor<i32>
// CHECK: %[[SAFE:.*]] = linalg.generic {{.*}} ins(%[[X]] : tensor<2x3xi32>)
// CHECK: arith.select {{.*}} : i32
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel"]} ins(%[[SAFE]] : tensor<2x3xi32>)
// CHECK: %[[ROW:.*]] = arith.index_cast %{{.*}} : i32 to index
// CHECK: %[[COLUMN:.*]] = linalg.index 2 : index
// CHECK: tensor.extract %[[TABLE]][%[[ROW]], %[[COLUMN]]] : tensor<5x4xf32>
// CHECK: return %[[STATUS]] : i32
nn.weight @m.e.embeddings : tensor<5x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [3], name = "x", dtype = "int32"} : tensor<2x3xi32>
  %1 = nn.embedding(%0) {input_dim = 5, output_dim = 4, name = "e", weights = {embeddings = @m.e.embeddings}} : (tensor<2x3xi32>) -> tensor<2x3x4xf32>
  nn.output(%1) : tensor<2x3x4xf32>
}

// -----

// f32 indices truncate towards zero: more than -1 and less than the rows. A NaN
// is neither. Two statuses are combined.

// CHECK-LABEL: func.func private @m
// CHECK: %[[LOW:.*]] = arith.constant -1.000000e+00 : f32
// CHECK: %[[A:.*]] = arith.cmpf ogt, %{{.*}}, %[[LOW]] : f32
// CHECK: %[[HIGH:.*]] = arith.constant 5.000000e+00 : f32
// CHECK: %[[B:.*]] = arith.cmpf olt, %{{.*}}, %[[HIGH]] : f32
// CHECK: arith.andi %[[A]], %[[B]] : i1
// CHECK: %[[S0:.*]] = tensor.extract
// CHECK: %[[SAFE:.*]] = arith.select {{.*}} : f32
// CHECK: arith.fptosi %[[SAFE]] : f32 to i32
// CHECK: %[[S1:.*]] = tensor.extract %{{.*}}[] : tensor<i32>
// CHECK: %[[STATUS:.*]] = arith.ori %[[S0]], %[[S1]] : i32
// CHECK: return %[[STATUS]] : i32
nn.weight @m.e.embeddings : tensor<5x1xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [], name = "x"} : tensor<1xf32>
  %1 = nn.embedding(%0) {input_dim = 5, output_dim = 1, name = "e", weights = {embeddings = @m.e.embeddings}} : (tensor<1xf32>) -> tensor<1x1xf32>
  %2 = nn.embedding(%1) {input_dim = 5, output_dim = 1, name = "f", weights = {embeddings = @m.e.embeddings}} : (tensor<1x1xf32>) -> tensor<1x1x1xf32>
  nn.output(%2) : tensor<1x1x1xf32>
}
