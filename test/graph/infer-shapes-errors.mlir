// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --split-input-file --verify-diagnostics

// A layer that refuses its input is named, with what it got and what it needs.
// What depends on it is passed over; what does not is reported in the same run.

nn.model @independent {
  %x = nn.input {shape = [784]}
  %s = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'conv1' (Conv2D): expects a rank-4 input (batch, height, width, channels), but got (None, 784)}}
  %0 = nn.conv2d(%x) {filters = 3, kernel_size = 3, name = "conv1"}
  %1 = nn.dense(%0) {units = 4}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): its window spans 11 elements, but the input has 10}}
  %2 = nn.conv1d(%s) {filters = 3, kernel_size = 11}
  // expected-error@+1 {{layer 'conv1d_1' (Conv1D): its window spans 13 elements, but the input has 10}}
  %3 = nn.conv1d(%s) {filters = 3, kernel_size = 3, dilation_rate = 6}
  // expected-error@+1 {{layer 'conv1d_2' (Conv1D): the input's 4 channels are not a multiple of groups = 3}}
  %4 = nn.conv1d(%s) {filters = 3, kernel_size = 3, groups = 3}
  // expected-error@+1 {{layer 'conv1d_3' (Conv1D): filters = 3 is not a multiple of groups = 2}}
  %5 = nn.conv1d(%s) {filters = 3, kernel_size = 3, groups = 2}
  // expected-error@+1 {{layer 'conv1d_4' (Conv1D): strides > 1 and dilation_rate > 1 exclude each other}}
  %6 = nn.conv1d(%s) {filters = 3, kernel_size = 3, strides = 2, dilation_rate = 2}
  // expected-error@+1 {{layer 'conv1d_5' (Conv1D): padding = "causal" needs data_format = "channels_last"}}
  %7 = nn.conv1d(%s) {filters = 3, kernel_size = 3, padding = "causal", data_format = "channels_first"}
  // expected-error@+1 {{layer 'max_pooling2d' (MaxPooling2D): expects a rank-4 input (batch, channels, height, width), but got (None, 10, 4)}}
  %8 = nn.max_pooling2d(%s) {data_format = "channels_first"}
  // expected-error@+1 {{layer 'average_pooling1d' (AveragePooling1D): its window spans 11 elements, but the input has 10}}
  %9 = nn.average_pooling1d(%s) {pool_size = 11}
  // expected-error@+1 {{layer 'global_max_pooling2d' (GlobalMaxPooling2D): expects a rank-4 input (batch, height, width, channels), but got (None, 10, 4)}}
  %10 = nn.global_max_pooling2d(%s)
  // expected-error@+1 {{layer 'cropping1d' (Cropping1D): crops 10 of 10 elements, but at least one must be left of (None, 10, 4)}}
  %11 = nn.cropping1d(%s) {cropping = 5}
  nn.output(%1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11)
}

// -----

nn.model @shapes {
  %x = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'reshape' (Reshape): cannot make (None, 7, 6) of (None, 10, 4): 42 against 40 elements}}
  %0 = nn.reshape(%x) {target_shape = [7, 6]}
  // expected-error@+1 {{layer 'reshape_1' (Reshape): cannot make (None, 7, -1) of (None, 10, 4): 7 against 40 elements}}
  %1 = nn.reshape(%x) {target_shape = [7, -1]}
  // expected-error@+1 {{layer 'reshape_2' (Reshape): target_shape has more than one -1}}
  %2 = nn.reshape(%x) {target_shape = [-1, -1]}
  // expected-error@+1 {{layer 'reshape_3' (Reshape): target_shape has the extent 0}}
  %3 = nn.reshape(%x) {target_shape = [0, 40]}
  // expected-error@+1 {{layer 'reshape_4' (Reshape): the size overflows}}
  %4 = nn.reshape(%x) {target_shape = [4294967296, 4294967296]}
  // expected-error@+1 {{layer 'permute' (Permute): dims must name each axis from 1 to 2 once for the input (None, 10, 4)}}
  %5 = nn.permute(%x) {dims = [1, 1]}
  // expected-error@+1 {{layer 'repeat_vector' (RepeatVector): expects a rank-2 input (batch, features), but got (None, 10, 4)}}
  %6 = nn.repeat_vector(%x) {n = 3}
  // expected-error@+1 {{layer 'spatial_dropout2d' (SpatialDropout2D): expects a rank-4 input (batch, height, width, channels), but got (None, 10, 4)}}
  %7 = nn.spatial_dropout2d(%x) {rate = 0.5}
  // expected-error@+1 {{layer 'spatial_dropout3d' (SpatialDropout3D): expects a rank-5 input (batch, depth, height, width, channels), but got (None, 10, 4)}}
  %8 = nn.spatial_dropout3d(%x) {rate = 0.5}
  %y = nn.flatten(%x)
  // expected-error@+1 {{layer 'spatial_dropout1d' (SpatialDropout1D): expects a rank-3 input (batch, steps, channels), but got (None, 40)}}
  %9 = nn.spatial_dropout1d(%y) {rate = 0.5}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9)
}

