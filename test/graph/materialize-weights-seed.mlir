// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights='initialize seed=1' -o %t.1 2> %t.note
// RUN: FileCheck %s --input-file=%t.note --check-prefix=NOTE
// RUN: FileCheck %s --input-file=%t.1
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights='initialize seed=1' 2> %t.note | diff %t.1 -
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights='initialize seed=2' 2> %t.note | not diff -q %t.1 -

// What nobody gave is made as Keras would make it, the same for the same seed,
// and a note says so. What was given stays.

// NOTE: remark: weights are initialized with seed 1: the model is untrained

// CHECK-DAG: nn.weight @m.d.kernel : tensor<1x2xf32> = dense<1.000000e+00>
// CHECK-DAG: nn.weight @m.d.bias : tensor<2xf32> = dense_resource<m.d.bias>
// CHECK-DAG: nn.weight @m.l.kernel : tensor<2x4xf32>
// CHECK-DAG: nn.weight @m.l.recurrent_kernel : tensor<1x4xf32>
// CHECK-DAG: nn.weight @m.l.bias : tensor<4xf32>
// CHECK-DAG: nn.weight @m.b.gamma : tensor<1xf32>
// CHECK-DAG: nn.weight @m.b.moving_variance : tensor<1xf32>
// CHECK-DAG: m.d.bias: "0x040000000000003F0000003F"
// CHECK-DAG: m.l.bias: "0x04000000000000000000803F0000000000000000"
// CHECK-DAG: m.b.gamma: "0x040000000000803F"

nn.weight @m.d.kernel : tensor<1x2xf32> = dense<1.0>
nn.sequential @m {
  nn.input {shape = [3, 1]}
  nn.dense {units = 2, name = "d", bias_initializer = {class_name = "Constant", config = {value = 0.5}}}
  nn.lstm {units = 1, name = "l"}
  nn.batch_normalization {name = "b"}
}
