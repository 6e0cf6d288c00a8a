// Floats become the type of a layer's policy, integers become floats where they
// meet them, and merging layers promote. A value is cast once to each type.
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-explicit-casts | FileCheck %s

// CHECK: %[[I:.*]] = nn.input {{.*}} : tensor<?x3xi32>
// CHECK: %[[U:.*]] = nn.input {{.*}} : tensor<?x3xui8>
// CHECK: %[[F:.*]] = nn.input {{.*}} : tensor<?x3xf32>
// CHECK: %[[D:.*]] = nn.input {{.*}} : tensor<?x3xf64>
nn.model @m {
  %i = nn.input {shape = [3], name = "i", dtype = "int32"}
  %u = nn.input {shape = [3], name = "u", dtype = "uint8"}
  %f = nn.input {shape = [3], name = "f"}
  %d = nn.input {shape = [3], name = "d", dtype = "float64"}

  // CHECK: %[[A:.*]] = nn.ops.cast(%[[U]]) {dtype = "float32", name = "a.cast"} : (tensor<?x3xui8>) -> tensor<?x3xf32>
  // CHECK: nn.rescaling(%[[A]]) {{.*}} -> tensor<?x3xf32>
  %a = nn.rescaling(%u) {scale = 2.0, name = "a"}
  // A layer that is given what it computes in needs no cast.
  // CHECK-NEXT: nn.relu(%[[F]])
  %b = nn.relu(%f) {name = "b"}
  // CHECK-NEXT: %[[C:.*]] = nn.ops.cast(%[[F]]) {dtype = "float64"
  // CHECK-NEXT: nn.elu(%[[C]]) {{.*}} -> tensor<?x3xf64>
  %c = nn.elu(%f) {dtype = "float64", name = "c"}
  // CHECK-NEXT: nn.relu(%[[C]]) {{.*}} -> tensor<?x3xf64>
  %e = nn.relu(%f) {dtype = "float64", name = "e"}
  // CHECK-NEXT: %[[G:.*]] = nn.ops.cast(%[[D]]) {dtype = "float16"
  // CHECK-NEXT: %[[W:.*]] = nn.ops.cast(%[[G]]) {dtype = "float32"
  // CHECK-NEXT: nn.relu(%[[W]]) {dtype = "float32"{{.*}} -> tensor<?x3xf32>
  // CHECK-NEXT: nn.ops.cast{{.*}} -> tensor<?x3xf16>
  %g = nn.relu(%d) {dtype = "mixed_float16", name = "g"}
  // CHECK-NEXT: %[[H:.*]] = nn.ops.cast(%[[U]]) {dtype = "int32"
  // CHECK-NEXT: nn.add(%[[I]], %[[H]]) {{.*}} -> tensor<?x3xi32>
  %h = nn.add(%i, %u) {name = "h"}
  // CHECK-NEXT: %[[J:.*]] = nn.ops.cast(%[[I]]) {dtype = "float32"
  // CHECK-NEXT: nn.concatenate(%[[J]], %[[F]]) {{.*}} -> tensor<?x6xf32>
  %j = nn.concatenate(%i, %f) {name = "j"}
  // CHECK-NEXT: nn.flatten(%[[U]]) {{.*}} -> tensor<?x3xui8>
  %k = nn.flatten(%u) {name = "k"}
  // CHECK-NEXT: nn.embedding(%[[D]]) {{.*}} -> tensor<?x3x2xf32>
  %l = nn.embedding(%d) {input_dim = 4, output_dim = 2, name = "l"}
  // CHECK-NEXT: nn.embedding(%[[H]]) {{.*}} -> tensor<?x3x2xf32>
  // CHECK-NEXT: nn.ops.cast{{.*}} -> tensor<?x3x2xbf16>
  %m = nn.embedding(%u) {input_dim = 4, output_dim = 2, name = "m", dtype = "bfloat16"}
  // The functions of keras.ops convert nothing.
  // CHECK-NEXT: nn.ops.cast(%[[D]]) {dtype = "bool"
  %n = nn.ops.cast(%d) {dtype = "bool", name = "n"}
  nn.output(%a, %b, %c, %e, %g, %h, %j, %k, %l, %m, %n)
}
