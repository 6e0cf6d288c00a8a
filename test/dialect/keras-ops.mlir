// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Functions of keras.ops keep all their keys, constants among them.

// CHECK-LABEL: nn.model @functions {
// CHECK: nn.ops.abs(%{{.*}})
// CHECK: nn.ops.absolute(%{{.*}})
// CHECK: nn.ops.add(%{{.*}}, %{{.*}})
// CHECK: nn.ops.add(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.add(%{{.*}}) {x2 = true}
// CHECK: nn.ops.all(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.amax(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.amin(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.any(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.append(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: nn.ops.append(%{{.*}}) {axis = 1, x1 = [1.5, 2.0]}
// CHECK: nn.ops.append(%{{.*}}) {axis = 1, x2 = true}
// CHECK: nn.ops.arccos(%{{.*}})
// CHECK: nn.ops.arccosh(%{{.*}})
// CHECK: nn.ops.arcsin(%{{.*}})
// CHECK: nn.ops.arcsinh(%{{.*}})
// CHECK: nn.ops.arctan2(%{{.*}}, %{{.*}})
// CHECK: nn.ops.arctan2(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.arctan2(%{{.*}}) {x2 = true}
// CHECK: nn.ops.arctan(%{{.*}})
// CHECK: nn.ops.arctanh(%{{.*}})
// CHECK: nn.ops.argmax(%{{.*}}) {axis = 1, keepdims = true}
// CHECK: nn.ops.argmin(%{{.*}}) {axis = 1, keepdims = true}
// CHECK: nn.ops.argsort(%{{.*}}) {axis = 1}
// CHECK: nn.ops.broadcast_to(%{{.*}}) {shape = [-1, 2, 3]}
// CHECK: nn.ops.cast(%{{.*}}) {dtype = "int32"}
// CHECK: nn.ops.ceil(%{{.*}})
// CHECK: nn.ops.celu(%{{.*}}) {alpha = 0.5}
// CHECK: nn.ops.clip(%{{.*}}) {x_max = [1, 2, 3], x_min = -0.5}
// CHECK: nn.ops.concatenate(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: nn.ops.cos(%{{.*}})
// CHECK: nn.ops.cosh(%{{.*}})
// CHECK: nn.ops.count_nonzero(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.cumprod(%{{.*}}) {axis = 1}
// CHECK: nn.ops.cumsum(%{{.*}}) {axis = 1, dtype = "int32"}
// CHECK: nn.ops.divide_no_nan(%{{.*}}, %{{.*}})
// CHECK: nn.ops.divide_no_nan(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.divide_no_nan(%{{.*}}) {x2 = true}
// CHECK: nn.ops.divide(%{{.*}}, %{{.*}})
// CHECK: nn.ops.divide(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.divide(%{{.*}}) {x2 = true}
// CHECK: nn.ops.dot(%{{.*}}, %{{.*}})
// CHECK: nn.ops.dot(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.dot(%{{.*}}) {x2 = true}
// CHECK: nn.ops.einsum(%{{.*}}, %{{.*}}) {subscripts = "bij,bjk->bik"}
// CHECK: nn.ops.elu(%{{.*}}) {alpha = 0.5}
// CHECK: nn.ops.equal(%{{.*}}, %{{.*}})
// CHECK: nn.ops.equal(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.equal(%{{.*}}) {x2 = true}
// CHECK: nn.ops.erf(%{{.*}})
// CHECK: nn.ops.exp2(%{{.*}})
// CHECK: nn.ops.exp(%{{.*}})
// CHECK: nn.ops.expand_dims(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.expm1(%{{.*}})
// CHECK: nn.ops.flip(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.floor_divide(%{{.*}}, %{{.*}})
// CHECK: nn.ops.floor_divide(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.floor_divide(%{{.*}}) {x2 = true}
// CHECK: nn.ops.floor(%{{.*}})
// CHECK: nn.ops.full_like(%{{.*}}) {fill_value = 7}
// CHECK: nn.ops.gelu(%{{.*}}) {approximate = false}
// CHECK: nn.ops.get_item(%{{.*}}) {key = "..., 0, 1:5:2"}
// CHECK: nn.ops.glu(%{{.*}}) {axis = 1}
// CHECK: nn.ops.greater_equal(%{{.*}}, %{{.*}})
// CHECK: nn.ops.greater_equal(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.greater_equal(%{{.*}}) {x2 = true}
// CHECK: nn.ops.greater(%{{.*}}, %{{.*}})
// CHECK: nn.ops.greater(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.greater(%{{.*}}) {x2 = true}
// CHECK: nn.ops.hard_shrink(%{{.*}}) {threshold = 0.25}
// CHECK: nn.ops.hard_sigmoid(%{{.*}})
// CHECK: nn.ops.hard_silu(%{{.*}})
// CHECK: nn.ops.hard_tanh(%{{.*}})
// CHECK: nn.ops.hypot(%{{.*}}, %{{.*}})
// CHECK: nn.ops.hypot(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.hypot(%{{.*}}) {x2 = true}
// CHECK: nn.ops.inner(%{{.*}}, %{{.*}})
// CHECK: nn.ops.inner(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.inner(%{{.*}}) {x2 = true}
// CHECK: nn.ops.isfinite(%{{.*}})
// CHECK: nn.ops.isinf(%{{.*}})
// CHECK: nn.ops.isnan(%{{.*}})
// CHECK: nn.ops.leaky_relu(%{{.*}}) {negative_slope = 0.1}
// CHECK: nn.ops.less_equal(%{{.*}}, %{{.*}})
// CHECK: nn.ops.less_equal(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.less_equal(%{{.*}}) {x2 = true}
// CHECK: nn.ops.less(%{{.*}}, %{{.*}})
// CHECK: nn.ops.less(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.less(%{{.*}}) {x2 = true}
// CHECK: nn.ops.log10(%{{.*}})
// CHECK: nn.ops.log1p(%{{.*}})
// CHECK: nn.ops.log2(%{{.*}})
// CHECK: nn.ops.log(%{{.*}})
// CHECK: nn.ops.log_sigmoid(%{{.*}})
// CHECK: nn.ops.log_softmax(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.logaddexp(%{{.*}}, %{{.*}})
// CHECK: nn.ops.logaddexp(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.logaddexp(%{{.*}}) {x2 = true}
// CHECK: nn.ops.logical_and(%{{.*}}, %{{.*}})
// CHECK: nn.ops.logical_and(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.logical_and(%{{.*}}) {x2 = true}
// CHECK: nn.ops.logical_not(%{{.*}})
// CHECK: nn.ops.logical_or(%{{.*}}, %{{.*}})
// CHECK: nn.ops.logical_or(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.logical_or(%{{.*}}) {x2 = true}
// CHECK: nn.ops.logical_xor(%{{.*}}, %{{.*}})
// CHECK: nn.ops.logical_xor(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.logical_xor(%{{.*}}) {x2 = true}
// CHECK: nn.ops.logsumexp(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.matmul(%{{.*}}, %{{.*}})
// CHECK: nn.ops.matmul(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.matmul(%{{.*}}) {x2 = true}
// CHECK: nn.ops.max(%{{.*}}) {axis = [1], initial = 0.5, keepdims = true}
// CHECK: nn.ops.maximum(%{{.*}}, %{{.*}})
// CHECK: nn.ops.maximum(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.maximum(%{{.*}}) {x2 = true}
// CHECK: nn.ops.mean(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.min(%{{.*}}) {axis = [1], initial = 0.5, keepdims = true}
// CHECK: nn.ops.minimum(%{{.*}}, %{{.*}})
// CHECK: nn.ops.minimum(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.minimum(%{{.*}}) {x2 = true}
// CHECK: nn.ops.mish(%{{.*}})
// CHECK: nn.ops.mod(%{{.*}}, %{{.*}})
// CHECK: nn.ops.mod(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.mod(%{{.*}}) {x2 = true}
// CHECK: nn.ops.moveaxis(%{{.*}}) {destination = [2], source = [1]}
// CHECK: nn.ops.multi_hot(%{{.*}}) {axis = 1, num_classes = 4, sparse = false}
// CHECK: nn.ops.multiply(%{{.*}}, %{{.*}})
// CHECK: nn.ops.multiply(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.multiply(%{{.*}}) {x2 = true}
// CHECK: nn.ops.nan_to_num(%{{.*}}) {nan = 1.0, neginf = -9.0, posinf = 9.0}
// CHECK: nn.ops.negative(%{{.*}})
// CHECK: nn.ops.normalize(%{{.*}}) {axis = [1], epsilon = 0.001, order = 1}
// CHECK: nn.ops.not_equal(%{{.*}}, %{{.*}})
// CHECK: nn.ops.not_equal(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.not_equal(%{{.*}}) {x2 = true}
// CHECK: nn.ops.one_hot(%{{.*}}) {axis = 1, dtype = "int32", num_classes = 4, sparse = false}
// CHECK: nn.ops.ones_like(%{{.*}})
// CHECK: nn.ops.outer(%{{.*}}, %{{.*}})
// CHECK: nn.ops.outer(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.outer(%{{.*}}) {x2 = true}
// CHECK: nn.ops.pad(%{{.*}}) {constant_values = 0.5, mode = "reflect", pad_width = {{\[\[}}0, 0], [1, 2], [0, 0{{\]\]}}}
// CHECK: nn.ops.power(%{{.*}}, %{{.*}})
// CHECK: nn.ops.power(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.power(%{{.*}}) {x2 = true}
// CHECK: nn.ops.prod(%{{.*}}) {axis = [1], dtype = "int32", keepdims = true}
// CHECK: nn.ops.ravel(%{{.*}})
// CHECK: nn.ops.reciprocal(%{{.*}})
// CHECK: nn.ops.relu6(%{{.*}})
// CHECK: nn.ops.relu(%{{.*}})
// CHECK: nn.ops.repeat(%{{.*}}) {axis = 1, repeats = [2]}
// CHECK: nn.ops.reshape(%{{.*}}) {newshape = [-1, 6]}
// CHECK: nn.ops.roll(%{{.*}}) {axis = [1], shift = [1]}
// CHECK: nn.ops.round(%{{.*}}) {decimals = 2}
// CHECK: nn.ops.rsqrt(%{{.*}})
// CHECK: nn.ops.selu(%{{.*}})
// CHECK: nn.ops.sigmoid(%{{.*}})
// CHECK: nn.ops.sign(%{{.*}})
// CHECK: nn.ops.silu(%{{.*}})
// CHECK: nn.ops.sin(%{{.*}})
// CHECK: nn.ops.sinh(%{{.*}})
// CHECK: nn.ops.slice(%{{.*}}) {shape = [-1, 1, 3], start_indices = [0, 1, 0]}
// CHECK: nn.ops.soft_shrink(%{{.*}}) {threshold = 0.25}
// CHECK: nn.ops.softmax(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.softplus(%{{.*}})
// CHECK: nn.ops.softsign(%{{.*}})
// CHECK: nn.ops.sort(%{{.*}}) {axis = 1}
// CHECK: nn.ops.sparse_plus(%{{.*}})
// CHECK: nn.ops.sparse_sigmoid(%{{.*}})
// CHECK: nn.ops.sparsemax(%{{.*}}) {axis = 1}
// CHECK: nn.ops.split(%{{.*}}) {axis = 1, indices_or_sections = 2}
// CHECK: nn.ops.sqrt(%{{.*}})
// CHECK: nn.ops.square(%{{.*}})
// CHECK: nn.ops.squareplus(%{{.*}}) {b = 2.0}
// CHECK: nn.ops.squeeze(%{{.*}}) {axis = [1]}
// CHECK: nn.ops.stack(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: nn.ops.std(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.stop_gradient(%{{.*}})
// CHECK: nn.ops.subtract(%{{.*}}, %{{.*}})
// CHECK: nn.ops.subtract(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.subtract(%{{.*}}) {x2 = true}
// CHECK: nn.ops.sum(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.swapaxes(%{{.*}}) {axis1 = 1, axis2 = 2}
// CHECK: nn.ops.take_along_axis(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: nn.ops.take_along_axis(%{{.*}}) {axis = 1, x = dense<[1, 2]> : tensor<2xi32>}
// CHECK: nn.ops.take_along_axis(%{{.*}}) {axis = 1, indices = {{\[\[}}0, 1], [2, 0{{\]\]}}}
// CHECK: nn.ops.take(%{{.*}}, %{{.*}}) {axis = 1}
// CHECK: nn.ops.take(%{{.*}}) {axis = 1, x = dense<[1, 2]> : tensor<2xi32>}
// CHECK: nn.ops.take(%{{.*}}) {axis = 1, indices = {{\[\[}}0, 1], [2, 0{{\]\]}}}
// CHECK: nn.ops.tan(%{{.*}})
// CHECK: nn.ops.tanh(%{{.*}})
// CHECK: nn.ops.tanh_shrink(%{{.*}})
// CHECK: nn.ops.tensordot(%{{.*}}, %{{.*}}) {axes = {{\[\[}}1], [2{{\]\]}}}
// CHECK: nn.ops.tensordot(%{{.*}}) {axes = {{\[\[}}1], [2{{\]\]}}, x1 = [1.5, 2.0]}
// CHECK: nn.ops.tensordot(%{{.*}}) {axes = {{\[\[}}1], [2{{\]\]}}, x2 = true}
// CHECK: nn.ops.threshold(%{{.*}}) {default_value = -1.0, threshold = 0.25}
// CHECK: nn.ops.tile(%{{.*}}) {repeats = [1, 2, 1]}
// CHECK: nn.ops.top_k(%{{.*}}) {k = 1, sorted = false}
// CHECK: nn.ops.transpose(%{{.*}}) {axes = [0, 2, 1]}
// CHECK: nn.ops.tril(%{{.*}}) {k = 1}
// CHECK: nn.ops.triu(%{{.*}}) {k = 1}
// CHECK: nn.ops.true_divide(%{{.*}}, %{{.*}})
// CHECK: nn.ops.true_divide(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.true_divide(%{{.*}}) {x2 = true}
// CHECK: nn.ops.trunc(%{{.*}})
// CHECK: nn.ops.unstack(%{{.*}}) {axis = 1, num = 2}
// CHECK: nn.ops.var(%{{.*}}) {axis = [1], keepdims = true}
// CHECK: nn.ops.vdot(%{{.*}}, %{{.*}})
// CHECK: nn.ops.vdot(%{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.vdot(%{{.*}}) {x2 = true}
// CHECK: nn.ops.where(%{{.*}}, %{{.*}}, %{{.*}})
// CHECK: nn.ops.where(%{{.*}}, %{{.*}}) {condition = [true, false]}
// CHECK: nn.ops.where(%{{.*}}, %{{.*}}) {x1 = [1.5, 2.0]}
// CHECK: nn.ops.where(%{{.*}}, %{{.*}}) {x2 = true}
// CHECK: nn.ops.zeros_like(%{{.*}}) {dtype = "int32"}

