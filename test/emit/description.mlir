// A shared library tells people of its model, in JSON: what is known of it, and
// the summary. An object does not.

// RUN: rm -rf %t && mkdir %t
// RUN: nnc %s --seed=1 -O0 -o %t/m.so
// RUN: llvm-readelf -p .rodata %t/m.so | FileCheck %s
// CHECK: {"model":{{.*}}"kerasName":"m"{{.*}}"namedOutputs":true
// CHECK-SAME: "outputs":[{{.*}}"kerasName":"score"
// CHECK-SAME: "summary":"Model: \"m\"\n
// CHECK-SAME: wide (Dense)

// RUN: nnc %s --seed=1 -O0 -o %t/m.o --header %t/m.h
// RUN: llvm-nm %t/m.o | FileCheck %s --check-prefix=OBJECT --implicit-check-not=m_info
// OBJECT: m_model

nn.model @m {
  %x = nn.input {shape = [3], name = "x"}
  %y = nn.dense(%x) {units = 4, name = "wide"}
  nn.output(%y) {names = ["score"]}
}
