// RUN: nn-opt %s --nnc-bufferize --canonicalize --cse --split-input-file | FileCheck %s

#id = affine_map<(i) -> (i)>

// The result is computed in the output: no allocation, no copy; the input is
// never written.
// CHECK-LABEL: func.func @in_place(
// CHECK-SAME: %[[X:.*]]: memref<8xf32>, %[[Y:.*]]: memref<8xf32>)
// CHECK-NOT: memref.alloc
// CHECK: linalg.generic
// CHECK-SAME: ins(%[[X]] : memref<8xf32>) outs(%[[Y]] : memref<8xf32>)
// CHECK-NOT: memref.copy
func.func @in_place(%x: memref<8xf32>, %y: memref<8xf32>) {
  %t = bufferization.to_tensor %x restrict : memref<8xf32> to tensor<8xf32>
  %e = tensor.empty() : tensor<8xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%t : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = math.exp %a : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  bufferization.materialize_in_destination %r in restrict writable %y : (tensor<8xf32>, memref<8xf32>) -> ()
  return
}

// -----

// An input that is the init of an operation is copied first.
// CHECK-LABEL: func.func @read_only(
// CHECK-SAME: %[[X:.*]]: memref<8xf32>, %[[Y:.*]]: memref<8xf32>)
// CHECK-NOT: outs(%[[X]]
func.func @read_only(%x: memref<8xf32>, %y: memref<8xf32>) {
  %t = bufferization.to_tensor %x restrict : memref<8xf32> to tensor<8xf32>
  %z = arith.constant 0.0 : f32
  %c = arith.constant 3 : index
  %r = tensor.insert %z into %t[%c] : tensor<8xf32>
  bufferization.materialize_in_destination %r in restrict writable %y : (tensor<8xf32>, memref<8xf32>) -> ()
  return
}

// -----

// A loop over time keeps its state in one buffer.
// CHECK-LABEL: func.func @time
// CHECK: scf.for
// CHECK-NOT: iter_args
// CHECK: linalg.add
func.func @time(%x: memref<5x8xf32>, %y: memref<8xf32>) {
  %t = bufferization.to_tensor %x restrict : memref<5x8xf32> to tensor<5x8xf32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %h0 = linalg.fill ins(%z : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %h = scf.for %i = %c0 to %c5 step %c1 iter_args(%s = %h0) -> tensor<8xf32> {
    %row = tensor.extract_slice %t[%i, 0] [1, 8] [1, 1] : tensor<5x8xf32> to tensor<8xf32>
    %n = linalg.add ins(%row, %s : tensor<8xf32>, tensor<8xf32>) outs(%s : tensor<8xf32>) -> tensor<8xf32>
    scf.yield %n : tensor<8xf32>
  }
  bufferization.materialize_in_destination %h in restrict writable %y : (tensor<8xf32>, memref<8xf32>) -> ()
  return
}

// -----

// A state computed elsewhere is copied into its buffer; two states that swap
// are read before they are written.
// CHECK-LABEL: func.func @swap
// CHECK: scf.for
// CHECK-NOT: iter_args
// CHECK-NOT: scf.yield
func.func @swap(%y: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %z = arith.constant 0.0 : f32
  %o = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %a0 = linalg.fill ins(%z : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %b0 = linalg.fill ins(%o : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %r:3 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %a0, %b = %b0, %s = %a0) -> (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) {
    %n = linalg.add ins(%a, %s : tensor<8xf32>, tensor<8xf32>) outs(%e : tensor<8xf32>) -> tensor<8xf32>
    scf.yield %b, %a, %n : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
  }
  bufferization.materialize_in_destination %r#2 in restrict writable %y : (tensor<8xf32>, memref<8xf32>) -> ()
  return
}

// -----

#id = affine_map<(i) -> (i)>

// Two results that begin as one empty tensor get a buffer each: sharing one,
// the second would be written over the first.
// CHECK-LABEL: func.func @two_outputs(
// CHECK-SAME: %[[X:.*]]: memref<8xf32>, %[[Y:.*]]: memref<8xf32>, %[[Z:.*]]: memref<8xf32>)
// CHECK-NOT: memref.alloc
// CHECK: math.exp
// CHECK: linalg.generic {{.*}} outs(%[[Z]] : memref<8xf32>)
// CHECK: math.absf
// CHECK-NOT: memref.copy
func.func @two_outputs(%x: memref<8xf32>, %y: memref<8xf32>, %z: memref<8xf32>) {
  %t = bufferization.to_tensor %x restrict : memref<8xf32> to tensor<8xf32>
  %e = tensor.empty() : tensor<8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%t : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %s = math.exp %i : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
      ins(%t : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%i: f32, %o: f32):
    %s = math.absf %i : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  bufferization.materialize_in_destination %a in restrict writable %y : (tensor<8xf32>, memref<8xf32>) -> ()
  bufferization.materialize_in_destination %b in restrict writable %z : (tensor<8xf32>, memref<8xf32>) -> ()
  return
}
