// Steps that became samples must become steps again: the caller's buffers have
// one row for each sample.
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-specialize-batch=batch=3 --verify-diagnostics

nn.model @rows {
  %x = nn.input {shape = [6, 2], name = "x"}
  %0 = nn.merge_time(%x) {name = "m"}
  // expected-error@+1 {{nn.output: has 18 rows for 3 samples}}
  nn.output(%0)
}
