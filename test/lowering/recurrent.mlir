// RUN: nn-opt --nnc-lower-to-linalg --split-input-file %s | FileCheck %s

// The input's product with the kernel is taken for all steps before the loop;
// in the loop each step's row is read, and the new state goes over the old one.

// CHECK-LABEL: func.func private @simple
// CHECK: %[[R:.*]] = memref.get_global @simple.rnn.recurrent_kernel
// CHECK: %[[RT:.*]] = bufferization.to_tensor %[[R]]
// CHECK: %[[ROWS:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<2x5x3xf32> into tensor<10x3xf32>
// CHECK: linalg.generic {{.*}} ins(%[[ROWS]], %{{.*}} : tensor<10x3xf32>, tensor<3x4xf32>)
// CHECK: %[[ALL:.*]] = tensor.expand_shape {{.*}} : tensor<10x4xf32> into tensor<2x5x4xf32>
// CHECK: %[[ZERO:.*]] = linalg.fill {{.*}} -> tensor<2x4xf32>
// CHECK: %[[LAST:.*]] = scf.for %[[T:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[H:.*]] = %[[ZERO]]) -> (tensor<2x4xf32>)
// CHECK: %[[ROW:.*]] = tensor.extract_slice %[[ALL]][0, %[[T]], 0] [2, 1, 4] [1, 1, 1] : tensor<2x5x4xf32> to tensor<2x4xf32>
// CHECK: %[[INNER:.*]] = linalg.generic {{.*}} ins(%[[H]], %[[RT]] : tensor<2x4xf32>, tensor<4x4xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[ROW]], %[[INNER]] :
// CHECK: math.tanh
// CHECK: %[[NEW:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[H]]
// CHECK: scf.yield %[[NEW]]
// CHECK: bufferization.materialize_in_destination %[[LAST]]
nn.weight @simple.rnn.kernel : tensor<3x4xf32> = dense<1.0>
nn.weight @simple.rnn.recurrent_kernel : tensor<4x4xf32> = dense<1.0>
nn.weight @simple.rnn.bias : tensor<4xf32> = dense<0.5>
nn.model @simple attributes {linked, batch = 2 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<2x5x3xf32>
  %1 = nn.simple_rnn(%0) {units = 4, name = "rnn", weights = {kernel = @simple.rnn.kernel, recurrent_kernel = @simple.rnn.recurrent_kernel, bias = @simple.rnn.bias}} : (tensor<2x5x3xf32>) -> tensor<2x4xf32>
  nn.output(%1) : tensor<2x4xf32>
}

// -----

// go_backwards reads from the end, but writes the sequence in the order in
// which it is computed. The states given are those that the loop starts with,
// and return_state gives the last ones. Gates: i, f, c, o.

// CHECK-LABEL: func.func private @lstm
// CHECK: %[[H0:.*]] = bufferization.to_tensor %arg1
// CHECK: %[[C0:.*]] = bufferization.to_tensor %arg2
// CHECK: %[[SEQ:.*]] = tensor.empty() : tensor<1x5x2xf32>
// CHECK: %[[END:.*]] = arith.constant 4 : index
// CHECK: %[[R:.*]]:3 = scf.for %[[T:.*]] = {{.*}} iter_args(%[[H:.*]] = %[[H0]], %[[C:.*]] = %[[C0]], %[[Y:.*]] = %[[SEQ]])
// CHECK: %[[I:.*]] = arith.subi %[[END]], %[[T]] : index
// CHECK: %[[ROW:.*]] = tensor.extract_slice %{{.*}}[0, %[[I]], 0] [1, 1, 8]
// CHECK: tensor.extract_slice %[[ROW]][0, 0] [1, 2]
// CHECK: math.exp
// CHECK: tensor.extract_slice %[[ROW]][0, 2] [1, 2]
// CHECK: math.exp
// CHECK: tensor.extract_slice %[[ROW]][0, 4] [1, 2]
// CHECK: math.tanh
// CHECK: tensor.extract_slice %[[ROW]][0, 6] [1, 2]
// CHECK: math.exp
// CHECK: %[[NH:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[H]]
// CHECK: %[[NC:.*]] = bufferization.materialize_in_destination %{{.*}} in %[[C]]
// CHECK: %[[NY:.*]] = tensor.insert_slice %[[NH]] into %[[Y]][0, %[[T]], 0] [1, 1, 2]
// CHECK: scf.yield %[[NH]], %[[NC]], %[[NY]]
// CHECK: materialize_in_destination %[[R]]#2 in restrict writable %arg3
// CHECK: materialize_in_destination %[[R]]#0 in restrict writable %arg4
// CHECK: materialize_in_destination %[[R]]#1 in restrict writable %arg5
nn.weight @lstm.rnn.kernel : tensor<3x8xf32> = dense<1.0>
nn.weight @lstm.rnn.recurrent_kernel : tensor<2x8xf32> = dense<1.0>
nn.model @lstm attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.input {shape = [2], name = "h"} : tensor<1x2xf32>
  %2 = nn.input {shape = [2], name = "c"} : tensor<1x2xf32>
  %3, %4, %5 = nn.lstm(%0, initial_state = [%1, %2]) {units = 2, use_bias = false, return_sequences = true, return_state = true, go_backwards = true, name = "rnn", weights = {kernel = @lstm.rnn.kernel, recurrent_kernel = @lstm.rnn.recurrent_kernel}} : (tensor<1x5x3xf32>, tensor<1x2xf32>, tensor<1x2xf32>) -> (tensor<1x5x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>)
  nn.output(%3, %4, %5) : tensor<1x5x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>
}

