// RUN: nn-opt %s --cse --canonicalize | FileCheck %s
// RUN: nn-opt %s --nnc-link --cse --canonicalize | FileCheck %s --check-prefix=LINKED

// Until link has named and connected them, two equal layers are two layers, and
// one whose result nobody uses is there to stay.

// CHECK-LABEL: nn.sequential @line
// CHECK-COUNT-2: nn.dense {units = 3}
nn.sequential @line {
  nn.input {shape = [3]}
  nn.dense {units = 3}
  nn.dense {units = 3}
}

// CHECK-LABEL: nn.model @graph
// CHECK-COUNT-2: nn.relu
// CHECK-COUNT-3: nn.call
nn.model @graph {
  %x = nn.input {shape = [3]}
  %a = nn.relu(%x)
  %b = nn.relu(%x)
  %c = nn.call @line(%a)
  %d = nn.call @line(%b)
  %unused = nn.call @line(%b)
  %e = nn.add(%c, %d)
  nn.output(%e)
}

// Afterwards names tell them apart, what is unused goes, and inputs stay.

// LINKED-LABEL: nn.model @graph
// LINKED: nn.input
// LINKED-COUNT-2: nn.relu
// LINKED-COUNT-4: nn.dense
// LINKED-NOT: nn.dense
// LINKED: nn.add
