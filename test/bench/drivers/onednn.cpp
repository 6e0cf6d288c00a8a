//===- onednn.cpp - runs a plan in oneDNN ---------------------------------===//
//
//   onednn --plan model.plan [--winograd 1] [options of bench.h]
//
// Every layout is oneDNN's own choice; activations and sums are fused into the
// convolutions. With --winograd 1 each convolution takes the faster of direct
// and Winograd, timed when the network is built. A single layer is timed as it
// would run within a network: what reorders its input and output is not.
// Weights are packed before the clock starts. OMP_NUM_THREADS is the caller's.
//
//===----------------------------------------------------------------------===//

#include "plan.h"

#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

using bench::Plan;
using bench::Shape;
using bench::Step;
using dnnl::algorithm;
using dnnl::memory;
using tag = memory::format_tag;

namespace {

constexpr auto inference = dnnl::prop_kind::forward_inference;
constexpr auto f32 = memory::data_type::f32;

struct Operation {
  dnnl::primitive primitive;
  std::unordered_map<int, memory> arguments;
};

memory::dims dims(const Shape &s) { return {s.n, s.c, s.h, s.w}; }

class Network {
public:
  Network(const Plan &plan, bool winograd) : plan(plan), winograd(winograd) {
    for (std::size_t i = 0; i != plan.steps.size(); ++i)
      lastUse[plan.steps[i].in] = lastUse[plan.steps[i].in2] = i;
    bool flat = plan.steps[0].kind == "matmul";
    const Shape &shape = plan.shape(plan.input);
    input = flat ? memory({{shape.n, shape.c}, f32, tag::ab}, engine)
                 : memory({dims(shape), f32, tag::nchw}, engine);
    tensors[plan.input] = input;
    for (index = 0; index != plan.steps.size(); ++index)
      add(plan.steps[index]);
    if (plan.steps.size() == 1)
      keepBordersOut();
  }

  void setInput(const float *data) {
    std::memcpy(input.get_data_handle(), data, input.get_desc().get_size());
    run(before);
  }
  void run() { run(operations); }
  bench::Buffer output() {
    memory from = tensors[plan.output];
    const Shape &shape = plan.shape(plan.output);
    bench::Buffer values(shape.size());
    bool plain = from.get_desc().data.ndims == 2;
    memory::desc layout = plain ? memory::desc({shape.n, shape.c}, f32, tag::ab)
                                : memory::desc(dims(shape), f32, tag::nchw);
    memory to(layout, engine, values.data());
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    return values;
  }

private:
  void run(std::vector<Operation> &list) {
    for (Operation &operation : list)
      operation.primitive.execute(stream, operation.arguments);
    stream.wait();
  }

  /// All but the layer itself is done once, before the clock starts.
  void keepBordersOut() {
    before.assign(operations.begin(), operations.end() - 1);
    operations.erase(operations.begin(), operations.end() - 1);
  }

  memory inLayout(const memory &from, const memory::desc &layout) {
    if (from.get_desc() == layout)
      return from;
    memory to(layout, engine);
    operations.push_back(
        {dnnl::reorder(from, to), {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}}});
    return to;
  }

  memory packed(std::size_t offset, const memory::dims &shape, tag layout,
                const memory::desc &wanted) {
    auto *data = const_cast<float *>(plan.at(offset));
    memory plain({shape, f32, layout}, engine, data), to(wanted, engine);
    dnnl::reorder(plain, to).execute(stream, plain, to);
    stream.wait();
    return to;
  }
  memory bias(const Step &s) {
    return packed(s.bias, {s.filters}, tag::x, {{s.filters}, f32, tag::x});
  }

  static dnnl::primitive_attr fused(const Step &s, bool sum) {
    dnnl::post_ops ops;
    if (sum)
      ops.append_sum(1);
    if (s.activation == "relu")
      ops.append_eltwise(1, algorithm::eltwise_relu, 0, 0);
    else if (s.activation == "relu6")
      ops.append_eltwise(1, algorithm::eltwise_bounded_relu, 6, 0);
    else if (s.activation == "sigmoid")
      ops.append_eltwise(1, algorithm::eltwise_logistic, 0, 0);
    else if (s.activation == "swish")
      ops.append_eltwise(1, algorithm::eltwise_swish, 1, 0);
    else if (s.activation != "none")
      bench::fail("oneDNN: no activation " + s.activation);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(ops);
    return attributes;
  }

