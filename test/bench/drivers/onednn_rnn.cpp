//===- onednn_rnn.cpp - runs a recurrent plan in oneDNN -------------------===//
//
//   onednn_rnn --plan model.plan [options of bench.h]
//
// The plan is one step: an LSTM or a GRU (the form with the reset gate after
// the product, as Keras has it) over the whole sequence, and a dense layer on
// its last value. oneDNN's gates are in Keras's order, its sequences are
// time-major. Weights are packed before the clock starts.
//
//===----------------------------------------------------------------------===//

#include "bench.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <fstream>
#include <unordered_map>

using dnnl::memory;
using tag = memory::format_tag;

namespace {

constexpr auto inference = dnnl::prop_kind::forward_inference;
constexpr auto f32 = memory::data_type::f32;

struct Plan {
  std::string kind;
  int out;
  long steps, batch, features, units, outputs;
  bool stateful;
  std::size_t kernel, recurrent, bias, head, headBias; // offsets

  explicit Plan(const std::string &path) {
    std::ifstream file(path);
    if (!(file >> kind >> out >> steps >> batch >> features >> units >>
          outputs >> stateful >> kernel >> recurrent >> bias >> head >>
          headBias))
      bench::fail("no recurrent plan: " + path);
  }
};

class Network {
public:
  Network(const Plan &plan, const bench::Buffer &data)
      : plan(plan), data(data), gates(plan.kind == "lstm" ? 4 : 3) {
    memory::desc x({plan.steps, plan.batch, plan.features}, f32, tag::tnc),
        y({plan.steps, plan.batch, plan.units}, f32, tag::tnc),
        h({1, 1, plan.batch, plan.units}, f32, tag::ldnc),
        w({1, 1, plan.features, gates, plan.units}, f32, tag::any),
        u({1, 1, plan.units, gates, plan.units}, f32, tag::any),
        b({1, 1, 4, plan.units}, f32, tag::ldgo);
    constexpr auto forwards = dnnl::rnn_direction::unidirectional_left2right;
    for (auto [id, layout] :
         {std::pair<int, memory::desc>{DNNL_ARG_SRC_LAYER, x},
          {DNNL_ARG_SRC_ITER, h},
          {DNNL_ARG_DST_LAYER, y},
          {DNNL_ARG_DST_ITER, h},
          {DNNL_ARG_BIAS, b}})
      add(id, layout);
    setBias();
    if (plan.kind == "lstm") {
      add(DNNL_ARG_SRC_ITER_C, h);
      add(DNNL_ARG_DST_ITER_C, h);
      dnnl::lstm_forward::primitive_desc chosen(
          {inference, forwards, x, h, h, w, u, b, y, h, h}, engine);
      pack(chosen.weights_layer_desc(), chosen.weights_iter_desc());
      layer = dnnl::lstm_forward(chosen);
    } else {
      dnnl::lbr_gru_forward::primitive_desc chosen(
          {inference, forwards, x, h, w, u, b, y, h}, engine);
      pack(chosen.weights_layer_desc(), chosen.weights_iter_desc());
      layer = dnnl::lbr_gru_forward(chosen);
    }
    addHead();
  }

  /// From [batch][steps][features].
  void setInput(const bench::Buffer &input) {
    float *x = values(DNNL_ARG_SRC_LAYER);
    for (long n = 0; n != plan.batch; ++n)
      for (long t = 0; t != plan.steps; ++t)
        std::copy_n(input.data() + (n * plan.steps + t) * plan.features,
                    plan.features, x + (t * plan.batch + n) * plan.features);
  }

  void run() {
    layer.execute(stream, arguments);
    head.execute(stream, headArguments);
    stream.wait();
  }

  void handStateOn() {
    for (auto [to, from] : {std::pair{DNNL_ARG_SRC_ITER, DNNL_ARG_DST_ITER},
                            {DNNL_ARG_SRC_ITER_C, DNNL_ARG_DST_ITER_C}})
      if (arguments.count(to))
        std::copy_n(values(from), plan.batch * plan.units, values(to));
  }

  bench::Buffer output() {
    memory &y = headArguments[DNNL_ARG_DST];
    bench::Buffer copy(static_cast<std::size_t>(plan.batch * plan.outputs));
    std::copy_n(static_cast<float *>(y.get_data_handle()), copy.size(),
                copy.data());
    return copy;
  }

private:
  float *values(int id) {
    return static_cast<float *>(arguments[id].get_data_handle());
  }

  void add(int id, const memory::desc &layout) {
    memory tensor(layout, engine);
    std::memset(tensor.get_data_handle(), 0, layout.get_size());
    arguments[id] = tensor;
  }

  /// The LSTM has one bias a gate. The GRU's are added up for both gates, and
  /// stay apart for the candidate, whose recurrent one is within the reset.
  void setBias() {
    float *to = values(DNNL_ARG_BIAS);
    const float *from = data.data() + plan.bias;
    std::copy_n(from, gates * plan.units, to);
    if (plan.kind == "lstm")
      return;
    const float *recurrent = from + 3 * plan.units;
    for (long i = 0; i != 2 * plan.units; ++i)
      to[i] += recurrent[i];
    std::copy_n(recurrent + 2 * plan.units, plan.units, to + 3 * plan.units);
  }

  memory packed(std::size_t offset, const memory::dims &shape, tag layout,
                const memory::desc &wanted) {
    memory plain({shape, f32, layout}, engine, data.data() + offset),
        to(wanted, engine);
    dnnl::reorder(plain, to).execute(stream, plain, to);
    stream.wait();
    return to;
  }

  void pack(const memory::desc &kernel, const memory::desc &recurrent) {
    arguments[DNNL_ARG_WEIGHTS_LAYER] =
        packed(plan.kernel, {1, 1, plan.features, gates, plan.units},
               tag::ldigo, kernel);
    arguments[DNNL_ARG_WEIGHTS_ITER] =
        packed(plan.recurrent, {1, 1, plan.units, gates, plan.units},
               tag::ldigo, recurrent);
  }

  void addHead() {
    memory::dims kernel{plan.outputs, plan.units};
    dnnl::inner_product_forward::primitive_desc chosen(
        {inference,
         {{plan.batch, plan.units}, f32, tag::nc},
         {kernel, f32, tag::any},
         {{plan.outputs}, f32, tag::x},
         {{plan.batch, plan.outputs}, f32, tag::nc}},
        engine);
    head = dnnl::inner_product_forward(chosen);
    headArguments = {
        {DNNL_ARG_SRC,
         memory(chosen.src_desc(), engine, values(DNNL_ARG_DST_ITER))},
        {DNNL_ARG_WEIGHTS,
         packed(plan.head, kernel, tag::oi, chosen.weights_desc())},
        {DNNL_ARG_BIAS, packed(plan.headBias, {plan.outputs}, tag::x,
                               {{plan.outputs}, f32, tag::x})},
        {DNNL_ARG_DST, memory(chosen.dst_desc(), engine)}};
  }

  const Plan &plan;
  const bench::Buffer &data;
  long gates;
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  dnnl::primitive layer, head;
  std::unordered_map<int, memory> arguments, headArguments;
};

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  Plan plan(options.text("--plan"));
  bench::Buffer data = bench::readFloats(options.text("--plan") + ".bin");
  bench::Buffer input = bench::readFloats(options.text("--input"));
  try {
    Network network(plan, data);
    network.setInput(input);
    bench::run(
        options, start, [&] { network.run(); }, [&] { network.handStateOn(); },
        [&] { return network.output(); });
  } catch (dnnl::error &error) {
    bench::fail(std::string("oneDNN: ") + error.what());
  }
}
