// RUN: nn-opt %s --nnc-link='model=one' --nnc-infer-shapes | FileCheck %s --check-prefix=OPEN
// RUN: nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=28x3' | FileCheck %s --check-prefix=ONE
// RUN: nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=x=28x3' | FileCheck %s --check-prefix=ONE
// RUN: nn-opt %s --nnc-link='model=two' --nnc-infer-shapes='shapes=a=5x2,b=7x2' | FileCheck %s --check-prefix=TWO

// RUN: not nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=28x4' 2>&1 | FileCheck %s --check-prefix=FIT
// RUN: not nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=28' 2>&1 | FileCheck %s --check-prefix=RANK
// RUN: not nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=28x0' 2>&1 | FileCheck %s --check-prefix=WORDS
// RUN: not nn-opt %s --nnc-link='model=one' --nnc-infer-shapes='shapes=y=28x3' 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not nn-opt %s --nnc-link='model=two' --nnc-infer-shapes='shapes=28x3' 2>&1 | FileCheck %s --check-prefix=WHICH

// Open dimensions stay open or are fixed by --shape.

// OPEN: nn.conv1d({{.*}} (tensor<?x?x3xf32>) -> tensor<?x?x4xf32>
// OPEN: nn.global_max_pooling1d({{.*}} -> tensor<?x4xf32>
// ONE:  nn.input {name = "x", shape = [28, 3]} : tensor<?x28x3xf32>
// ONE:  nn.conv1d({{.*}} -> tensor<?x26x4xf32>
// TWO:  nn.concatenate({{.*}} -> tensor<?x12x2xf32>
// FIT:   error: input 'x': --shape (28, 4) does not fit its shape (None, 3)
// RANK:  error: input 'x': --shape (28,) does not fit its shape (None, 3)
// WORDS: error: --shape '28x0': expects extents as in NAME=28x28x1
// NAME:  error: --shape 'y=28x3': there is no such input
// WHICH: error: --shape '28x3': the model has several inputs; name one

nn.sequential @one {
  nn.input {shape = [-1, 3], name = "x"}
  nn.conv1d {filters = 4, kernel_size = 3}
  nn.global_max_pooling1d
}

nn.model @two {
  %a = nn.input {shape = [-1, 2], name = "a"}
  %b = nn.input {shape = [-1, 2], name = "b"}
  %c = nn.concatenate(%a, %b) {axis = 1}
  nn.output(%c)
}
