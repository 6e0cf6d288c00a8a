// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Weights are symbols; their values stand in the text or behind it.

// CHECK: nn.weight @m.d.kernel : tensor<2x1xf32> = dense<{{\[\[}}1.000000e+00], [-1.000000e+00{{\]\]}}>
nn.weight @m.d.kernel : tensor<2x1xf32> = dense<[[1.0], [-1.0]]>
// CHECK: nn.weight @m.d.bias : tensor<4xf16> = dense<5.000000e-01>
nn.weight @m.d.bias : tensor<4xf16> = dense<0.5>
// CHECK: nn.weight @"conv1/kernel" {from_file} : tensor<2xf32> = dense_resource<values>
nn.weight @"conv1/kernel" {from_file} : tensor<2xf32> = dense_resource<values>
// CHECK: nn.weight @made {initializer = "zeros"} : tensor<f32> = dense<0.000000e+00>
nn.weight @made {initializer = "zeros"} : tensor<f32> = dense<0.0>

// CHECK: values: "0x040000000000803F00000040"
{-# dialect_resources: { builtin: { values: "0x040000000000803F00000040" } } #-}
