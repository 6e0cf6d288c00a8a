//===- plan.h - reads the plans that plan.py writes -------------*- C++ -*-===//
//
// A plan is a network as a flat list of steps with everything fused that can
// be; models/plan.py says what there is. Shapes are computed here.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_TEST_BENCH_DRIVERS_PLAN_H
#define NNC_TEST_BENCH_DRIVERS_PLAN_H

#include "bench.h"

#include <fstream>
#include <map>
#include <sstream>

namespace bench {

/// Channels first, whatever layout the library takes.
struct Shape {
  long n = 1, c = 1, h = 1, w = 1;
  std::size_t size() const { return static_cast<std::size_t>(n * c * h * w); }
  long pixels() const { return h * w; }
};

struct Step {
  std::string kind, activation = "none";
  int out = 0, in = -1, in2 = -1; // in2: a shortcut, or a second operand
  long filters = 0, kernel = 0, strides = 1;
  long top = 0, left = 0, bottom = 0, right = 0, groups = 1;
  std::size_t weights = 0, bias = 0; // offsets

  bool depthwise(const Shape &from) const {
    return groups > 1 && groups == from.c;
  }
};

struct Plan {
  std::vector<Step> steps;
  std::map<int, Shape> shapes;
  Buffer data;
  int input = 0, output = 0;

  explicit Plan(const std::string &path) : data(readFloats(path + ".bin")) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      std::istringstream words(line);
      read(words);
    }
    if (steps.empty())
      fail("no steps in " + path);
  }

  const Shape &shape(int tensor) const { return shapes.at(tensor); }
  const float *at(std::size_t offset) const { return data.data() + offset; }

private:
  void read(std::istringstream &words) {
    Step s;
    words >> s.kind >> s.out;
    Shape &to = shapes[s.out];
    if (s.kind == "input") {
      words >> to.n >> to.c >> to.h >> to.w;
      input = s.out;
      return;
    }
    words >> s.in;
    Shape from = to = shapes[s.in];
    if (s.kind == "conv") {
      words >> s.filters >> s.kernel >> s.strides >> s.top >> s.left >>
          s.bottom >> s.right >> s.groups >> s.activation >> s.in2 >>
          s.weights >> s.bias;
      to = slide(from, s, s.filters);
    } else if (s.kind == "maxpool") {
      words >> s.kernel >> s.strides >> s.top >> s.left >> s.bottom >> s.right;
      to = slide(from, s, from.c);
    } else if (s.kind == "gap") {
      to = {from.n, from.c, 1, 1};
    } else if (s.kind == "fc") {
      words >> s.filters >> s.activation >> s.weights >> s.bias;
      to = {from.n, s.filters, 1, 1};
    } else if (s.kind == "matmul") {
      words >> s.filters >> s.weights;
      to = {from.n, s.filters, 1, 1};
    } else if (s.kind == "flatten") {
      to = {from.n, from.c * from.pixels(), 1, 1};
    } else if (s.kind == "add" || s.kind == "mul") {
      words >> s.in2 >> s.activation;
    } else if (s.kind != "softmax") {
      fail("no such step: " + s.kind);
    }
    output = s.out;
    steps.push_back(s);
  }

  static Shape slide(const Shape &from, const Step &s, long channels) {
    return {from.n, channels,
            (from.h + s.top + s.bottom - s.kernel) / s.strides + 1,
            (from.w + s.left + s.right - s.kernel) / s.strides + 1};
  }
};

} // namespace bench

#endif // NNC_TEST_BENCH_DRIVERS_PLAN_H
