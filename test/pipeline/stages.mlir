// RUN: nnc %s --emit=import | FileCheck %s --check-prefix=IMPORT
// RUN: nnc %s --emit=graph | FileCheck %s --check-prefix=GRAPH
// RUN: nnc %s --emit=lowering | FileCheck %s --check-prefix=LOWERING
// RUN: nnc %s --emit=codegen | FileCheck %s --check-prefix=CODEGEN
// RUN: nnc %s --emit=llvm | FileCheck %s --check-prefix=LLVM

// What each stage promises the next, on a model that uses all of graph: a
// dropped layer, a folded normalization, a fused activation, a shared layer and
// a nested model.

// As written.
// IMPORT: nn.model @m {
// IMPORT: nn.call @inner
// IMPORT-NOT: tensor<?

// Linked, typed, bound, simplified, one body a batch.
// GRAPH: module attributes {nnc.model_info = "{
// GRAPH-NOT: @inner {
// GRAPH-NOT: normalization({{.*}} ->
// GRAPH-DAG: nn.weight @m.twin.kernel : tensor<4x4xf32> = dense<1.000000e+00>
// GRAPH-DAG: nn.weight @inner.d.bias : tensor<4xf32>
// GRAPH-LABEL: nn.model @m.b1 attributes {batch = 1 : i64, linked{{.*}}} {
// GRAPH-NEXT: nn.input {name = "x", shape = [4]} : tensor<1x4xf32>
// GRAPH-NEXT: nn.dense({{.*}}name = "twin"{{.*}}kernel = @m.twin.kernel
// GRAPH-NEXT: nn.dense({{.*}}activation = "relu"{{.*}}name = "d", owner = "inner", scope = "inner"{{.*}}use_bias = true{{.*}}bias = @inner.d.bias
// GRAPH-NEXT: nn.dense({{.*}}name = "twin"{{.*}}kernel = @m.twin.kernel
// GRAPH-NEXT: nn.output
// GRAPH: nn.model @m.b8 attributes {batch = 8 : i64, linked{{.*}}} {

// No layers any more; weights are globals, bodies private functions.
// LOWERING-NOT: nn.
// LOWERING: memref.global "private" constant @m.twin.kernel : memref<4x4xf32>
// LOWERING: func.func private @m.b1(%{{.*}}: memref<1x4xf32>, %{{.*}}: memref<1x4xf32>) -> i32 attributes {nnc.batch = 1 : i64}
// LOWERING: func.func private @m.b8(

// Only the LLVM dialect.
// CODEGEN-NOT: {{(linalg|memref|scf|func|arith|vector)\.}}
// CODEGEN: llvm.func {{.*}}@m_run

// LLVM: define {{.*}} i32 @m_run(

nn.weight @m.twin.kernel : tensor<4x4xf32> = dense<1.0>
nn.weight @inner.d.kernel : tensor<4x4xf32> = dense<1.0>
nn.weight @inner.n.moving_mean : tensor<4xf32> = dense<1.0>
nn.weight @inner.n.moving_variance : tensor<4xf32> = dense<1.0>

nn.model @m {
  %x = nn.input {shape = [4], name = "x"}
  %a = nn.dense(%x) {units = 4, use_bias = false, name = "twin"}
  %b = nn.dropout(%a) {rate = 0.5}
  %c = nn.call @inner(%b)
  %d = nn.dense(%c) {units = 4, use_bias = false, name = "twin"}
  nn.output(%d)
}

nn.sequential @inner {
  nn.input {shape = [4]}
  nn.dense {units = 4, use_bias = false, name = "d"}
  nn.batch_normalization {center = false, scale = false, name = "n"}
  nn.activation {activation = "relu"}
}
