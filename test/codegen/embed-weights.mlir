// RUN: nn-opt %s --nnc-embed-weights --split-input-file | FileCheck %s

// CHECK-LABEL: module
// CHECK-NOT: nnc.weights_blob
// CHECK: llvm.mlir.global internal constant @m_weights(dense_resource<blob> : tensor<128xi8>) {{.*}}alignment = 64 : i64{{.*}} : !llvm.array<128 x i8>
// CHECK: llvm.mlir.alias internal @m.bias {{.*}}: !llvm.array<12 x i8> {
// CHECK: %[[AT:.*]] = llvm.mlir.addressof @m_weights
// CHECK: llvm.getelementptr %[[AT]][%{{.*}}]
module attributes {
  nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22weights\22:[{\22name\22:\22m.kernel\22,\22shape\22:[6],\22offset\22:0,\22bytes\22:24},{\22name\22:\22m.bias\22,\22shape\22:[3],\22offset\22:64,\22bytes\22:12}],\22weightsBytes\22:128}",
  nnc.weights_blob = dense_resource<blob> : tensor<128xi8>} {
}

// -----

// Weights from outside stay on the module, for the emitter.
// CHECK-LABEL: module
// CHECK-SAME: nnc.weights_blob
// CHECK-NOT: llvm.mlir.global
module attributes {
  nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22externalWeights\22:true,\22weightsBytes\22:128}",
  nnc.weights_blob = dense_resource<blob> : tensor<128xi8>} {
}
