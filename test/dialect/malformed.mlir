// RUN: nn-opt %s > %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: nn-opt %t.mlir | diff %t.mlir -
// RUN: nn-opt --emit-bytecode %s | nn-opt | diff %t.mlir -

// What does not fit a layer's declaration is no syntax error: it is kept for
// the checking pass, which reports all of it at once.

nn.model @m {
  %x = nn.input {shape = [3]}
  // CHECK: nn.malformed "densse"(%{{.*}}) {units = 4}
  %a = nn.densse(%x) {units = 4}
  // CHECK: nn.malformed "dense"(%{{.*}}){{$}}
  %b = nn.dense(%a)
  // CHECK: nn.malformed "dense"(%{{.*}}) {unit = 4, units = "x"}
  %c = nn.dense(%b) {units = "x", unit = 4}
  // CHECK: nn.malformed "dense"(%{{.*}}) {units = 4} {
  // CHECK-NEXT: nn.malformed "foo"
  // CHECK-NEXT: }
  %d = nn.dense(%c) {units = 4} { nn.foo }
  // CHECK: %{{.*}}:2 = nn.malformed "split"(%{{.*}}, %{{.*}})
  %e:2 = nn.split(%d, axis = %d)
  nn.output(%e#0, %e#1)
}
