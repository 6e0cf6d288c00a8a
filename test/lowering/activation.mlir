// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Elementwise activations are formulas on scalars, each in a loop of its own
// until codegen fuses them. A NaN passes through maximumf and minimumf.

// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]}
// relu
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK: arith.maximumf %[[X]], %[[ZERO]] : f32
// sigmoid
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[N:.*]] = arith.negf %[[X]] : f32
// CHECK: %[[E:.*]] = math.exp %[[N]] : f32
// CHECK: %[[D:.*]] = arith.addf %{{.*}}, %[[E]] : f32
// CHECK: arith.divf %{{.*}}, %[[D]] : f32
// softplus, which does not overflow
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK: %[[A:.*]] = math.absf %[[X]] : f32
// CHECK: %[[N:.*]] = arith.negf %[[A]] : f32
// CHECK: %[[E:.*]] = math.exp %[[N]] : f32
// CHECK: math.log1p %[[E]] : f32
// gelu, exact
// CHECK: math.erf
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.activation(%0) {activation = "relu", name = "a"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %2 = nn.activation(%1) {activation = "sigmoid", name = "b"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %3 = nn.activation(%2) {activation = "softplus", name = "c"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  %4 = nn.activation(%3) {activation = "gelu", name = "d"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%4) : tensor<1x3xf32>
}

// -----

// linear is nothing.

// CHECK-LABEL: func.func private @m
// CHECK-NOT: linalg.generic
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.activation(%0) {activation = "linear", name = "a"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// threshold brings its arguments.

// CHECK-LABEL: func.func private @m
// CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: f32):
// CHECK-DAG: %[[T:.*]] = arith.constant 2.500000e-01 : f32
// CHECK-DAG: %[[V:.*]] = arith.constant -9.000000e+00 : f32
// CHECK: %[[C:.*]] = arith.cmpf ogt, %[[X]], %[[T]] : f32
// CHECK: arith.select %[[C]], %[[X]], %[[V]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.activation(%0) {activation = "threshold", threshold = 0.25, default_value = -9.0, name = "a"} : (tensor<1x3xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// glu gates the first half of the last axis with the second.

// CHECK-LABEL: func.func private @m
// CHECK: %[[V:.*]] = tensor.extract_slice %[[X:.*]][0, 0] [1, 3] [1, 1]
// CHECK: %[[G:.*]] = tensor.extract_slice %[[X]][0, 3] [1, 3] [1, 1]
// CHECK: linalg.generic {{.*}} ins(%[[V]], %[[G]] :
// CHECK: arith.mulf
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6], name = "x"} : tensor<1x6xf32>
  %1 = nn.activation(%0) {activation = "glu", name = "a"} : (tensor<1x6xf32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// log_softmax: x - max - log(sum(exp(x - max))).

// CHECK-LABEL: func.func private @m
// CHECK: arith.maximumf
// CHECK: %[[SHIFTED:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]}
// CHECK: arith.subf
// CHECK: %[[POWERS:.*]] = linalg.generic {{.*}} ins(%[[SHIFTED]] :
// CHECK: math.exp
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%[[POWERS]] :
// CHECK: linalg.generic {{.*}} ins(%[[SHIFTED]], %[[SUM]] :
// CHECK: %[[LOG:.*]] = math.log
// CHECK: arith.subf %{{.*}}, %[[LOG]] : f32
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6], name = "x"} : tensor<1x6xf32>
  %1 = nn.activation(%0) {activation = "log_softmax", name = "a"} : (tensor<1x6xf32>) -> tensor<1x6xf32>
  nn.output(%1) : tensor<1x6xf32>
}

// -----

// sparsemax compares all pairs instead of sorting.

// CHECK-DAG: #[[OWN:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[OTHER:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {indexing_maps = [#[[OWN]], #[[OTHER]], #[[OWN]]], iterator_types = ["parallel", "parallel", "reduction"]}
// CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %[[ACC:.*]]: f32):
// CHECK: %[[D:.*]] = arith.subf %[[Y]], %[[X]] : f32
// CHECK: %[[E:.*]] = arith.maximumf %[[D]], %{{.*}} : f32
// CHECK: arith.addf %[[ACC]], %[[E]] : f32
// CHECK: arith.cmpf olt
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6], name = "x"} : tensor<1x6xf32>
  %1 = nn.activation(%0) {activation = "sparsemax", name = "a"} : (tensor<1x6xf32>) -> tensor<1x6xf32>
  nn.output(%1) : tensor<1x6xf32>
}
