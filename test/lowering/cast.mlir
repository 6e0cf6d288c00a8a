// Each pair of element types has its own scalar code.
// RUN: nn-opt %s --nnc-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func private @m
// CHECK-SAME: memref<1x3xf32>, %{{.*}}: memref<1x3xi8>
nn.model @m attributes {batch = 1 : i64, linked} {
  %f = nn.input {shape = [3], name = "f"} : tensor<1x3xf32>
  %u = nn.input {shape = [3], name = "u", dtype = "uint8"} : tensor<1x3xui8>
  %h = nn.input {shape = [3], name = "h", dtype = "float16"} : tensor<1x3xf16>

  // Floats to integers: clamped first, then the largest where x is too large.
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: i8):
  // CHECK: %[[END:.*]] = arith.constant 1.280000e+02 : f32
  // CHECK: %[[LARGE:.*]] = arith.cmpf oge, %[[X]], %[[END]]
  // CHECK: %[[LOW:.*]] = arith.constant -1.280000e+02 : f32
  // CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[X]], %[[LOW]]
  // CHECK: %[[BELOW:.*]] = arith.cmpf olt, %[[X]]
  // CHECK: arith.select %[[ABOVE]], %[[X]]
  // CHECK: arith.select %[[BELOW]]
  // CHECK: %[[I:.*]] = arith.fptosi
  // CHECK: arith.select %[[LARGE]], %{{.*}}, %[[I]]
  %a = nn.ops.cast(%f) {dtype = "int8", name = "a"} : (tensor<1x3xf32>) -> tensor<1x3xi8>
  // CHECK: arith.fptoui
  %b = nn.ops.cast(%f) {dtype = "uint32", name = "b"} : (tensor<1x3xf32>) -> tensor<1x3xui32>
  // CHECK: arith.cmpf une
  %c = nn.ops.cast(%f) {dtype = "bool", name = "c"} : (tensor<1x3xf32>) -> tensor<1x3xi1>
  // Unsigned integers and truth values are extended with zeros.
  // CHECK: arith.uitofp %{{.*}} : i8 to f32
  %d = nn.ops.cast(%u) {dtype = "float32", name = "d"} : (tensor<1x3xui8>) -> tensor<1x3xf32>
  // CHECK: arith.extui %{{.*}} : i8 to i64
  %e = nn.ops.cast(%u) {dtype = "int64", name = "e"} : (tensor<1x3xui8>) -> tensor<1x3xi64>
  // CHECK: arith.extui %{{.*}} : i1 to i32
  %g = nn.ops.cast(%c) {dtype = "int32", name = "g"} : (tensor<1x3xi1>) -> tensor<1x3xi32>
  // CHECK: arith.sitofp %{{.*}} : i8 to f64
  %i = nn.ops.cast(%a) {dtype = "float64", name = "i"} : (tensor<1x3xi8>) -> tensor<1x3xf64>
  // CHECK: arith.trunci %{{.*}} : i32 to i16
  %j = nn.ops.cast(%b) {dtype = "uint16", name = "j"} : (tensor<1x3xui32>) -> tensor<1x3xui16>
  // Halves go by way of floats.
  // CHECK: arith.extf %{{.*}} : f16 to f32
  // CHECK: arith.truncf %{{.*}} : f32 to bf16
  %k = nn.ops.cast(%h) {dtype = "bfloat16", name = "k"} : (tensor<1x3xf16>) -> tensor<1x3xbf16>
  // CHECK: arith.truncf %{{.*}} : f64 to f16
  %l = nn.ops.cast(%i) {dtype = "float16", name = "l"} : (tensor<1x3xf64>) -> tensor<1x3xf16>
  nn.output(%d, %e, %g, %j, %k, %l) : tensor<1x3xf32>, tensor<1x3xi64>, tensor<1x3xi32>, tensor<1x3xui16>, tensor<1x3xbf16>, tensor<1x3xf16>
}