  void add(const Step &s) {
    if (s.kind == "conv")
      return addConvolution(s);
    if (s.kind == "fc")
      return addDense(s);
    if (s.kind == "matmul")
      return addMatmul(s);
    if (s.kind == "maxpool" || s.kind == "gap")
      return addPooling(s);
    if (s.kind == "flatten")
      return addFlatten(s);
    if (s.kind == "softmax")
      return addSoftmax(s);
    addBinary(s);
  }

  void push(const Step &s, dnnl::primitive primitive,
            std::unordered_map<int, memory> arguments) {
    tensors[s.out] = arguments[DNNL_ARG_DST];
    operations.push_back({std::move(primitive), std::move(arguments)});
  }

  void addConvolution(const Step &s) {
    std::size_t mark = operations.size();
    convolve(s, algorithm::convolution_direct);
    if (!winograd || s.kernel != 3 || s.strides != 1 || s.groups != 1)
      return;
    std::vector<Operation> direct(operations.begin() +
                                      static_cast<std::ptrdiff_t>(mark),
                                  operations.end());
    memory result = tensors[s.out];
    operations.resize(mark);
    try {
      convolve(s, algorithm::convolution_winograd);
      if (seconds(operations.back()) < seconds(direct.back()))
        return;
    } catch (dnnl::error &) { // not for this shape
    }
    operations.resize(mark);
    operations.insert(operations.end(), direct.begin(), direct.end());
    tensors[s.out] = result;
  }

  double seconds(Operation &operation) {
    double best = 1e9;
    for (int i = 0; i != 5; ++i) {
      double start = bench::seconds();
      operation.primitive.execute(stream, operation.arguments);
      stream.wait();
      best = std::min(best, bench::seconds() - start);
    }
    return best;
  }

  void convolve(const Step &s, algorithm how) {
    const Shape &from = plan.shape(s.in), &to = plan.shape(s.out);
    long depth = from.c / s.groups;
    memory::dims kernel{s.filters, depth, s.kernel, s.kernel};
    tag layout = tag::oihw;
    if (s.groups > 1) {
      kernel = {s.groups, s.filters / s.groups, depth, s.kernel, s.kernel};
      layout = tag::goihw;
    }
    dnnl::convolution_forward::primitive_desc chosen(
        {inference,
         how,
         {dims(from), f32, tag::any},
         {kernel, f32, tag::any},
         {{s.filters}, f32, tag::x},
         {dims(to), f32, tag::any},
         memory::dims{s.strides, s.strides},
         memory::dims{s.top, s.left},
         memory::dims{s.bottom, s.right}},
        fused(s, s.in2 >= 0), engine);
    memory x = inLayout(tensors[s.in], chosen.src_desc());
    memory w = packed(s.weights, kernel, layout, chosen.weights_desc());
    memory y = s.in2 >= 0 ? shortcut(s, chosen.dst_desc())
                          : memory(chosen.dst_desc(), engine);
    push(s, dnnl::convolution_forward(chosen),
         {{DNNL_ARG_SRC, x},
          {DNNL_ARG_WEIGHTS, w},
          {DNNL_ARG_BIAS, bias(s)},
          {DNNL_ARG_DST, y}});
  }

