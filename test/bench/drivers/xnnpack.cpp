//===- xnnpack.cpp - runs a plan in XNNPACK -------------------------------===//
//
//   xnnpack --plan model.plan [options of bench.h]
//
// XNNPACK's own subgraph runtime, channels last, clamping activations fused as
// it does. Weights are packed when the runtime is created, before the clock
// starts. More threads come from a pthreadpool.
//
//===----------------------------------------------------------------------===//

#include "plan.h"

#include <pthreadpool.h>
#include <xnnpack.h>

#include <deque>

using bench::Plan;
using bench::Shape;
using bench::Step;

namespace {

using Dims = std::vector<std::size_t>;

std::size_t unsignedOf(long value) { return static_cast<std::size_t>(value); }
std::uint32_t narrow(long value) { return static_cast<std::uint32_t>(value); }

void check(xnn_status status, const std::string &what) {
  if (status != xnn_status_success)
    bench::fail("XNNPACK: " + what + " failed with " + std::to_string(status));
}

/// The bounds that a fused activation clamps to.
struct Range {
  float low = -INFINITY, high = INFINITY;

  explicit Range(const std::string &activation) {
    if (activation == "relu" || activation == "relu6")
      low = 0;
    if (activation == "relu6")
      high = 6;
  }
};

class Network {
public:
  Network(const Plan &plan, int threads) : plan(plan) {
    check(xnn_initialize(nullptr), "initialize");
    check(xnn_create_subgraph(2, 0, &graph), "create_subgraph");
    ids[plan.input] =
        define(dims(plan.input), nullptr, 0, XNN_VALUE_FLAG_EXTERNAL_INPUT);
    for (const Step &s : plan.steps)
      add(s);
    pthreadpool_t pool =
        threads > 1 ? pthreadpool_create(unsignedOf(threads)) : nullptr;
    check(xnn_create_runtime_v2(graph, pool, 0, &runtime), "create_runtime");
    kept.clear(); // the runtime has its own, packed
    input = bench::Buffer(plan.shape(plan.input).size() + 16);
    result = bench::Buffer(plan.shape(plan.output).size() + 16);
    xnn_external_value values[] = {{ids[plan.input], input.data()},
                                   {ids[plan.output], result.data()}};
    check(xnn_setup_runtime(runtime, 2, values), "setup_runtime");
  }

  void setInput(const bench::Buffer &from) {
    std::copy_n(from.data(), from.size(), input.data());
  }
  void run() { check(xnn_invoke_runtime(runtime), "invoke_runtime"); }
  bench::Buffer output() const {
    bench::Buffer values(plan.shape(plan.output).size());
    std::copy_n(result.data(), values.size(), values.data());
    return values;
  }

private:
  Dims dims(int tensor) const {
    const Shape &s = plan.shape(tensor);
    bool rows = tensor == plan.input && s.pixels() == 1;
    for (const Step &step : plan.steps)
      if (step.out == tensor)
        rows = step.kind == "fc" || step.kind == "matmul" ||
               step.kind == "flatten" || step.kind == "softmax";
    if (rows)
      return {unsignedOf(s.n), unsignedOf(s.c * s.pixels())};
    return {unsignedOf(s.n), unsignedOf(s.h), unsignedOf(s.w), unsignedOf(s.c)};
  }

  std::uint32_t define(const Dims &shape, const float *data,
                       std::uint32_t external, std::uint32_t flags) {
    std::uint32_t id;
    check(xnn_define_tensor_value(graph, xnn_datatype_fp32, shape.size(),
                                  shape.data(), data, external, flags, &id),
          "define_tensor");
    return id;
  }
  std::uint32_t constant(const Dims &shape, const float *data) {
    return define(shape, data, XNN_INVALID_VALUE_ID, 0);
  }
  std::uint32_t temporary(int like) {
    return define(dims(like), nullptr, XNN_INVALID_VALUE_ID, 0);
  }
  std::uint32_t idOf(int tensor) {
    if (auto found = ids.find(tensor); found != ids.end())
      return found->second;
    return ids[tensor] = tensor == plan.output
                             ? define(dims(tensor), nullptr, 1,
                                      XNN_VALUE_FLAG_EXTERNAL_OUTPUT)
                             : temporary(tensor);
  }

  /// XNNPACK reads beyond the end of arrays: 16 floats more.
  std::vector<float> &keep(std::size_t size) {
    return kept.emplace_back(size + 16);
  }
  std::uint32_t bias(const Step &s) {
    std::vector<float> &values = keep(unsignedOf(s.filters));
    std::copy_n(plan.at(s.bias), s.filters, values.begin());
    return constant({unsignedOf(s.filters)}, values.data());
  }

  static bool isCurve(const std::string &activation) {
    return activation == "sigmoid" || activation == "swish";
  }

  /// The activations that are nodes of their own.
  void addCurve(const Step &s, std::uint32_t from) {
    if (s.activation == "sigmoid")
      return check(xnn_define_sigmoid(graph, from, idOf(s.out), 0), "sigmoid");
    std::uint32_t factor = temporary(s.out);
    check(xnn_define_sigmoid(graph, from, factor, 0), "sigmoid");
    check(xnn_define_multiply2(graph, -INFINITY, INFINITY, from, factor,
                               idOf(s.out), 0),
          "multiply");
  }