nn.model @functions {
  %a = nn.input {shape = [2, 3]}
  %b = nn.input {shape = [2, 3]}
  %c = nn.input {shape = [2, 3]}
  %0 = nn.ops.abs(%a)
  %1 = nn.ops.absolute(%a)
  %2 = nn.ops.add(%a, %b)
  %3 = nn.ops.add(%a) {x1 = [1.5, 2.0]}
  %4 = nn.ops.add(%a) {x2 = true}
  %5 = nn.ops.all(%a) {axis = [1], keepdims = true}
  %6 = nn.ops.amax(%a) {axis = [1], keepdims = true}
  %7 = nn.ops.amin(%a) {axis = [1], keepdims = true}
  %8 = nn.ops.any(%a) {axis = [1], keepdims = true}
  %9 = nn.ops.append(%a, %b) {axis = 1}
  %10 = nn.ops.append(%a) {axis = 1, x1 = [1.5, 2.0]}
  %11 = nn.ops.append(%a) {axis = 1, x2 = true}
  %12 = nn.ops.arccos(%a)
  %13 = nn.ops.arccosh(%a)
  %14 = nn.ops.arcsin(%a)
  %15 = nn.ops.arcsinh(%a)
  %16 = nn.ops.arctan2(%a, %b)
  %17 = nn.ops.arctan2(%a) {x1 = [1.5, 2.0]}
  %18 = nn.ops.arctan2(%a) {x2 = true}
  %19 = nn.ops.arctan(%a)
  %20 = nn.ops.arctanh(%a)
  %21 = nn.ops.argmax(%a) {axis = 1, keepdims = true}
  %22 = nn.ops.argmin(%a) {axis = 1, keepdims = true}
  %23 = nn.ops.argsort(%a) {axis = 1}
  %24 = nn.ops.broadcast_to(%a) {shape = [-1, 2, 3]}
  %25 = nn.ops.cast(%a) {dtype = "int32"}
  %26 = nn.ops.ceil(%a)
  %27 = nn.ops.celu(%a) {alpha = 0.5}
  %28 = nn.ops.clip(%a) {x_max = [1, 2, 3], x_min = -0.5}
  %29 = nn.ops.concatenate(%a, %b) {axis = 1}
  %30 = nn.ops.cos(%a)
  %31 = nn.ops.cosh(%a)
  %32 = nn.ops.count_nonzero(%a) {axis = [1]}
  %33 = nn.ops.cumprod(%a) {axis = 1}
  %34 = nn.ops.cumsum(%a) {axis = 1, dtype = "int32"}
  %35 = nn.ops.divide_no_nan(%a, %b)
  %36 = nn.ops.divide_no_nan(%a) {x1 = [1.5, 2.0]}
  %37 = nn.ops.divide_no_nan(%a) {x2 = true}
  %38 = nn.ops.divide(%a, %b)
  %39 = nn.ops.divide(%a) {x1 = [1.5, 2.0]}
  %40 = nn.ops.divide(%a) {x2 = true}
  %41 = nn.ops.dot(%a, %b)
  %42 = nn.ops.dot(%a) {x1 = [1.5, 2.0]}
  %43 = nn.ops.dot(%a) {x2 = true}
  %44 = nn.ops.einsum(%a, %b) {subscripts = "bij,bjk->bik"}
  %45 = nn.ops.elu(%a) {alpha = 0.5}
  %46 = nn.ops.equal(%a, %b)
  %47 = nn.ops.equal(%a) {x1 = [1.5, 2.0]}
  %48 = nn.ops.equal(%a) {x2 = true}
  %49 = nn.ops.erf(%a)
  %50 = nn.ops.exp2(%a)
  %51 = nn.ops.exp(%a)
  %52 = nn.ops.expand_dims(%a) {axis = [1]}
  %53 = nn.ops.expm1(%a)
  %54 = nn.ops.flip(%a) {axis = [1]}
  %55 = nn.ops.floor_divide(%a, %b)
  %56 = nn.ops.floor_divide(%a) {x1 = [1.5, 2.0]}
  %57 = nn.ops.floor_divide(%a) {x2 = true}
  %58 = nn.ops.floor(%a)
  %59 = nn.ops.full_like(%a) {fill_value = 7}
  %60 = nn.ops.gelu(%a) {approximate = false}
  %61 = nn.ops.get_item(%a) {key = "..., 0, 1:5:2"}
  %62 = nn.ops.glu(%a) {axis = 1}
  %63 = nn.ops.greater_equal(%a, %b)
  %64 = nn.ops.greater_equal(%a) {x1 = [1.5, 2.0]}
  %65 = nn.ops.greater_equal(%a) {x2 = true}
  %66 = nn.ops.greater(%a, %b)
  %67 = nn.ops.greater(%a) {x1 = [1.5, 2.0]}
  %68 = nn.ops.greater(%a) {x2 = true}
  %69 = nn.ops.hard_shrink(%a) {threshold = 0.25}
  %70 = nn.ops.hard_sigmoid(%a)
  %71 = nn.ops.hard_silu(%a)
  %72 = nn.ops.hard_tanh(%a)
  %73 = nn.ops.hypot(%a, %b)
  %74 = nn.ops.hypot(%a) {x1 = [1.5, 2.0]}
  %75 = nn.ops.hypot(%a) {x2 = true}
  %76 = nn.ops.inner(%a, %b)
  %77 = nn.ops.inner(%a) {x1 = [1.5, 2.0]}
  %78 = nn.ops.inner(%a) {x2 = true}
  %79 = nn.ops.isfinite(%a)
  %80 = nn.ops.isinf(%a)
  %81 = nn.ops.isnan(%a)
  %82 = nn.ops.leaky_relu(%a) {negative_slope = 0.1}
  %83 = nn.ops.less_equal(%a, %b)
  %84 = nn.ops.less_equal(%a) {x1 = [1.5, 2.0]}
  %85 = nn.ops.less_equal(%a) {x2 = true}
  %86 = nn.ops.less(%a, %b)
  %87 = nn.ops.less(%a) {x1 = [1.5, 2.0]}
  %88 = nn.ops.less(%a) {x2 = true}
  %89 = nn.ops.log10(%a)
  %90 = nn.ops.log1p(%a)
  %91 = nn.ops.log2(%a)
  %92 = nn.ops.log(%a)
  %93 = nn.ops.log_sigmoid(%a)
  %94 = nn.ops.log_softmax(%a) {axis = [1]}
  %95 = nn.ops.logaddexp(%a, %b)
  %96 = nn.ops.logaddexp(%a) {x1 = [1.5, 2.0]}
  %97 = nn.ops.logaddexp(%a) {x2 = true}
  %98 = nn.ops.logical_and(%a, %b)
  %99 = nn.ops.logical_and(%a) {x1 = [1.5, 2.0]}
  %100 = nn.ops.logical_and(%a) {x2 = true}
  %101 = nn.ops.logical_not(%a)
  %102 = nn.ops.logical_or(%a, %b)
  %103 = nn.ops.logical_or(%a) {x1 = [1.5, 2.0]}
  %104 = nn.ops.logical_or(%a) {x2 = true}
  %105 = nn.ops.logical_xor(%a, %b)
  %106 = nn.ops.logical_xor(%a) {x1 = [1.5, 2.0]}
  %107 = nn.ops.logical_xor(%a) {x2 = true}
  %108 = nn.ops.logsumexp(%a) {axis = [1], keepdims = true}
  %109 = nn.ops.matmul(%a, %b)
  %110 = nn.ops.matmul(%a) {x1 = [1.5, 2.0]}
  %111 = nn.ops.matmul(%a) {x2 = true}
  %112 = nn.ops.max(%a) {axis = [1], initial = 0.5, keepdims = true}
  %113 = nn.ops.maximum(%a, %b)
  %114 = nn.ops.maximum(%a) {x1 = [1.5, 2.0]}
  %115 = nn.ops.maximum(%a) {x2 = true}
  %116 = nn.ops.mean(%a) {axis = [1], keepdims = true}
  %117 = nn.ops.min(%a) {axis = [1], initial = 0.5, keepdims = true}
  %118 = nn.ops.minimum(%a, %b)
  %119 = nn.ops.minimum(%a) {x1 = [1.5, 2.0]}
  %120 = nn.ops.minimum(%a) {x2 = true}
  %121 = nn.ops.mish(%a)
  %122 = nn.ops.mod(%a, %b)
  %123 = nn.ops.mod(%a) {x1 = [1.5, 2.0]}
  %124 = nn.ops.mod(%a) {x2 = true}
  %125 = nn.ops.moveaxis(%a) {destination = [2], source = [1]}
  %126 = nn.ops.multi_hot(%a) {axis = 1, num_classes = 4, sparse = false}
  %127 = nn.ops.multiply(%a, %b)
  %128 = nn.ops.multiply(%a) {x1 = [1.5, 2.0]}
  %129 = nn.ops.multiply(%a) {x2 = true}
  %130 = nn.ops.nan_to_num(%a) {nan = 1.0, neginf = -9.0, posinf = 9.0}
  %131 = nn.ops.negative(%a)
  %132 = nn.ops.normalize(%a) {axis = [1], epsilon = 0.001, order = 1}
  %133 = nn.ops.not_equal(%a, %b)
  %134 = nn.ops.not_equal(%a) {x1 = [1.5, 2.0]}
  %135 = nn.ops.not_equal(%a) {x2 = true}
  %136 = nn.ops.one_hot(%a) {axis = 1, dtype = "int32", num_classes = 4, sparse = false}
  %137 = nn.ops.ones_like(%a)
  %138 = nn.ops.outer(%a, %b)
  %139 = nn.ops.outer(%a) {x1 = [1.5, 2.0]}
  %140 = nn.ops.outer(%a) {x2 = true}
  %141 = nn.ops.pad(%a) {constant_values = 0.5, mode = "reflect", pad_width = [[0, 0], [1, 2], [0, 0]]}
  %142 = nn.ops.power(%a, %b)
  %143 = nn.ops.power(%a) {x1 = [1.5, 2.0]}
  %144 = nn.ops.power(%a) {x2 = true}
  %145 = nn.ops.prod(%a) {axis = [1], dtype = "int32", keepdims = true}
  %146 = nn.ops.ravel(%a)
  %147 = nn.ops.reciprocal(%a)
  %148 = nn.ops.relu6(%a)
  %149 = nn.ops.relu(%a)
  %150 = nn.ops.repeat(%a) {axis = 1, repeats = [2]}
  %151 = nn.ops.reshape(%a) {newshape = [-1, 6]}
  %152 = nn.ops.roll(%a) {axis = [1], shift = [1]}
  %153 = nn.ops.round(%a) {decimals = 2}
  %154 = nn.ops.rsqrt(%a)
  %155 = nn.ops.selu(%a)
  %156 = nn.ops.sigmoid(%a)
  %157 = nn.ops.sign(%a)
  %158 = nn.ops.silu(%a)
  %159 = nn.ops.sin(%a)
  %160 = nn.ops.sinh(%a)
  %161 = nn.ops.slice(%a) {shape = [-1, 1, 3], start_indices = [0, 1, 0]}
  %162 = nn.ops.soft_shrink(%a) {threshold = 0.25}
  %163 = nn.ops.softmax(%a) {axis = [1]}
  %164 = nn.ops.softplus(%a)
  %165 = nn.ops.softsign(%a)
  %166 = nn.ops.sort(%a) {axis = 1}
  %167 = nn.ops.sparse_plus(%a)
  %168 = nn.ops.sparse_sigmoid(%a)
  %169 = nn.ops.sparsemax(%a) {axis = 1}
  %170, %171 = nn.ops.split(%a) {axis = 1, indices_or_sections = 2}
  %172 = nn.ops.sqrt(%a)
  %173 = nn.ops.square(%a)
  %174 = nn.ops.squareplus(%a) {b = 2.0}
  %175 = nn.ops.squeeze(%a) {axis = [1]}
  %176 = nn.ops.stack(%a, %b) {axis = 1}
  %177 = nn.ops.std(%a) {axis = [1], keepdims = true}
  %178 = nn.ops.stop_gradient(%a)
  %179 = nn.ops.subtract(%a, %b)
  %180 = nn.ops.subtract(%a) {x1 = [1.5, 2.0]}
  %181 = nn.ops.subtract(%a) {x2 = true}
  %182 = nn.ops.sum(%a) {axis = [1], keepdims = true}
  %183 = nn.ops.swapaxes(%a) {axis1 = 1, axis2 = 2}
  %184 = nn.ops.take_along_axis(%a, %b) {axis = 1}
  %185 = nn.ops.take_along_axis(%a) {axis = 1, x = dense<[1, 2]> : tensor<2xi32>}
  %186 = nn.ops.take_along_axis(%a) {axis = 1, indices = [[0, 1], [2, 0]]}
  %187 = nn.ops.take(%a, %b) {axis = 1}
  %188 = nn.ops.take(%a) {axis = 1, x = dense<[1, 2]> : tensor<2xi32>}
  %189 = nn.ops.take(%a) {axis = 1, indices = [[0, 1], [2, 0]]}
  %190 = nn.ops.tan(%a)
  %191 = nn.ops.tanh(%a)
  %192 = nn.ops.tanh_shrink(%a)
  %193 = nn.ops.tensordot(%a, %b) {axes = [[1], [2]]}
  %194 = nn.ops.tensordot(%a) {axes = [[1], [2]], x1 = [1.5, 2.0]}
  %195 = nn.ops.tensordot(%a) {axes = [[1], [2]], x2 = true}
  %196 = nn.ops.threshold(%a) {default_value = -1.0, threshold = 0.25}
  %197 = nn.ops.tile(%a) {repeats = [1, 2, 1]}
  %198, %199 = nn.ops.top_k(%a) {k = 1, sorted = false}
  %200 = nn.ops.transpose(%a) {axes = [0, 2, 1]}
  %201 = nn.ops.tril(%a) {k = 1}
  %202 = nn.ops.triu(%a) {k = 1}
  %203 = nn.ops.true_divide(%a, %b)
  %204 = nn.ops.true_divide(%a) {x1 = [1.5, 2.0]}
  %205 = nn.ops.true_divide(%a) {x2 = true}
  %206 = nn.ops.trunc(%a)
  %207, %208 = nn.ops.unstack(%a) {axis = 1, num = 2}
  %209 = nn.ops.var(%a) {axis = [1], keepdims = true}
  %210 = nn.ops.vdot(%a, %b)
  %211 = nn.ops.vdot(%a) {x1 = [1.5, 2.0]}
  %212 = nn.ops.vdot(%a) {x2 = true}
  %213 = nn.ops.where(%a, %b, %c)
  %214 = nn.ops.where(%a, %b) {condition = [true, false]}
  %215 = nn.ops.where(%a, %b) {x1 = [1.5, 2.0]}
  %216 = nn.ops.where(%a, %b) {x2 = true}
  %217 = nn.ops.zeros_like(%a) {dtype = "int32"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15, %16, %17, %18, %19, %20, %21, %22, %23, %24, %25, %26, %27, %28, %29, %30, %31, %32, %33, %34, %35, %36, %37, %38, %39, %40, %41, %42, %43, %44, %45, %46, %47, %48, %49, %50, %51, %52, %53, %54, %55, %56, %57, %58, %59, %60, %61, %62, %63, %64, %65, %66, %67, %68, %69, %70, %71, %72, %73, %74, %75, %76, %77, %78, %79, %80, %81, %82, %83, %84, %85, %86, %87, %88, %89, %90, %91, %92, %93, %94, %95, %96, %97, %98, %99, %100, %101, %102, %103, %104, %105, %106, %107, %108, %109, %110, %111, %112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, %127, %128, %129, %130, %131, %132, %133, %134, %135, %136, %137, %138, %139, %140, %141, %142, %143, %144, %145, %146, %147, %148, %149, %150, %151, %152, %153, %154, %155, %156, %157, %158, %159, %160, %161, %162, %163, %164, %165, %166, %167, %168, %169, %170, %171, %172, %173, %174, %175, %176, %177, %178, %179, %180, %181, %182, %183, %184, %185, %186, %187, %188, %189, %190, %191, %192, %193, %194, %195, %196, %197, %198, %199, %200, %201, %202, %203, %204, %205, %206, %207, %208, %209, %210, %211, %212, %213, %214, %215, %216, %217)
}
