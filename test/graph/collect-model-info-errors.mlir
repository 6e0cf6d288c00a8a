// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info --split-input-file --verify-diagnostics
// RUN: not nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info=batch=-3 --split-input-file 2>&1 | FileCheck %s
// CHECK: --batch expects a positive number

// Open dimensions have to be fixed; the message has the option to paste.

nn.sequential @one {
  // expected-error@+1 {{input 'x' has an open dimension: (batch, None, 3); fix it with --shape 'Nx3', or --stream to feed it step by step}}
  nn.input {shape = [-1, 3], name = "x"}
  nn.relu
}

// -----

nn.model @several {
  // expected-error@+1 {{input 'x' has an open dimension: (batch, None, 3); fix it with --shape 'x=Nx3', or --stream to feed it step by step}}
  %x = nn.input {shape = [-1, 3], name = "x"}
  // expected-error@+1 {{input 'y' has an open dimension: (batch, None); fix it with --shape 'y=N', or --stream to feed it step by step}}
  %y = nn.input {shape = [-1], name = "y"}
  nn.output(%x, %y)
}

// -----

// expected-error@+1 {{model 'm': has a batch, but there is no 'nnc.model_info'}}
nn.model @m attributes {linked, batch = 2} {
  %x = nn.input {shape = [3], name = "x"}
  nn.output(%x)
}

// -----

// An attribute that is there has to describe the model.

// expected-error@+1 {{'nnc.model_info' is no string}}
module attributes {nnc.model_info = 3} {
  nn.model @m attributes {linked} {
    %x = nn.input {shape = [3], name = "x"}
    nn.output(%x)
  }
}

// -----

// expected-error@+1 {{'nnc.model_info' cannot be read: }}
module attributes {nnc.model_info = "{"} {
  nn.model @m attributes {linked} {
    %x = nn.input {shape = [3], name = "x"}
    nn.output(%x)
  }
}

// -----

// expected-error@+1 {{'nnc.model_info' has other inputs or outputs than model 'm'}}
module attributes {nnc.model_info = "{\"symbol\":\"m\",\"inputs\":[{\"name\":\"x\",\"dtype\":\"float32\",\"shape\":[4]}],\"outputs\":[{\"name\":\"y\",\"dtype\":\"float32\",\"shape\":[3]}]}"} {
  nn.model @m attributes {linked} {
    %x = nn.input {shape = [3], name = "x"}
    nn.output(%x)
  }
}

// -----

// expected-error@+1 {{'nnc.model_info' has another batch than the module's models}}
module attributes {nnc.model_info = "{\"symbol\":\"m\",\"inputs\":[{\"name\":\"x\",\"dtype\":\"float32\",\"shape\":[3]}],\"outputs\":[{\"name\":\"y\",\"dtype\":\"float32\",\"shape\":[3]}]}"} {
  nn.model @m attributes {linked, batch = 2} {
    %x = nn.input {shape = [3], name = "x"}
    nn.output(%x)
  }
}
