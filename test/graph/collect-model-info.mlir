// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info --split-input-file | FileCheck %s
// RUN: nn-opt %s --nnc-link --nnc-infer-shapes --nnc-collect-model-info='symbol=other batch=4' --split-input-file | FileCheck %s --check-prefix=OPTIONS

// What a user reads is written down while the graph is still the author's. A
// Sequential's summary has no row for its input.

// CHECK: nnc.model_info = "{
// CHECK-SAME: \22batch\22:0
// CHECK-SAME: \22inputs\22:[{\22dtype\22:\22float32\22,\22kerasName\22:\22input_layer\22,\22name\22:\22input\22,\22shape\22:[8,8,1]}]
// CHECK-SAME: \22kerasName\22:\22m\22
// CHECK-SAME: \22layers\22:[{\22className\22:\22Conv2D\22
// CHECK-SAME: \22macs\22:1296,\22name\22:\22conv2d\22
// CHECK-SAME: \22outputShapes\22:{{\[\[}}-1,6,6,4]]
// CHECK-SAME: \22params\22:40
// CHECK-SAME: \22className\22:\22BatchNormalization\22
// CHECK-SAME: \22nonTrainableParams\22:8
// CHECK-SAME: \22params\22:16
// CHECK-SAME: \22className\22:\22Dropout\22
// CHECK-SAME: \22outputs\22:[{\22dtype\22:\22float32\22
// CHECK-SAME: \22sequential\22:true
// CHECK-SAME: \22symbol\22:\22m\22

// OPTIONS: \22batch\22:4
// OPTIONS-SAME: \22symbol\22:\22other\22
nn.sequential @m {
  nn.input {shape = [8, 8, 1]}
  nn.conv2d {filters = 4, kernel_size = 3}
  nn.batch_normalization
  nn.dropout {rate = 0.5}
}

// -----

// A graph says where each layer's inputs come from. A layer used twice and a
// called model are one row each, weights counted once.

// CHECK: nnc.model_info = "{
// CHECK-SAME: \22inputs\22:[{{.*}}\22kerasName\22:\22a\22,\22name\22:\22a\22{{.*}}\22kerasName\22:\22in-2\22,\22name\22:\22in_2\22
// CHECK-SAME: \22className\22:\22InputLayer\22
// CHECK-SAME: \22connectedTo\22:[\22a[0][0]\22,\22in-2[0][0]\22]
// CHECK-SAME: \22name\22:\22twin\22
// CHECK-SAME: \22params\22:6
// CHECK-SAME: \22className\22:\22Sequential\22,\22connectedTo\22:[\22twin[0][0]\22]
// CHECK-SAME: \22name\22:\22inner\22
// CHECK-SAME: \22params\22:6
// CHECK-SAME: \22className\22:\22Add\22,\22connectedTo\22:[\22inner[0][0]\22,\22twin[1][0]\22]
// CHECK-SAME: \22namedOutputs\22:true
// CHECK-SAME: \22outputs\22:[{{.*}}\22kerasName\22:\22first\22{{.*}}\22kerasName\22:\22second\22
// CHECK-SAME: \22sequential\22:false
nn.model @m {
  %a = nn.input {shape = [2], name = "a"}
  %b = nn.input {shape = [2], name = "in-2"}
  %c = nn.dense(%a) {units = 2, name = "twin"}
  %d = nn.dense(%b) {units = 2, name = "twin"}
  %e = nn.call @inner(%c)
  %f = nn.add(%e, %d)
  nn.output(%f, %c) {names = ["first", "second"]}
}
nn.sequential @inner {
  nn.input {shape = [2]}
  nn.dense {units = 2}
}
