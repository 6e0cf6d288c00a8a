// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Dense layers and activations keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.dense {activation = "relu", bias_initializer = {class_name = "Constant", config = {value = 0.5}}, dtype = "float32", kernel_initializer = "he_normal", name = "d", trainable = false, units = 4, use_bias = false}
// CHECK-NEXT: {{.*}} = nn.dense {activity_regularizer = "l1", bias_constraint = "unit_norm", bias_regularizer = "l1", kernel_constraint = "non_neg", kernel_regularizer = {class_name = "L2", config = {l2 = 0.01}}, units = 4}
// CHECK-NEXT: {{.*}} = nn.dense {dtype = "int8_from_float32", quantization_config = {class_name = "Int8QuantizationConfig", config = {}}, units = 4}
// CHECK-NEXT: {{.*}} = nn.embedding {dtype = "int8_from_mixed_bfloat16", input_dim = 7, output_dim = 3}
// CHECK-NEXT: {{.*}} = nn.embedding {activity_regularizer = "l2", embeddings_constraint = "non_neg", embeddings_initializer = "zeros", embeddings_regularizer = "l2", input_dim = 7, mask_zero = true, output_dim = 3}
// CHECK-NEXT: {{.*}} = nn.activation {activation = "threshold", default_value = -1.0, threshold = 0.5}
// CHECK-NEXT: {{.*}} = nn.relu {max_value = 6.0, negative_slope = 0.1, threshold = 0.25}
// CHECK-NEXT: {{.*}} = nn.relu
// CHECK-NEXT: {{.*}} = nn.leaky_relu {negative_slope = 0.1}
// CHECK-NEXT: {{.*}} = nn.prelu {alpha_constraint = "non_neg", alpha_initializer = "ones", alpha_regularizer = "l2", shared_axes = [1, 2]}
// CHECK-NEXT: {{.*}} = nn.elu {alpha = 0.5}
// CHECK-NEXT: {{.*}} = nn.softmax {axis = [1, 2]}
// CHECK-NEXT: {{.*}} = nn.identity {dtype = "float32"}
// CHECK-NEXT: {{.*}} = nn.rescaling {offset = [1.0, -1.0], scale = 2.0}
// CHECK-NEXT: {{.*}} = nn.normalization {axis = [-1], invert = true, mean = {{\[\[}}1, 2], [3, 4{{\]\]}}, variance = [1.5, 2.0]}
// CHECK-NEXT: {{.*}} = nn.einsum_dense {activation = "relu", activity_regularizer = "l1", bias_axes = "d", bias_constraint = "unit_norm", bias_initializer = "ones", bias_regularizer = "l1", equation = "abc,cd->abd", kernel_constraint = "non_neg", kernel_initializer = "he_normal", kernel_regularizer = "l2", output_shape = [-1, 4]}
// CHECK-NEXT: {{.*}} = nn.einsum_dense {dtype = "int8_from_float32", equation = "ab,bc->ac", output_shape = [4], quantization_config = {class_name = "Int8QuantizationConfig", config = {}}}
// CHECK-NEXT: {{.*}} = nn.ternary_dense {activation = "relu", activity_regularizer = "l1", bias_constraint = "unit_norm", bias_initializer = "ones", bias_regularizer = "l1", kernel_constraint = "non_neg", kernel_initializer = "he_normal", kernel_regularizer = "l2", threshold = 0.5, units = 4, use_bias = false}
// CHECK-NEXT: {{.*}} = nn.layer_scale {init_values = 1.0E-6, projection_dim = 4}
// CHECK-NEXT: {{.*}} = nn.reversible_embedding {activity_regularizer = "l2", embeddings_constraint = "non_neg", embeddings_initializer = "zeros", embeddings_regularizer = "l2", input_dim = 7, logit_soft_cap = 3.0E+1, mask_zero = true, output_dim = 3, reverse = true, reverse_dtype = "float32", tie_weights = false}
// CHECK-NEXT: {{.*}} = nn.reversible_embedding {dtype = "int8_from_float16", input_dim = 7, output_dim = 3, quantization_config = {class_name = "Int8QuantizationConfig", config = {}}}

nn.sequential @all {
  nn.dense {units = 4, activation = "relu", use_bias = false, kernel_initializer = "he_normal", bias_initializer = {class_name = "Constant", config = {value = 0.5}}, name = "d", trainable = false, dtype = "float32"}
  nn.dense {units = 4, kernel_regularizer = {class_name = "L2", config = {l2 = 0.01}}, bias_regularizer = "l1", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "unit_norm"}
  nn.dense {units = 4, dtype = "int8_from_float32", quantization_config = {class_name = "Int8QuantizationConfig", config = {}}}
  nn.embedding {input_dim = 7, output_dim = 3, dtype = "int8_from_mixed_bfloat16"}
  nn.embedding {input_dim = 7, output_dim = 3, mask_zero = true, embeddings_initializer = "zeros", embeddings_regularizer = "l2", activity_regularizer = "l2", embeddings_constraint = "non_neg"}
  nn.activation {activation = "threshold", threshold = 0.5, default_value = -1.0}
  nn.relu {max_value = 6.0, negative_slope = 0.1, threshold = 0.25}
  nn.relu
  nn.leaky_relu {negative_slope = 0.1}
  nn.prelu {alpha_initializer = "ones", shared_axes = [1, 2], alpha_regularizer = "l2", alpha_constraint = "non_neg"}
  nn.elu {alpha = 0.5}
  nn.softmax {axis = [1, 2]}
  nn.identity {dtype = "float32"}
  nn.rescaling {scale = 2.0, offset = [1.0, -1.0]}
  nn.normalization {axis = [-1], mean = [[1, 2], [3, 4]], variance = [1.5, 2.0], invert = true}
  nn.einsum_dense {equation = "abc,cd->abd", output_shape = [-1, 4], activation = "relu", bias_axes = "d", kernel_initializer = "he_normal", bias_initializer = "ones", kernel_regularizer = "l2", bias_regularizer = "l1", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "unit_norm"}
  nn.einsum_dense {equation = "ab,bc->ac", output_shape = [4], dtype = "int8_from_float32", quantization_config = {class_name = "Int8QuantizationConfig", config = {}}}
  nn.ternary_dense {units = 4, threshold = 0.5, activation = "relu", use_bias = false, kernel_initializer = "he_normal", bias_initializer = "ones", kernel_regularizer = "l2", bias_regularizer = "l1", activity_regularizer = "l1", kernel_constraint = "non_neg", bias_constraint = "unit_norm"}
  nn.layer_scale {init_values = 1.0E-6, projection_dim = 4}
  nn.reversible_embedding {input_dim = 7, output_dim = 3, tie_weights = false, mask_zero = true, reverse = true, reverse_dtype = "float32", logit_soft_cap = 30, embeddings_initializer = "zeros", embeddings_regularizer = "l2", activity_regularizer = "l2", embeddings_constraint = "non_neg"}
  nn.reversible_embedding {input_dim = 7, output_dim = 3, dtype = "int8_from_float16", quantization_config = {class_name = "Int8QuantizationConfig", config = {}}}
}
