// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights --split-input-file | nn-opt --nnc-materialize-weights --split-input-file | FileCheck %s

// Weights of the text are found by their symbol. Two layers of one name share
// theirs, and so do all calls of a model.

// CHECK-DAG: nn.weight @m.twin.kernel : tensor<2x2xf32> = dense<1.000000e+00>
// CHECK-DAG: nn.weight @m.twin.bias : tensor<2xf32> = dense<2.000000e+00>
// CHECK-DAG: nn.weight @inner.d.kernel : tensor<2x2xf32> = dense<3.000000e+00>
// CHECK-LABEL: nn.model @m
// CHECK-COUNT-2: nn.dense({{.*}}) {name = "twin", units = 2, weights = {bias = @m.twin.bias, kernel = @m.twin.kernel}}
// CHECK-COUNT-2: nn.dense({{.*}}) {name = "d", owner = "inner", scope = "{{inner|other}}", units = 2, use_bias = false, weights = {kernel = @inner.d.kernel}}
nn.weight @m.twin.kernel : tensor<2x2xf32> = dense<1.0>
nn.weight @m.twin.bias : tensor<2xf32> = dense<2.0>
nn.weight @inner.d.kernel : tensor<2x2xf32> = dense<3.0>
nn.model @m {
  %x = nn.input {shape = [2]}
  %a = nn.dense(%x) {units = 2, name = "twin"}
  %b = nn.dense(%a) {units = 2, name = "twin"}
  %c = nn.call @inner(%b)
  %d = nn.call @inner(%c) {name = "other"}
  nn.output(%d)
}
nn.sequential @inner {
  nn.input {shape = [2]}
  nn.dense {units = 2, use_bias = false, name = "d"}
}

// -----

// Those of a file are found by the names that files use, and get the symbols.

// CHECK-DAG: nn.weight @m.a.kernel : tensor<2x1xf32> = dense<1.000000e+00>
// CHECK-DAG: nn.weight @m.b.kernel : tensor<1x1xf32> = dense<2.000000e+00>
// CHECK-DAG: nn.weight @m.c.kernel : tensor<1x1xf32> = dense<3.000000e+00>
// CHECK-DAG: nn.weight @m.d.kernel : tensor<1x1xf32> = dense<4.000000e+00>
// CHECK-DAG: nn.weight @inner.e.kernel : tensor<1x1xf32> = dense<5.000000e+00>
// CHECK-DAG: nn.weight @inner.f.kernel : tensor<1x1xf32> = dense<6.000000e+00>
// CHECK-NOT: from_file
nn.weight @"m/a/kernel" {from_file} : tensor<2x1xf32> = dense<1.0>
nn.weight @"b/0" {from_file} : tensor<1x1xf32> = dense<2.0>
nn.weight @"c.kernel" {from_file} : tensor<1x1xf32> = dense<3.0>
nn.weight @"m/d/kernel:0" {from_file} : tensor<1x1xf32> = dense<4.0>
nn.weight @"m/inner/e/kernel" {from_file} : tensor<1x1xf32> = dense<5.0>
nn.weight @"f/kernel" {from_file} : tensor<1x1xf32> = dense<6.0>
nn.sequential @m {
  nn.input {shape = [2]}
  nn.dense {units = 1, use_bias = false, name = "a"}
  nn.dense {units = 1, use_bias = false, name = "b"}
  nn.dense {units = 1, use_bias = false, name = "c"}
  nn.dense {units = 1, use_bias = false, name = "d"}
  nn.call @inner
}
nn.sequential @inner {
  nn.input {shape = [1]}
  nn.dense {units = 1, use_bias = false, name = "e"}
  nn.dense {units = 1, use_bias = false, name = "f"}
}

// -----

// Layers of one name in two models are told apart by the models' names.

// CHECK-DAG: nn.weight @m.d.kernel : tensor<1x1xf32> = dense<1.000000e+00>
// CHECK-DAG: nn.weight @inner.d.kernel : tensor<1x1xf32> = dense<2.000000e+00>
nn.weight @"d/kernel" {from_file} : tensor<1x1xf32> = dense<1.0>
nn.weight @"inner/d/kernel" {from_file} : tensor<1x1xf32> = dense<2.0>
nn.sequential @m {
  nn.input {shape = [1]}
  nn.call @inner
  nn.dense {units = 1, use_bias = false, name = "d"}
}
nn.sequential @inner {
  nn.input {shape = [1]}
  nn.dense {units = 1, use_bias = false, name = "d"}
}

// -----

// Other float types become float32; a blob of float32 stays where it is.

// CHECK-DAG: nn.weight @m.d.kernel : tensor<2x1xf32> = dense_resource<{{.*}}>
// CHECK-DAG: nn.weight @m.d.bias : tensor<1xf32> = dense_resource<bias>
// CHECK-DAG: bias: "0x0400000000000040"
// CHECK-DAG: m.d.kernel{{.*}}: "0x040000000000803F000000C0"
nn.weight @m.d.kernel : tensor<2x1xf16> = dense_resource<half>
nn.weight @m.d.bias : tensor<1xf32> = dense_resource<bias>
nn.sequential @m {
  nn.input {shape = [2]}
  nn.dense {units = 1, name = "d"}
}
{-# dialect_resources: { builtin: { half: "0x02000000003C00C0", bias: "0x0400000000000040" } } #-}

// -----

// A layer may say itself which weight it takes.

// CHECK: nn.dense({{.*}}weights = {kernel = @k}
// CHECK: nn.dense({{.*}}weights = {kernel = @k}
nn.weight @k : tensor<1x1xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [1]}
  nn.dense {units = 1, use_bias = false, weights = {kernel = @k}}
  nn.dense {units = 1, use_bias = false, weights = {kernel = @k}}
}