// -----

nn.model @axes {
  %x = nn.input {shape = [10, 4]}
  // expected-error@+1 {{layer 'softmax' (Softmax): axis 3 is outside an input of rank 3}}
  %0 = nn.softmax(%x) {axis = 3}
  // expected-error@+1 {{layer 'softmax_1' (Softmax): axis 0 is the batch}}
  %1 = nn.softmax(%x) {axis = 0}
  // expected-error@+1 {{layer 'softmax_2' (Softmax): axis -1 is named twice}}
  %2 = nn.softmax(%x) {axis = [2, -1]}
  // expected-error@+1 {{layer 'softmax_3' (Softmax): axis names no axis}}
  %3 = nn.softmax(%x) {axis = []}
  // expected-error@+1 {{layer 'layer_normalization' (LayerNormalization): axis names no axis}}
  %4 = nn.layer_normalization(%x) {axis = []}
  // expected-error@+1 {{layer 'layer_normalization_1' (LayerNormalization): axis 1 is named twice}}
  %5 = nn.layer_normalization(%x) {axis = [1, 1]}
  // expected-error@+1 {{layer 'batch_normalization' (BatchNormalization): axis -3 is the batch}}
  %6 = nn.batch_normalization(%x) {axis = -3}
  // expected-error@+1 {{layer 'normalization' (Normalization): axis -4 is outside an input of rank 3}}
  %7 = nn.normalization(%x) {axis = -4}
  // expected-error@+1 {{layer 'normalization_1' (Normalization): mean and variance are given together or not at all}}
  %8 = nn.normalization(%x) {mean = 3}
  // expected-error@+1 {{layer 'normalization_2' (Normalization): 'variance' has 3 numbers, but the axes have 4}}
  %9 = nn.normalization(%x) {mean = 3, variance = [1, 2, 3]}
  // expected-error@+1 {{layer 'normalization_3' (Normalization): axis 2 is named twice}}
  %10 = nn.normalization(%x) {axis = [2, 2]}
  // expected-error@+1 {{layer 'rescaling' (Rescaling): 'offset' of shape (3,) does not broadcast into the input (None, 10, 4)}}
  %11 = nn.rescaling(%x) {scale = 2, offset = [1, 2, 3]}
  // expected-error@+1 {{layer 'p_re_lu' (PReLU): axis 5 is outside an input of rank 3}}
  %12 = nn.prelu(%x) {shared_axes = [5]}
  // expected-error@+1 {{layer 'activation' (Activation): threshold and default_value belong to the activation 'threshold', which needs both}}
  %13 = nn.activation(%x) {activation = "relu", threshold = 1}
  // expected-error@+1 {{layer 'activation_1' (Activation): threshold and default_value belong to the activation 'threshold', which needs both}}
  %14 = nn.activation(%x) {activation = "threshold", threshold = 1}
  // expected-error@+1 {{layer 'dense' (Dense): glu needs an even last axis, but got (None, 10, 3)}}
  %15 = nn.dense(%x) {units = 3, activation = "glu"}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12, %13, %14, %15)
}

// -----