// -----

// Without reset_after the candidate has a product of its own, of the state
// behind the reset gate, with the last third of the recurrent kernel.

// CHECK-LABEL: func.func private @before
// CHECK: %[[HALF:.*]] = tensor.extract_slice %{{.*}}[0, 4] [2, 2] [1, 1] : tensor<2x6xf32>
// CHECK: %[[GATES:.*]] = tensor.extract_slice %{{.*}}[0, 0] [2, 4] [1, 1] : tensor<2x6xf32>
// CHECK: scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}})
// CHECK: linalg.generic {{.*}} ins(%[[H]], %[[GATES]] :
// CHECK: %[[RESET:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %[[H]] :
// CHECK: linalg.generic {{.*}} ins(%[[RESET]], %[[HALF]] :
// CHECK: scf.yield
nn.weight @before.rnn.kernel : tensor<3x6xf32> = dense<1.0>
nn.weight @before.rnn.recurrent_kernel : tensor<2x6xf32> = dense<1.0>
nn.weight @before.rnn.bias : tensor<6xf32> = dense<1.0>
nn.model @before attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.gru(%0) {units = 2, reset_after = false, name = "rnn", weights = {kernel = @before.rnn.kernel, recurrent_kernel = @before.rnn.recurrent_kernel, bias = @before.rnn.bias}} : (tensor<1x5x3xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}

// -----

// With reset_after the second row of the bias belongs to the state's product.

// CHECK-LABEL: func.func private @after
// CHECK: %[[SECOND:.*]] = tensor.extract_slice %[[BIAS:.*]][1, 0] [1, 6]
// CHECK: %[[OFSTATE:.*]] = tensor.collapse_shape %[[SECOND]]
// CHECK: tensor.extract_slice %[[BIAS]][0, 0] [1, 6]
// CHECK: scf.for {{.*}} iter_args(%[[H:.*]] = %{{.*}})
// CHECK: %[[INNER:.*]] = linalg.generic {{.*}} ins(%[[H]], %{{.*}} : tensor<1x2xf32>, tensor<2x6xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[INNER]], %[[OFSTATE]] :
// CHECK: scf.yield
nn.weight @after.rnn.kernel : tensor<3x6xf32> = dense<1.0>
nn.weight @after.rnn.recurrent_kernel : tensor<2x6xf32> = dense<1.0>
nn.weight @after.rnn.bias : tensor<2x6xf32> = dense<1.0>
nn.model @after attributes {linked, batch = 1 : i64} {
  %0 = nn.input {shape = [5, 3], name = "x"} : tensor<1x5x3xf32>
  %1 = nn.gru(%0) {units = 2, name = "rnn", weights = {kernel = @after.rnn.kernel, recurrent_kernel = @after.rnn.recurrent_kernel, bias = @after.rnn.bias}} : (tensor<1x5x3xf32>) -> tensor<1x2xf32>
  nn.output(%1) : tensor<1x2xf32>
}
