// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-materialize-weights=initialize --split-input-file --verify-diagnostics

// Initializers are checked when they are used.

nn.sequential @m {
  nn.input {shape = [3]}
  // expected-error@+2 {{layer 'a' (Dense): weight 'kernel': unknown initializer 'magic'; there are constant, }}
  // expected-error@+1 {{layer 'a' (Dense): weight 'bias': initializer 'constant' has no key 'size'; its keys are value}}
  nn.dense {units = 2, name = "a", kernel_initializer = "magic", bias_initializer = {class_name = "Constant", config = {size = 3}}}
  // expected-error@+1 {{layer 'b' (Dense): weight 'kernel': the initializer's key 'value' is neither a number nor a word}}
  nn.dense {units = 2, name = "b", use_bias = false, kernel_initializer = {class_name = "Constant", config = {value = [3]}}}
}

// -----

// What is too much is said before anything is made.

nn.sequential @m {
  nn.input {shape = [32768]}
  nn.dense {units = 32767, use_bias = false, name = "zeros", kernel_initializer = {class_name = "Magic"}}
  // expected-error@+1 {{layer 'd' (Dense): weight 'kernel' (32767, 32768): more than 2^30 elements would be made up in all}}
  nn.dense {units = 32768, use_bias = false, name = "d"}
}