nn.model @several {
  %x = nn.input {shape = [10, 4]}
  %y = nn.input {shape = [9, 4]}
  %z = nn.input {shape = [5]}
  %i = nn.input {shape = [10, 4], dtype = "int32"}
  // expected-error@+1 {{layer 'add' (Add): inputs (None, 10, 4) and (None, 9, 4) do not broadcast}}
  %0 = nn.add(%x, %y)
  // expected-error@+1 {{layer 'concatenate' (Concatenate): inputs must agree in all axes but -1, but got (None, 10, 4) and (None, 9, 4)}}
  %1 = nn.concatenate(%x, %y)
  // expected-error@+1 {{layer 'concatenate_1' (Concatenate): axis 0 is the batch}}
  %2 = nn.concatenate(%x, %y) {axis = 0}
  // expected-error@+1 {{layer 'dot' (Dot): axes of one size are needed, but axis 1 of (None, 10, 4) and axis 2 of (None, 9, 4) differ}}
  %3 = nn.dot(%x, %y) {axes = [1, 2]}
  // expected-error@+1 {{layer 'dot_1' (Dot): axes expects an integer or a list of 2 of them}}
  %4 = nn.dot(%x, %y) {axes = [1, 2, 1]}
  // expected-error@+1 {{layer 'dot_2' (Dot): axis 0 is the batch}}
  %5 = nn.dot(%x, %y) {axes = 0}
  // expected-error@+1 {{layer 'gru' (GRU): expects a rank-3 input (batch, steps, features), but got (None, 5)}}
  %6 = nn.gru(%z) {units = 3}
  // expected-error@+1 {{layer 'lstm' (LSTM): initial_state expects 2 states, but got 1}}
  %7 = nn.lstm(%x, initial_state = %z) {units = 5}
  // expected-error@+1 {{layer 'gru_1' (GRU): initial_state expects (None, 4), but got (None, 5)}}
  %8 = nn.gru(%x, initial_state = %z) {units = 4}
  // expected-error@+1 {{layer 'gru_2' (GRU): the activation glu does not keep the state's size}}
  %9 = nn.gru(%x) {units = 4, activation = "glu"}
  // expected-error@+1 {{layer 'dense' (Dense): expects a float32 input, but got int32}}
  %10 = nn.dense(%i) {units = 4}
  // expected-error@+1 {{layer 'concatenate_2' (Concatenate): expects inputs of one type, but got int32 and float32}}
  %11 = nn.concatenate(%i, %x)
  // expected-error@+1 {{layer 'gru_3' (GRU): expects a float32 input, but got int32}}
  %12 = nn.gru(%x, initial_state = %i) {units = 4}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12)
}

// -----

nn.model @open {
  %x = nn.input {shape = [-1, -1]}
  %y = nn.input {shape = [5, -1]}
  // expected-error@+1 {{layer 'dense' (Dense): needs the number of features, but got (None, None, None)}}
  %0 = nn.dense(%x) {units = 3}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): needs the number of channels, but got None}}
  %1 = nn.conv1d(%x) {filters = 3, kernel_size = 3}
  // expected-error@+1 {{layer 'gru' (GRU): needs the number of features, but got (None, None, None)}}
  %2 = nn.gru(%x) {units = 3}
  // expected-error@+1 {{layer 'batch_normalization' (BatchNormalization): needs the extent of axis 2, but got (None, None, None)}}
  %3 = nn.batch_normalization(%x) {axis = 2}
  // expected-error@+1 {{layer 'layer_normalization' (LayerNormalization): needs the extent of axis 2, but got (None, None, None)}}
  %4 = nn.layer_normalization(%x)
  // expected-error@+1 {{layer 'normalization' (Normalization): needs the extents of axis, but got (None, 5, None)}}
  %5 = nn.normalization(%y)
  // expected-error@+1 {{layer 'p_re_lu' (PReLU): needs every extent that is not in shared_axes, but got (None, 5, None)}}
  %6 = nn.prelu(%y) {shared_axes = 1}
  nn.output(%0, %1, %2, %3, %4, %5, %6)
}

// -----

// What cannot be compiled yet is refused by name.

nn.model @later {
  %x = nn.input {shape = [6, 2]}
  %m = nn.input {shape = [6]}
  %i = nn.input {shape = [6], dtype = "int32"}
  // expected-error@+1 {{layer 'gru' (GRU): masks cannot be compiled yet}}
  %0 = nn.gru(%x, mask = %m) {units = 3}
  // expected-error@+1 {{layer 'gru_1' (GRU): stateful = true cannot be compiled yet}}
  %1 = nn.gru(%x) {units = 3, stateful = true}
  // expected-error@+1 {{layer 'embedding' (Embedding): mask_zero = true cannot be compiled yet, since masks cannot}}
  %2 = nn.embedding(%i) {input_dim = 3, output_dim = 2, mask_zero = true}
  // expected-error@+1 {{layer 'bidirectional' (Bidirectional): cannot be compiled yet}}
  %3 = nn.bidirectional(%x) {} { nn.gru {units = 3} }
  nn.output(%0, %1, %2, %3)
}

