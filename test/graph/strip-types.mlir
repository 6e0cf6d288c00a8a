// RUN: nn-opt %s --nnc-strip-types | FileCheck %s
// RUN: nn-opt %s --nnc-strip-types --nnc-infer-shapes | nn-opt --nnc-strip-types | FileCheck %s

// Types go, so that they are inferred again; those of a body of static batch
// stay.

// CHECK-LABEL: nn.model @m
// CHECK: nn.input {shape = [3]}{{$}}
// CHECK: nn.dense(%{{.*}}) {units = 4}{{$}}
// CHECK: nn.output(%{{.*}}){{$}}
nn.model @m {
  %x = nn.input {shape = [3]} : tensor<?x3xf32>
  %y = nn.dense(%x) {units = 4} : (tensor<?x3xf32>) -> tensor<?x4xf32>
  nn.output(%y) : tensor<?x4xf32>
}

// CHECK-LABEL: nn.sequential @line
// CHECK: nn.input {shape = [3]}{{$}}
// CHECK: nn.relu{{$}}
nn.sequential @line {
  nn.input {shape = [3]} : tensor<?x3xf32>
  nn.relu : () -> tensor<?x3xf32>
}

// CHECK-LABEL: nn.model @body
// CHECK: nn.input {{.*}} : tensor<2x3xf32>
// CHECK: nn.output(%{{.*}}) : tensor<2x3xf32>
nn.model @body attributes {linked, batch = 2} {
  %x = nn.input {shape = [3], name = "x"} : tensor<2x3xf32>
  nn.output(%x) : tensor<2x3xf32>
}
