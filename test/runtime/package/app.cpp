// Links a model and the runtime, and uses the C++ wrapper.
#include "nnc/model.hpp"
#include "nnc/runtime.h"
#include "pair.h"

#include <cstdio>
#include <vector>

int main() {
  nnc::model_options options;
  options.parallel = nnc_pool_create(2);
  std::error_code ec;
  auto m = nnc::model<pair>::create(ec, options);
  const std::vector<float> x = {1, 2, 3, 4, 5, 6};
  const std::vector<int32_t> ids = {1, 0};
  std::vector<float> y(6), total(1);
  if (!ec)
    ec = m.run(x, ids, y, total);
  nnc_pool_destroy(const_cast<nnc_parallel *>(options.parallel));
  std::printf("total %g, %s\n", static_cast<double>(total[0]),
              ec.message().c_str());
  return ec ? 1 : 0;
}
