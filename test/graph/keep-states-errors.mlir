// RUN: nn-opt %s --nnc-keep-states --verify-diagnostics

// expected-error@+1 {{the model has been compiled already; its states are as they are}}
nn.model @done attributes {linked, batch = 5} {
  %x = nn.input {shape = [8], name = "x"}
  nn.output(%x)
}
