// Keras's int8 layers: rows are quantized by their largest magnitude, products
// are added as integers, and the sums divided by both scales.
// RUN: nn-opt --nnc-lower-to-linalg %s | FileCheck %s

// CHECK-LABEL: func.func private @m
// CHECK: math.absf
// CHECK: arith.maximumf
// CHECK: arith.constant 1.27{{.*}}e+02
// CHECK: arith.divf
// CHECK: math.roundeven
// CHECK: arith.fptosi {{.*}} : f32 to i8
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: ^bb0(%[[A:.*]]: i8, %[[B:.*]]: i8, %[[SUM:.*]]: i32):
// CHECK: %[[X:.*]] = arith.extsi %[[A]] : i8 to i32
// CHECK: %[[Y:.*]] = arith.extsi %[[B]] : i8 to i32
// CHECK: %[[P:.*]] = arith.muli %[[X]], %[[Y]]
// CHECK: arith.addi %[[SUM]], %[[P]]
// CHECK: arith.sitofp {{.*}} : i32 to f32
// CHECK: arith.divf
// Without a quantizer of the input its kernel is a float.
// CHECK: arith.sitofp {{.*}} : i8 to f32
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: arith.mulf
// CHECK: arith.divf
nn.weight @m.d.kernel : tensor<3x4xi8> = dense<3>
nn.weight @m.d.kernel_scale : tensor<4xf32> = dense<20.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [3], name = "x"} : tensor<1x3xf32>
  %1 = nn.dense(%0) {units = 4, use_bias = false, dtype = "int8_from_float32", name = "d", weights = {kernel = @m.d.kernel, kernel_scale = @m.d.kernel_scale}} : (tensor<1x3xf32>) -> tensor<1x4xf32>
  %2 = nn.dense(%0) {units = 4, use_bias = false, dtype = "int8_from_float32", quantization_config = {class_name = "Int8QuantizationConfig", config = {}}, name = "d2", weights = {kernel = @m.d.kernel, kernel_scale = @m.d.kernel_scale}} : (tensor<1x3xf32>) -> tensor<1x4xf32>
  nn.output(%1, %2) : tensor<1x4xf32>, tensor<1x4xf32>
}

// An einsum adds up integers in the loops of one of floats, and the scales lie
// along the axes that they are of.
// CHECK-LABEL: func.func private @einsum
// CHECK: arith.fptosi {{.*}} : f32 to i8
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<12x5xi8>, tensor<5x6xi8>) outs(%{{.*}} : tensor<12x6xi32>)
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}}, %{{.*}} : tensor<2x6x2x3xi32>, tensor<2x6xf32>, tensor<1x1x2x3xf32>)
nn.weight @einsum.d.kernel : tensor<5x2x3xi8> = dense<3>
nn.weight @einsum.d.kernel_scale : tensor<1x1x2x3xf32> = dense<20.0>
nn.model @einsum attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [6, 5], name = "x"} : tensor<2x6x5xf32>
  %1 = nn.einsum_dense(%0) {equation = "abc,cde->abde", output_shape = [6, 2, 3], dtype = "int8_from_float32", name = "d", weights = {kernel = @einsum.d.kernel, kernel_scale = @einsum.d.kernel_scale}} : (tensor<2x6x5xf32>) -> tensor<2x6x2x3xf32>
  nn.output(%1) : tensor<2x6x2x3xf32>
}
