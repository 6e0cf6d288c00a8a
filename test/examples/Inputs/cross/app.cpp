// Runs the model, on two threads where the runtime has a pool, and prints what
// the runtime knows of it.
#include "nnc/model.hpp"
#include "nnc/runtime.h"
#include "sums.h"

#include <array>
#include <cstdio>

int main() {
  nnc_parallel *pool = nnc_pool_create(2);
  nnc::model_options options;
  options.parallel = pool;
  std::error_code ec;
  auto model = nnc::model<sums>::create(ec, options);
  const std::array<float, 8> x = {1, 2, 3, 4, -1, 0, 0, 0};
  std::array<float, 4> y{};
  if (!ec)
    ec = model.run(x, y);
  nnc_pool_destroy(pool);
  std::printf("%g %g %g %g, output %d, %s, %s\n", double(y[0]), double(y[1]),
              double(y[2]), double(y[3]), nnc_find_output(&sums_model, "y"),
              pool ? "threads" : "no threads", ec.message().c_str());
  return ec ? 1 : 0;
}