  void add(const Step &s) {
    if (s.kind == "conv")
      return addConvolution(s);
    if (s.kind == "fc" || s.kind == "matmul")
      return addDense(s);
    if (s.kind == "add" || s.kind == "mul")
      return addBinary(s);
    std::uint32_t from = ids.at(s.in), to = idOf(s.out);
    const Shape &shape = plan.shape(s.in);
    if (s.kind == "maxpool") {
      check(xnn_define_max_pooling_2d(graph, narrow(s.top), narrow(s.right),
                                      narrow(s.bottom), narrow(s.left),
                                      narrow(s.kernel), narrow(s.kernel),
                                      narrow(s.strides), narrow(s.strides), 1,
                                      1, -INFINITY, INFINITY, from, to, 0),
            "max_pooling");
    } else if (s.kind == "gap") {
      check(xnn_define_global_average_pooling_2d(graph, -INFINITY, INFINITY,
                                                 from, to, 0),
            "global_average_pooling");
    } else if (s.kind == "flatten") {
      if (shape.pixels() > 1)
        images[s.out] = shape;
      Dims rows = dims(s.out);
      check(xnn_define_static_reshape(graph, rows.size(), rows.data(), from, to,
                                      0),
            "reshape");
    } else {
      check(xnn_define_softmax(graph, from, to, 0), "softmax");
    }
  }

  /// OIHW to OHWI, or to HWO where each channel is on its own.
  std::uint32_t convolutionWeights(const Step &s, const Shape &from) {
    long depth = from.c / s.groups, area = s.kernel * s.kernel;
    bool depthwise = s.depthwise(from);
    std::vector<float> &w = keep(unsignedOf(s.filters * depth * area));
    const float *source = plan.at(s.weights);
    for (long o = 0; o != s.filters; ++o)
      for (long i = 0; i != depth; ++i)
        for (long k = 0; k != area; ++k)
          w[unsignedOf(depthwise ? k * s.filters + o
                                 : (o * area + k) * depth + i)] = *source++;
    std::size_t out = unsignedOf(s.filters), size = unsignedOf(s.kernel);
    return constant(depthwise ? Dims{1, size, size, out}
                              : Dims{out, size, size, unsignedOf(depth)},
                    w.data());
  }

  void addConvolution(const Step &s) {
    const Shape &from = plan.shape(s.in);
    bool sum = s.in2 >= 0, curve = isCurve(s.activation);
    Range range(sum ? "none" : s.activation);
    std::uint32_t weights = convolutionWeights(s, from), b = bias(s);
    std::uint32_t to = sum || curve ? temporary(s.out) : idOf(s.out);
    if (s.depthwise(from))
      check(xnn_define_depthwise_convolution_2d(
                graph, narrow(s.top), narrow(s.right), narrow(s.bottom),
                narrow(s.left), narrow(s.kernel), narrow(s.kernel),
                narrow(s.strides), narrow(s.strides), 1, 1, 1,
                unsignedOf(from.c), range.low, range.high, ids.at(s.in),
                weights, b, to, 0),
            "depthwise_convolution");
    else
      check(xnn_define_convolution_2d(
                graph, narrow(s.top), narrow(s.right), narrow(s.bottom),
                narrow(s.left), narrow(s.kernel), narrow(s.kernel),
                narrow(s.strides), narrow(s.strides), 1, 1, narrow(s.groups),
                unsignedOf(from.c / s.groups), unsignedOf(s.filters / s.groups),
                range.low, range.high, ids.at(s.in), weights, b, to, 0),
            "convolution");
    if (sum) {
      Range last(s.activation);
      check(xnn_define_add2(graph, last.low, last.high, to, ids.at(s.in2),
                            idOf(s.out), 0),
            "add");
    }
    if (curve)
      addCurve(s, to);
  }

  void addDense(const Step &s) {
    const Shape &from = plan.shape(s.in);
    std::vector<float> &w = keep(unsignedOf(s.filters * from.c));
    const float *source = plan.at(s.weights);
    std::copy_n(source, s.filters * from.c, w.begin());
    if (auto image = images.find(s.in); image != images.end()) {
      // Rows were channels first, the image is channels last.
      const Shape &shape = image->second;
      for (long o = 0; o != s.filters; ++o)
        for (long c = 0; c != shape.c; ++c)
          for (long q = 0; q != shape.pixels(); ++q)
            w[unsignedOf((o * shape.pixels() + q) * shape.c + c)] = *source++;
    }
    Range range(s.activation);
    std::uint32_t b = s.kind == "fc" ? bias(s) : XNN_INVALID_VALUE_ID;
    std::uint32_t weights =
        constant({unsignedOf(s.filters), unsignedOf(from.c)}, w.data());
    check(xnn_define_fully_connected(graph, range.low, range.high, ids.at(s.in),
                                     weights, b, idOf(s.out), 0),
          "fully_connected");
  }

  void addBinary(const Step &s) {
    Range range(s.activation);
    bool curve = isCurve(s.activation);
    std::uint32_t to = curve ? temporary(s.out) : idOf(s.out);
    auto defineBinary =
        s.kind == "add" ? xnn_define_add2 : xnn_define_multiply2;
    check(defineBinary(graph, range.low, range.high, ids.at(s.in),
                       ids.at(s.in2), to, 0),
          s.kind);
    if (curve)
      addCurve(s, to);
  }

  const Plan &plan;
  xnn_subgraph_t graph = nullptr;
  xnn_runtime_t runtime = nullptr;
  std::map<int, std::uint32_t> ids;
  std::map<int, Shape> images; // flattened tensor → the image
  std::deque<std::vector<float>> kept;
  bench::Buffer input, result;
};

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  Plan plan(options.text("--plan"));
  bench::Buffer input = bench::readFloats(options.text("--input"));
  Network network(plan, options.threads());
  network.setInput(input);
  bench::run(
      options, start, [&] { network.run(); }, [] {},
      [&] { return network.output(); });
}
