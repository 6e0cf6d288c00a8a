// RUN: not nn-opt %s --nnc-link 2>&1 | FileCheck %s --check-prefix=SEVERAL
// RUN: nn-opt %s --nnc-link=model=b | FileCheck %s --check-prefix=CHOSEN
// RUN: not nn-opt %s --nnc-link=model=c 2>&1 | FileCheck %s --check-prefix=NONE

// Which of several models is compiled is for the user to say.

// SEVERAL: error: there are several models to compile, 'a', 'b'; choose one with --model
// CHOSEN-NOT: @a
// CHOSEN: nn.model @b attributes {linked, sequential}
// CHOSEN-NOT: @a
// NONE: error: there is no model 'c'

nn.sequential @a {
  nn.input {shape = [3]}
  nn.relu
}
nn.sequential @b {
  nn.input {shape = [3]}
  nn.relu
}
