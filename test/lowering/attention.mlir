// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// Plain attention: scores along contiguous features, 1e9 subtracted where a
// value is masked or lies behind the query, a softmax that subtracts the
// largest, and zero where the query is masked.

// CHECK-DAG: #[[Q:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-DAG: #[[K:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {indexing_maps = [#[[Q]], #[[K]], {{.*}}], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
// CHECK: linalg.generic
// CHECK: ^bb0(%[[S:.*]]: f32, %[[M:.*]]: i1, %{{.*}}: f32):
// CHECK: %[[QUERY:.*]] = linalg.index 1 : index
// CHECK: %[[KEY:.*]] = linalg.index 2 : index
// CHECK: %[[DISTANCE:.*]] = arith.subi %[[KEY]], %[[QUERY]] : index
// CHECK: %[[BEFORE:.*]] = arith.cmpi sle, %[[DISTANCE]]
// CHECK: %[[SEEN:.*]] = arith.andi %{{.*}}, %[[BEFORE]] : i1
// CHECK: %[[KEEP:.*]] = arith.andi %[[SEEN]], %[[M]] : i1
// CHECK: %[[BILLION:.*]] = arith.constant 1.000000e+09 : f32
// CHECK: %[[LESS:.*]] = arith.subf %[[S]], %[[BILLION]] : f32
// CHECK: arith.select %[[KEEP]], %[[S]], %[[LESS]] : f32
// CHECK: arith.maximumf
// CHECK: math.exp
// CHECK: iterator_types = ["parallel", "parallel", "reduction", "parallel"]
// CHECK: arith.select
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 4], name = "q"} : tensor<1x5x4xf32>
  %1 = nn.input {shape = [6, 4], name = "v"} : tensor<1x6x4xf32>
  %2 = nn.input {shape = [5], dtype = "bool", name = "m"} : tensor<1x5xi1>
  %3 = nn.input {shape = [6], dtype = "bool", name = "n"} : tensor<1x6xi1>
  %4 = nn.attention(%0, %1, query_mask = %2, value_mask = %3) {name = "a", use_causal_mask = true} : (tensor<1x5x4xf32>, tensor<1x6x4xf32>, tensor<1x5xi1>, tensor<1x6xi1>) -> tensor<1x5x4xf32>
  nn.output(%4) : tensor<1x5x4xf32>
}

// -----

// Heads: the projections are products of matrices; masked scores are replaced.

// CHECK-DAG: #[[PLACE:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3)>
// CHECK-LABEL: func.func private @m
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<5x4xf32>, tensor<4x6xf32>)
// CHECK: arith.constant 0.577350259 : f32
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<6x4xf32>, tensor<4x6xf32>)
// CHECK: linalg.generic {indexing_maps = [{{.*}}, #[[PLACE]], {{.*}}]
// CHECK: ^bb0(%[[S:.*]]: f32, %[[M:.*]]: i1, %{{.*}}: f32):
// CHECK: %[[KEEP:.*]] = arith.andi %{{.*}}, %[[M]] : i1
// CHECK: %[[LOW:.*]] = arith.constant -1.000000e+09 : f32
// CHECK: arith.select %[[KEEP]], %[[S]], %[[LOW]] : f32
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<5x6xf32>, tensor<6x4xf32>)
nn.weight @m.a.qk : tensor<4x2x3xf32> = dense<1.0>
nn.weight @m.a.o : tensor<2x3x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 4], name = "q"} : tensor<1x5x4xf32>
  %1 = nn.input {shape = [6, 4], name = "v"} : tensor<1x6x4xf32>
  %2 = nn.input {shape = [5, 6], dtype = "bool", name = "m"} : tensor<1x5x6xi1>
  %3 = nn.multi_head_attention(%0, %1, attention_mask = %2) {num_heads = 2, key_dim = 3, use_bias = false, name = "a", weights = {"query_dense/kernel" = @m.a.qk, "key_dense/kernel" = @m.a.qk, "value_dense/kernel" = @m.a.qk, "output_dense/kernel" = @m.a.o}} : (tensor<1x5x4xf32>, tensor<1x6x4xf32>, tensor<1x5x6xi1>) -> tensor<1x5x4xf32>
  nn.output(%3) : tensor<1x5x4xf32>
}

// -----

// Query heads in groups: keys and values are not repeated. A window keeps keys
// on both sides.

// CHECK-LABEL: func.func private @m
// CHECK: %[[Q:.*]] = tensor.expand_shape %{{.*}} : tensor<1x5x4x3xf32> into tensor<1x5x2x2x3xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction"]} ins(%[[Q]], %{{.*}} : tensor<1x5x2x2x3xf32>, tensor<1x5x2x3xf32>)
// CHECK: tensor.collapse_shape {{.*}} : tensor<1x2x2x5x5xf32> into tensor<1x4x5x5xf32>
// CHECK: arith.cmpi slt
// CHECK: arith.cmpi slt
nn.weight @m.a.q : tensor<4x4x3xf32> = dense<1.0>
nn.weight @m.a.k : tensor<4x2x3xf32> = dense<1.0>
nn.weight @m.a.o : tensor<4x3x4xf32> = dense<1.0>
nn.model @m attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 4], name = "q"} : tensor<1x5x4xf32>
  %1 = nn.group_query_attention(%0, %0) {head_dim = 3, num_query_heads = 4, num_key_value_heads = 2, sliding_window = 2, use_bias = false, name = "a", weights = {"query_dense/kernel" = @m.a.q, "key_dense/kernel" = @m.a.k, "value_dense/kernel" = @m.a.k, "output_dense/kernel" = @m.a.o}} : (tensor<1x5x4xf32>, tensor<1x5x4xf32>) -> tensor<1x5x4xf32>
  nn.output(%1) : tensor<1x5x4xf32>
}
