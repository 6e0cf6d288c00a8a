// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// Normalization layers keep all their keys.

// CHECK-LABEL: nn.sequential @all {
// CHECK-NEXT: {{.*}} = nn.batch_normalization {axis = 1, beta_constraint = "non_neg", beta_initializer = "ones", beta_regularizer = "l2", center = false, epsilon = 1.0E-5, gamma_constraint = "non_neg", gamma_initializer = "ones", gamma_regularizer = "l2", momentum = 0.99, moving_mean_initializer = "ones", moving_variance_initializer = "zeros", renorm = false, renorm_clipping = {rmax = 3.0}, renorm_momentum = 0.99, scale = false, synchronized = true}
// CHECK-NEXT: {{.*}} = nn.layer_normalization {axis = [1, 2], beta_constraint = "non_neg", beta_initializer = "ones", beta_regularizer = "l2", center = false, epsilon = 1.0E-5, gamma_constraint = "non_neg", gamma_initializer = "ones", gamma_regularizer = "l2", rms_scaling = true, scale = false}
// CHECK-NEXT: {{.*}} = nn.group_normalization {axis = 1, beta_constraint = "non_neg", beta_initializer = "ones", beta_regularizer = "l2", center = false, epsilon = 1.0E-5, gamma_constraint = "non_neg", gamma_initializer = "ones", gamma_regularizer = "l2", groups = -1, scale = false}
// CHECK-NEXT: {{.*}} = nn.rms_normalization {axis = [1, 2], epsilon = 0.5}
// CHECK-NEXT: {{.*}} = nn.unit_normalization {axis = [-2]}

nn.sequential @all {
  nn.batch_normalization {axis = 1, epsilon = 1.0E-5, center = false, scale = false, beta_initializer = "ones", gamma_initializer = "ones", moving_mean_initializer = "ones", moving_variance_initializer = "zeros", momentum = 0.99, beta_regularizer = "l2", gamma_regularizer = "l2", beta_constraint = "non_neg", gamma_constraint = "non_neg", synchronized = true, renorm = false, renorm_clipping = {rmax = 3.0}, renorm_momentum = 0.99}
  nn.layer_normalization {axis = [1, 2], epsilon = 1.0E-5, center = false, scale = false, rms_scaling = true, beta_initializer = "ones", gamma_initializer = "ones", beta_regularizer = "l2", gamma_regularizer = "l2", beta_constraint = "non_neg", gamma_constraint = "non_neg"}
  nn.group_normalization {groups = -1, axis = 1, epsilon = 1.0E-5, center = false, scale = false, beta_initializer = "ones", gamma_initializer = "ones", beta_regularizer = "l2", gamma_regularizer = "l2", beta_constraint = "non_neg", gamma_constraint = "non_neg"}
  nn.rms_normalization {axis = [1, 2], epsilon = 0.5}
  nn.unit_normalization {axis = -2}
}