// -----

// Sizes: every product that does not fit is an error at its layer.

nn.model @sizes {
  // expected-error@+1 {{input 'zero': shape has the extent 0; extents are positive, -1 is an open one}}
  %zero = nn.input {shape = [3, 0], name = "zero"}
  // expected-error@+1 {{input 'negative': shape has the extent -7; extents are positive, -1 is an open one}}
  %negative = nn.input {shape = [-7], name = "negative"}
  // expected-error@+1 {{input 'wraps': the size overflows}}
  %wraps = nn.input {shape = [4294967296, 4294967296], name = "wraps"}
  // expected-error@+1 {{input 'hidden': the size overflows}}
  %hidden = nn.input {shape = [4294967296, -1, 4294967296], name = "hidden"}
  // expected-error@+1 {{input 'large': (None, 17592186044417) has more than 2^44 elements}}
  %large = nn.input {shape = [17592186044417], name = "large"}
  %x = nn.input {shape = [16777216], name = "x"}
  %y = nn.input {shape = [4, 3], name = "y"}
  // expected-error@+1 {{layer 'dense' (Dense): weight 'kernel': the size overflows}}
  %0 = nn.dense(%x) {units = 4398046511104}
  // expected-error@+1 {{layer 'dense_1' (Dense): weight 'kernel': (16777216, 16777216) has more than 2^44 elements}}
  %1 = nn.dense(%x) {units = 16777216}
  // expected-error@+1 {{layer 'up_sampling1d' (UpSampling1D): the size overflows}}
  %2 = nn.up_sampling1d(%y) {size = 9223372036854775807}
  // expected-error@+1 {{layer 'zero_padding1d' (ZeroPadding1D): the size overflows}}
  %3 = nn.zero_padding1d(%y) {padding = 9223372036854775807}
  // expected-error@+1 {{layer 'conv1d' (Conv1D): the size overflows}}
  %4 = nn.conv1d(%y) {filters = 1, kernel_size = 4294967296, dilation_rate = 4294967296}
  // expected-error@+1 {{layer 'lstm' (LSTM): the size overflows}}
  %5 = nn.lstm(%y) {units = 4611686018427387904}
  // expected-error@+1 {{layer 'repeat_vector' (RepeatVector): (None, 1048577, 16777216) has more than 2^44 elements}}
  %6 = nn.repeat_vector(%x) {n = 1048577}
  %z = nn.input {shape = [1048576, 1024], name = "z"}
  // expected-error@+1 {{layer 'dense_2' (Dense): needs more than 2^50 multiplications for one sample}}
  %7 = nn.dense(%z) {units = 2097152}
  nn.output(%0, %1, %2, %3, %4, %5, %6, %7)
}

// -----

// Types that were given have to be those inferred.

nn.model @types {
  // expected-error@+1 {{input 'a': its type 'tensor<?x4xf32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %a = nn.input {shape = [3], name = "a"} : tensor<?x4xf32>
  // expected-error@+1 {{input 'b': its type 'tensor<?x3xi32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %b = nn.input {shape = [3], name = "b"} : tensor<?x3xi32>
  // expected-error@+1 {{input 'c': its type 'tensor<5x3xf32>' is not that of its shape, 'tensor<?x3xf32>'}}
  %c = nn.input {shape = [3], name = "c"} : tensor<5x3xf32>
  %d = nn.input {shape = [3], name = "d"} : tensor<?x3xf32>
  // expected-error@+1 {{layer 'dense' (Dense): its type is given as 'tensor<?x5xf32>', but is 'tensor<?x4xf32>'}}
  %0 = nn.dense(%d) {units = 4} : (tensor<?x3xf32>) -> tensor<?x5xf32>
  nn.output(%a, %b, %c, %0) : tensor<?x4xf32>, tensor<?x3xi32>, tensor<5x3xf32>, tensor<?x5xf32>
}
