// Layers of 16 bits compute in float32 and round what goes in and out.
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights --nnc-explicit-casts | FileCheck %s

// 0.1 as a float16, and a mixed policy's weight rounded to bfloat16.
// CHECK: nn.weight @m.d.kernel : tensor<1x2xf32> = dense_resource<m.d.kernel{{.*}}>
// CHECK: nn.weight @m.e.kernel : tensor<2x1xf32> = dense_resource<m.e.kernel{{.*}}>
// What a batch normalization adapts is used as it is stored.
// CHECK: nn.weight @m.n.moving_mean : tensor<1xf32> = dense<1.000000e-01>
nn.weight @m.d.kernel : tensor<1x2xf32> = dense<0.1>
nn.weight @m.e.kernel : tensor<2x1xf32> = dense<0.1>
nn.weight @m.n.gamma : tensor<1xf32> = dense<0.1>
nn.weight @m.n.beta : tensor<1xf32> = dense<0.1>
nn.weight @m.n.moving_mean : tensor<1xf32> = dense<0.1>
nn.weight @m.n.moving_variance : tensor<1xf32> = dense<0.1>

// CHECK: %[[X:.*]] = nn.input {{.*}} : tensor<?x1xf16>
// CHECK: %[[WIDE:.*]] = nn.ops.cast(%[[X]]) {dtype = "float32", name = "d.cast"} : (tensor<?x1xf16>) -> tensor<?x1xf32>
// CHECK: %[[D:.*]] = nn.dense(%[[WIDE]]) {dtype = "float32"{{.*}} -> tensor<?x2xf32>
// CHECK: %[[ROUND:.*]] = nn.ops.cast(%[[D]]) {dtype = "float16"{{.*}} -> tensor<?x2xf16>
// CHECK: %[[NARROW:.*]] = nn.ops.cast(%[[ROUND]]) {dtype = "bfloat16"{{.*}} -> tensor<?x2xbf16>
// CHECK: %[[WIDE:.*]] = nn.ops.cast(%[[NARROW]]) {dtype = "float32"
// CHECK: %[[E:.*]] = nn.dense(%[[WIDE]]) {dtype = "float32"{{.*}} -> tensor<?x1xf32>
// CHECK: %[[ROUND:.*]] = nn.ops.cast(%[[E]]) {dtype = "bfloat16"
// CHECK: nn.batch_normalization
// A float32 layer is as it was.
// CHECK: %[[LAST:.*]] = nn.relu(%{{.*}}) {name = "f"} : (tensor<?x1xf32>) -> tensor<?x1xf32>
// CHECK: nn.output(%[[LAST]])

// CHECK: m.d.kernel{{.*}}: "0x0400000000C0CC3D00C0CC3D"
// CHECK: m.e.kernel{{.*}}: "0x040000000000CD3D0000CD3D"
nn.sequential @m {
  nn.input {shape = [1], dtype = "float16"}
  nn.dense {units = 2, use_bias = false, dtype = "float16", name = "d"}
  nn.dense {units = 1, use_bias = false, dtype = "mixed_bfloat16", name = "e"}
  nn.batch_normalization {dtype = "mixed_bfloat16", name = "n"}
  nn.relu {name = "f"}
}
