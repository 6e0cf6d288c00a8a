// RUN: nn-opt %s --nnc-entry-point --split-input-file --verify-diagnostics

// expected-error @+1 {{the module describes no model: 'nnc.model_info' is missing}}
module {
}

// -----

// expected-error @+1 {{'nnc.model_info' cannot be read}}
module attributes {nnc.model_info = "{"} {
}

// -----

// expected-error @+1 {{the module has no body for 1 samples at a time}}
module attributes {nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22workspaceBytes\22:64}"} {
}

// -----

module attributes {nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22,\22workspaceBytes\22:64}"} {
  // expected-error @+1 {{a body of this model takes 2 pointers and a batch of at least 1}}
  llvm.func internal @m.b1(%x: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}

// -----

// expected-error @+1 {{'nnc.model_info' has no valid workspace or alignment}}
module attributes {nnc.model_info = "{\22kerasName\22:\22m\22,\22symbol\22:\22m\22}"} {
}

// -----

// A body's state is what the model's description says.

module attributes {nnc.model_info = "{\22symbol\22:\22m\22,\22workspaceBytes\22:64,\22stateBytes\22:32}"} {
  // expected-error @+1 {{a body of this model has a state of 16 bytes}}
  llvm.func internal @m.b1(%from: !llvm.ptr, %to: !llvm.ptr, %arena: !llvm.ptr, %w: !llvm.ptr) -> i32 attributes {nnc.batch = 1 : i64} {
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}
