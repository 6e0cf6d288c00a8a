// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// A constant of one number is none that is read from memory; operands are
// converted where they are used.

// CHECK-LABEL: func.func private @mixed_types
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<1x3xi32>) outs(%{{.*}} : tensor<1x3xf32>)
// CHECK: ^bb0(%[[X:.*]]: i32, %{{.*}}: f32):
// CHECK: %[[F:.*]] = arith.sitofp %[[X]] : i32 to f32
// CHECK: %[[C:.*]] = arith.constant 5.000000e-01 : f32
// CHECK: arith.addf %[[F]], %[[C]] : f32
nn.model @mixed_types attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], dtype = "int32", name = "a"} : tensor<1x3xi32>
  %1 = nn.ops.add(%0) {x2 = 0.5, name = "add"} : (tensor<1x3xi32>) -> tensor<1x3xf32>
  nn.output(%1) : tensor<1x3xf32>
}

// -----

// A mask: compared in the common type, then any.

// CHECK-LABEL: func.func private @mask
// CHECK: arith.cmpf une, {{.*}} : f32
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "reduction"]} ins(%{{.*}} : tensor<1x3x2xi1>)
// CHECK: arith.ori
nn.model @mask attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3, 2], name = "a"} : tensor<1x3x2xf32>
  %1 = nn.ops.not_equal(%0) {x2 = 0, name = "n"} : (tensor<1x3x2xf32>) -> tensor<1x3x2xi1>
  %2 = nn.ops.any(%1) {axis = [-1], name = "any"} : (tensor<1x3x2xi1>) -> tensor<1x3xi1>
  nn.output(%2) : tensor<1x3xi1>
}

// -----

// An integer is never divided by 0, nor the least one by -1.

// CHECK-LABEL: func.func private @floor_divide
// CHECK: %[[ZERO:.*]] = arith.cmpi eq, %[[Y:.*]], %{{.*}} : i32
// CHECK: %[[MINUS:.*]] = arith.cmpi eq, %[[Y]], %{{.*}} : i32
// CHECK: %[[BAD:.*]] = arith.ori %[[ZERO]], %[[MINUS]] : i1
// CHECK: %[[SAFE:.*]] = arith.select %[[BAD]], %{{.*}}, %[[Y]] : i32
// CHECK: arith.divsi %{{.*}}, %[[SAFE]] : i32
nn.model @floor_divide attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], dtype = "int32", name = "a"} : tensor<1x3xi32>
  %1 = nn.ops.floor_divide(%0, %0) {name = "d"} : (tensor<1x3xi32>, tensor<1x3xi32>) -> tensor<1x3xi32>
  nn.output(%1) : tensor<1x3xi32>
}

// -----

// Slices with a step are loops, others views.

// CHECK: #[[STEPS:.*]] = affine_map<(d0, d1) -> (d0, d1 * -2 + 5)>
// CHECK-LABEL: func.func private @get_item
// CHECK: tensor.extract_slice %{{.*}}[0, 2] [1, 3] [1, 1]
// CHECK: linalg.generic {indexing_maps = [#[[STEPS]],
nn.model @get_item attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [6], name = "a"} : tensor<1x6xf32>
  %1 = nn.ops.get_item(%0) {key = ":, 2:5", name = "g"} : (tensor<1x6xf32>) -> tensor<1x3xf32>
  %2 = nn.ops.get_item(%0) {key = "..., ::-2", name = "h"} : (tensor<1x6xf32>) -> tensor<1x3xf32>
  nn.output(%1, %2) : tensor<1x3xf32>, tensor<1x3xf32>
}

// -----

// Indices known at run time are checked, constants are not.

// CHECK-LABEL: func.func private @take
// CHECK: %[[STATUS:.*]] = tensor.extract %{{.*}}[] : tensor<i32>
// CHECK: tensor.extract
// CHECK: return %[[STATUS]] : i32
nn.model @take attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [4], dtype = "int32", name = "a"} : tensor<1x4xi32>
  %1 = nn.ops.take(%0) {x = [0.5, 1.5, 2.5], axis = 0, name = "t"} : (tensor<1x4xi32>) -> tensor<1x4xf32>
  nn.output(%1) : tensor<1x4xf32>
}