  /// The convolution adds to its destination: to the shortcut itself where
  /// nobody reads that any more, else to a copy.
  memory shortcut(const Step &s, const memory::desc &layout) {
    memory from = tensors[s.in2], to = inLayout(from, layout);
    if (to.get() != from.get() || lastUse[s.in2] <= index)
      return to;
    memory copy(layout, engine);
    operations.push_back({dnnl::reorder(from, copy),
                          {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, copy}}});
    return copy;
  }

  void addDense(const Step &s) {
    const Shape &from = plan.shape(s.in), &to = plan.shape(s.out);
    memory x = tensors[s.in];
    memory::dims kernel{s.filters, from.c}, rows{from.n, from.c};
    tag layout = tag::oi;
    if (auto image = images.find(s.in); image != images.end()) {
      // Takes the image in whatever layout it has.
      const Shape &shape = plan.shape(image->second);
      kernel = {s.filters, shape.c, shape.h, shape.w};
      rows = dims(shape);
      layout = tag::oihw;
    } else {
      x = memory({rows, f32, tag::nc}, engine, x.get_data_handle());
    }
    dnnl::inner_product_forward::primitive_desc chosen(
        {inference,
         {rows, f32, tag::any},
         {kernel, f32, tag::any},
         {{s.filters}, f32, tag::x},
         {{to.n, s.filters}, f32, tag::nc}},
        fused(s, false), engine);
    memory w = packed(s.weights, kernel, layout, chosen.weights_desc());
    x = inLayout(x, chosen.src_desc());
    push(s, dnnl::inner_product_forward(chosen),
         {{DNNL_ARG_SRC, x},
          {DNNL_ARG_WEIGHTS, w},
          {DNNL_ARG_BIAS, bias(s)},
          {DNNL_ARG_DST, memory(chosen.dst_desc(), engine)}});
  }

  void addMatmul(const Step &s) {
    const Shape &from = plan.shape(s.in);
    memory::dims kernel{from.c, s.filters};
    dnnl::matmul::primitive_desc chosen({{{from.n, from.c}, f32, tag::ab},
                                         {kernel, f32, tag::any},
                                         {{from.n, s.filters}, f32, tag::ab}},
                                        engine);
    push(s, dnnl::matmul(chosen),
         {{DNNL_ARG_SRC, tensors[s.in]},
          {DNNL_ARG_WEIGHTS,
           packed(s.weights, kernel, tag::ba, chosen.weights_desc())},
          {DNNL_ARG_DST, memory(chosen.dst_desc(), engine)}});
  }

  void addPooling(const Step &s) {
    const Shape &from = plan.shape(s.in), &to = plan.shape(s.out);
    bool max = s.kind == "maxpool";
    memory x = tensors[s.in];
    memory::dims window{s.kernel, s.kernel}, strides{s.strides, s.strides};
    if (!max)
      window = strides = {from.h, from.w};
    dnnl::pooling_forward::primitive_desc chosen(
        {inference,
         max ? algorithm::pooling_max : algorithm::pooling_avg_exclude_padding,
         x.get_desc(),
         {dims(to), f32, tag::any},
         strides,
         window,
         memory::dims{s.top, s.left},
         memory::dims{s.bottom, s.right}},
        engine);
    push(
        s, dnnl::pooling_forward(chosen),
        {{DNNL_ARG_SRC, x}, {DNNL_ARG_DST, memory(chosen.dst_desc(), engine)}});
  }

  void addFlatten(const Step &s) {
    const Shape &from = plan.shape(s.in);
    memory x = tensors[s.in];
    if (from.pixels() > 1)
      images[s.out] = s.in;
    else
      x = inLayout(x, memory::desc(dims(from), f32, tag::nchw));
    tensors[s.out] = x;
  }

  void addSoftmax(const Step &s) {
    const Shape &to = plan.shape(s.out);
    memory::desc rows({to.n, to.c}, f32, tag::nc);
    push(s,
         dnnl::softmax_forward(dnnl::softmax_forward::primitive_desc(
             {inference, rows, 1}, engine)),
         {{DNNL_ARG_SRC, tensors[s.in]}, {DNNL_ARG_DST, memory(rows, engine)}});
  }

  void addBinary(const Step &s) {
    memory x = tensors[s.in], x2 = tensors[s.in2], y(x.get_desc(), engine);
    algorithm how =
        s.kind == "add" ? algorithm::binary_add : algorithm::binary_mul;
    dnnl::binary::primitive_desc chosen(
        {how, x.get_desc(), x2.get_desc(), y.get_desc()}, fused(s, false),
        engine);
    push(s, dnnl::binary(chosen),
         {{DNNL_ARG_SRC_0, x}, {DNNL_ARG_SRC_1, x2}, {DNNL_ARG_DST, y}});
  }

  const Plan &plan;
  bool winograd;
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  std::vector<Operation> before, operations;
  std::map<int, memory> tensors;
  std::map<int, std::size_t> lastUse; // tensor → step
  std::map<int, int> images;          // flattened tensor → the image
  memory input;
  std::size_t index = 0; // of the step being added
};

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  Plan plan(options.text("--plan"));
  bench::Buffer input = bench::readFloats(options.text("--input"));
  try {
    Network network(plan, options.number("--winograd", 0) != 0);
    network.setInput(input.data());
    bench::run(
        options, start, [&] { network.run(); }, [] {},
        [&] { return network.output(); });
  } catch (dnnl::error &error) {
    bench::fail(std::string("oneDNN: ") + error.what());
  }
}
