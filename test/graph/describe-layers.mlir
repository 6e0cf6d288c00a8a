// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info --nnc-expand-wrappers --nnc-describe-layers | FileCheck %s

// The layers that wrappers and nested models became, and their operations for
// one sample: a layer over time has all of its steps, a layer that is used
// twice both uses.
// CHECK: nnc.model_info = "
// CHECK-SAME: sections\22:[
// CHECK-SAME: \22flops\22:800,\22fused\22:[],\22name\22:\22each\22
// CHECK-SAME: \22flops\22:40,\22fused\22:[],\22name\22:\22flat\22
// CHECK-SAME: {\22className\22:\22Dense\22,\22flops\22:640,\22fused\22:[],\22name\22:\22pre\22
// CHECK-SAME: {\22className\22:\22Dense\22,\22flops\22:256,\22fused\22:[],\22name\22:\22a\22
nn.sequential @inner {
  nn.input {shape = [8]}
  nn.dense {units = 8, name = "a"}
}
nn.model @outer {
  %x = nn.input {shape = [5, 10]}
  %t = nn.time_distributed(%x) {name = "td"} { nn.dense {units = 8, name = "each"} }
  %f = nn.flatten(%t) {name = "flat"}
  %d = nn.dense(%f) {units = 8, name = "pre"}
  %y = nn.call @inner(%d) {name = "once"}
  %z = nn.call @inner(%y) {name = "once"}
  nn.output(%z)
}
