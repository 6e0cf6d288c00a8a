#rows = affine_map<(b, k, c) -> (b, k)>
#kernel = affine_map<(b, k, c) -> (k, c)>
#out3 = affine_map<(b, k, c) -> (b, c)>
#id = affine_map<(b, c) -> (b, c)>
#bias = affine_map<(b, c) -> (c)>
#row = affine_map<(b, c) -> (b)>
module attributes {nnc.model_info = "{\22kerasName\22: \22tiny\22, \22symbol\22: \22tiny\22, \22inputs\22: [{\22name\22: \22x\22, \22kerasName\22: \22x\22, \22dtype\22: \22float32\22, \22shape\22: [5]}], \22outputs\22: [{\22name\22: \22probs\22, \22kerasName\22: \22probs\22, \22dtype\22: \22float32\22, \22shape\22: [3]}, {\22name\22: \22hidden\22, \22kerasName\22: \22hidden\22, \22dtype\22: \22float32\22, \22shape\22: [7]}], \22layers\22: [{\22name\22: \22d1\22, \22className\22: \22Dense\22, \22outputShapes\22: [[-1, 7]]}]}"} {
memref.global "private" constant @"tiny.d1.kernel" : memref<5x7xf32> = dense<[[-0.625, -0.125, 0.375, -0.5, 0.0, 0.5, -0.375], [0.125, 0.625, -0.25, 0.25, -0.625, -0.125, 0.375], [-0.5, 0.0, 0.5, -0.375, 0.125, 0.625, -0.25], [0.25, -0.625, -0.125, 0.375, -0.5, 0.0, 0.5], [-0.375, 0.125, 0.625, -0.25, 0.25, -0.625, -0.125]]>
memref.global "private" constant @"tiny.d1.bias" : memref<7xf32> = dense<[-0.25, 0.0, 0.25, -0.125, 0.125, -0.25, 0.0]>
memref.global "private" constant @"tiny.d2.kernel" : memref<7x3xf32> = dense<[[-0.375, -0.125, 0.125], [0.375, -0.25, 0.0], [0.25, -0.375, -0.125], [0.125, 0.375, -0.25], [0.0, 0.25, -0.375], [-0.125, 0.125, 0.375], [-0.25, 0.0, 0.25]]>
memref.global "private" constant @"tiny.unused" : memref<9xf32> = dense<1.0>

func.func private @"tiny.b1"(%x: memref<1x5xf32>, %probs: memref<1x3xf32>, %hidden: memref<1x7xf32>) -> i32 attributes {nnc.batch = 1 : i64} {
  %zero = arith.constant 0.0 : f32
  %in = bufferization.to_tensor %x restrict : memref<1x5xf32> to tensor<1x5xf32>
  %k1m = memref.get_global @"tiny.d1.kernel" : memref<5x7xf32>
  %k1 = bufferization.to_tensor %k1m restrict : memref<5x7xf32> to tensor<5x7xf32>
  %b1m = memref.get_global @"tiny.d1.bias" : memref<7xf32>
  %b1 = bufferization.to_tensor %b1m restrict : memref<7xf32> to tensor<7xf32>
  %k2m = memref.get_global @"tiny.d2.kernel" : memref<7x3xf32>
  %k2 = bufferization.to_tensor %k2m restrict : memref<7x3xf32> to tensor<7x3xf32>
  %d1_e = tensor.empty() : tensor<1x7xf32>
  %d1_0 = linalg.fill ins(%zero : f32) outs(%d1_e : tensor<1x7xf32>) -> tensor<1x7xf32>
  %d1 = linalg.generic {indexing_maps = [#rows, #kernel, #out3], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%in, %k1 : tensor<1x5xf32>, tensor<5x7xf32>) outs(%d1_0 : tensor<1x7xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x7xf32> loc(#d1)
  %h_e = tensor.empty() : tensor<1x7xf32>
  %h = linalg.generic {indexing_maps = [#id, #bias, #id], iterator_types = ["parallel", "parallel"]}
      ins(%d1, %b1 : tensor<1x7xf32>, tensor<7xf32>) outs(%h_e : tensor<1x7xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    %r = arith.maximumf %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<1x7xf32>
  %d2_e = tensor.empty() : tensor<1x3xf32>
  %d2_0 = linalg.fill ins(%zero : f32) outs(%d2_e : tensor<1x3xf32>) -> tensor<1x3xf32>
  %d2 = linalg.generic {indexing_maps = [#rows, #kernel, #out3], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%h, %k2 : tensor<1x7xf32>, tensor<7x3xf32>) outs(%d2_0 : tensor<1x3xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x3xf32> loc(#d2)
  %low = arith.constant 0xFF800000 : f32
  %m_e = tensor.empty() : tensor<1xf32>
  %m_0 = linalg.fill ins(%low : f32) outs(%m_e : tensor<1xf32>) -> tensor<1xf32>
  %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%d2 : tensor<1x3xf32>) outs(%m_0 : tensor<1xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.maximumf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<1xf32>
  %p_e = tensor.empty() : tensor<1x3xf32>
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%d2, %m : tensor<1x3xf32>, tensor<1xf32>) outs(%p_e : tensor<1x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    %r = math.exp %d : f32
    linalg.yield %r : f32
  } -> tensor<1x3xf32>
  %s_0 = linalg.fill ins(%zero : f32) outs(%m_e : tensor<1xf32>) -> tensor<1xf32>
  %sum = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<1x3xf32>) outs(%s_0 : tensor<1xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<1xf32>
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%e, %sum : tensor<1x3xf32>, tensor<1xf32>) outs(%p_e : tensor<1x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %r = arith.divf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<1x3xf32>
  bufferization.materialize_in_destination %p in restrict writable %probs : (tensor<1x3xf32>, memref<1x3xf32>) -> ()
  bufferization.materialize_in_destination %h in restrict writable %hidden : (tensor<1x7xf32>, memref<1x7xf32>) -> ()
  %ok = arith.constant 0 : i32
  %bad = arith.constant 7 : i32
  %marker = arith.constant -99.0 : f32
  %c0 = arith.constant 0 : index
  %first = memref.load %x[%c0, %c0] : memref<1x5xf32>
  %isbad = arith.cmpf oeq, %first, %marker : f32
  %status = arith.select %isbad, %bad, %ok : i32
  return %status : i32
}

func.func private @"tiny.b4"(%x: memref<4x5xf32>, %probs: memref<4x3xf32>, %hidden: memref<4x7xf32>) -> i32 attributes {nnc.batch = 4 : i64} {
  %zero = arith.constant 0.0 : f32
  %in = bufferization.to_tensor %x restrict : memref<4x5xf32> to tensor<4x5xf32>
  %k1m = memref.get_global @"tiny.d1.kernel" : memref<5x7xf32>
  %k1 = bufferization.to_tensor %k1m restrict : memref<5x7xf32> to tensor<5x7xf32>
  %b1m = memref.get_global @"tiny.d1.bias" : memref<7xf32>
  %b1 = bufferization.to_tensor %b1m restrict : memref<7xf32> to tensor<7xf32>
  %k2m = memref.get_global @"tiny.d2.kernel" : memref<7x3xf32>
  %k2 = bufferization.to_tensor %k2m restrict : memref<7x3xf32> to tensor<7x3xf32>
  %d1_e = tensor.empty() : tensor<4x7xf32>
  %d1_0 = linalg.fill ins(%zero : f32) outs(%d1_e : tensor<4x7xf32>) -> tensor<4x7xf32>
  %d1 = linalg.generic {indexing_maps = [#rows, #kernel, #out3], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%in, %k1 : tensor<4x5xf32>, tensor<5x7xf32>) outs(%d1_0 : tensor<4x7xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<4x7xf32> loc(#d1)
  %h_e = tensor.empty() : tensor<4x7xf32>
  %h = linalg.generic {indexing_maps = [#id, #bias, #id], iterator_types = ["parallel", "parallel"]}
      ins(%d1, %b1 : tensor<4x7xf32>, tensor<7xf32>) outs(%h_e : tensor<4x7xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    %r = arith.maximumf %s, %zero : f32
    linalg.yield %r : f32
  } -> tensor<4x7xf32>
  %d2_e = tensor.empty() : tensor<4x3xf32>
  %d2_0 = linalg.fill ins(%zero : f32) outs(%d2_e : tensor<4x3xf32>) -> tensor<4x3xf32>
  %d2 = linalg.generic {indexing_maps = [#rows, #kernel, #out3], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%h, %k2 : tensor<4x7xf32>, tensor<7x3xf32>) outs(%d2_0 : tensor<4x3xf32>) {
  ^bb0(%a: f32, %b: f32, %acc: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %acc, %p : f32
    linalg.yield %s : f32
  } -> tensor<4x3xf32> loc(#d2)
  %low = arith.constant 0xFF800000 : f32
  %m_e = tensor.empty() : tensor<4xf32>
  %m_0 = linalg.fill ins(%low : f32) outs(%m_e : tensor<4xf32>) -> tensor<4xf32>
  %m = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%d2 : tensor<4x3xf32>) outs(%m_0 : tensor<4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.maximumf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %p_e = tensor.empty() : tensor<4x3xf32>
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%d2, %m : tensor<4x3xf32>, tensor<4xf32>) outs(%p_e : tensor<4x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    %r = math.exp %d : f32
    linalg.yield %r : f32
  } -> tensor<4x3xf32>
  %s_0 = linalg.fill ins(%zero : f32) outs(%m_e : tensor<4xf32>) -> tensor<4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]}
      ins(%e : tensor<4x3xf32>) outs(%s_0 : tensor<4xf32>) {
  ^bb0(%a: f32, %acc: f32):
    %r = arith.addf %acc, %a : f32
    linalg.yield %r : f32
  } -> tensor<4xf32>
  %p = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%e, %sum : tensor<4x3xf32>, tensor<4xf32>) outs(%p_e : tensor<4x3xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %r = arith.divf %a, %b : f32
    linalg.yield %r : f32
  } -> tensor<4x3xf32>
  bufferization.materialize_in_destination %p in restrict writable %probs : (tensor<4x3xf32>, memref<4x3xf32>) -> ()
  bufferization.materialize_in_destination %h in restrict writable %hidden : (tensor<4x7xf32>, memref<4x7xf32>) -> ()
  %ok = arith.constant 0 : i32
  %bad = arith.constant 7 : i32
  %marker = arith.constant -99.0 : f32
  %c0 = arith.constant 0 : index
  %first = memref.load %x[%c0, %c0] : memref<4x5xf32>
  %isbad = arith.cmpf oeq, %first, %marker : f32
  %status = arith.select %isbad, %bad, %ok : i32
  return %status : i32
}
}
#d1 = loc("d1"("/home/someone/tiny.mlir":3:5))
#d2 = loc("d2"("/home/someone/tiny.mlir":4:5))
