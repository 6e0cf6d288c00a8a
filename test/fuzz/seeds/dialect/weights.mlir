nn.weight @m.d.kernel : tensor<2x1xf32> = dense_resource<kernel>
nn.weight @m.d.bias : tensor<1xf32> = dense<0.5>
nn.sequential @m {
  nn.input {shape = [2]}
  nn.dense {units = 1, name = "d"}
}
{-# dialect_resources: { builtin: { kernel: "0x040000000000803F00000040" } } #-}
