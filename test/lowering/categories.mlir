// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The place among three boundaries takes two steps; NaN is above all of them,
// and the table's end, which repeats infinity, does not count.

// CHECK-LABEL: func.func private @bins
// CHECK: %[[T:.*]] = arith.constant dense<[-1.000000e+00, 5.000000e-01, 2.000000e+00, 0x7F800000]> : tensor<4xf32>
// CHECK: linalg.generic
// CHECK: tensor.extract %[[T]]
// CHECK: arith.cmpf uge
// CHECK: arith.select
// CHECK: tensor.extract %[[T]]
// CHECK: arith.cmpf uge
// CHECK: arith.select
// CHECK-NOT: tensor.extract
// CHECK: arith.minui
// CHECK: tensor<1x5xi64>
nn.model @bins attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5], name = "x"} : tensor<1x5xf32>
  %1 = nn.discretization(%0) {bin_boundaries = [-1.0, 0.5, 2.0], name = "d"} : (tensor<1x5xf32>) -> tensor<1x5xi64>
  nn.output(%1) : tensor<1x5xi64>
}

// -----

// Categories are checked; the encoding is innermost.

// CHECK-DAG: #[[ELEMENT:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[PLACE:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-LABEL: func.func private @count
// CHECK: arith.cmpi ult
// CHECK: arith.constant 7 : i32
// CHECK: %[[STATUS:.*]] = tensor.extract
// CHECK: linalg.generic {indexing_maps = [#[[ELEMENT]], #[[ELEMENT]], #[[PLACE]]], iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: return %[[STATUS]]
nn.model @count attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5], name = "x", dtype = "int32"} : tensor<1x5xi32>
  %1 = nn.category_encoding(%0) {num_tokens = 4, output_mode = "count", name = "c"} : (tensor<1x5xi32>) -> tensor<1x4xf32>
  nn.output(%1) : tensor<1x4xf32>
}

// -----

// A vocabulary is sorted; without a place for what it does not have, that is an
// error.

// CHECK-LABEL: func.func private @lookup
// CHECK-DAG: arith.constant dense<[-3, 7, 12, 9223372036854775807]> : tensor<4xi64>
// CHECK-DAG: arith.constant dense<[1, 2, 0, -1]> : tensor<4xi64>
// CHECK: arith.cmpi slt
// CHECK: arith.cmpi sge
// CHECK: %[[STATUS:.*]] = tensor.extract %{{.*}}[] : tensor<i32>
// CHECK: return %[[STATUS]]
nn.model @lookup attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5], name = "x", dtype = "int64"} : tensor<1x5xi64>
  %1 = nn.integer_lookup(%0) {vocabulary = [12, -3, 7], num_oov_indices = 0, name = "l"} : (tensor<1x5xi64>) -> tensor<1x5xi64>
  nn.output(%1) : tensor<1x5xi64>
}

// -----

// Several such places are shared by the remainder, which is never negative.

// CHECK-LABEL: func.func private @several
// CHECK: arith.remsi
// CHECK: arith.cmpi slt
nn.model @several attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5], name = "x", dtype = "int64"} : tensor<1x5xi64>
  %1 = nn.integer_lookup(%0) {vocabulary = [12, -3, 7], num_oov_indices = 3, name = "l"} : (tensor<1x5xi64>) -> tensor<1x5xi64>
  nn.output(%1) : tensor<1x5xi64>
}
