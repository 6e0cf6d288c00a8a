// The same network as a graph: every layer says what it takes.
nn.model @mlp {
  %inputs  = nn.input {shape = [3], name = "inputs"}
  %hidden1 = nn.dense(%inputs) {units = 4, activation = "relu"}
  %hidden2 = nn.dense(%hidden1) {units = 4, activation = "relu"}
  %outputs = nn.dense(%hidden2) {units = 1}
  nn.output(%outputs) {names = ["outputs"]}
}
