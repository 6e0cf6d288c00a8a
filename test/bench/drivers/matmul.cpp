//===- matmul.cpp - one matrix product in a BLAS, Eigen or libxsmm --------===//
//
//   matmul --with openblas|blis|eigen|xsmm|xsmm-blocked --plan model.plan
//          [options of bench.h]
//
// C = A · B, row-major, where B is a layer's weights. The BLAS libraries are
// opened when the program runs; Eigen and libxsmm are compiled in where
// BENCH_HAS_EIGEN and BENCH_HAS_XSMM are defined. Plain xsmm is the kernel of
// exactly the shape; xsmm-blocked has all three matrices in blocks, what a
// compiler could do that chooses every layout. The number of threads is the
// environment's.
//
//===----------------------------------------------------------------------===//

#include "plan.h"

#include <dlfcn.h>

#include <functional>

#ifdef BENCH_HAS_EIGEN
#include <Eigen/Core>
#endif
#ifdef BENCH_HAS_XSMM
#include <libxsmm.h>
#endif

namespace {

/// The operands, and where the product is if not in `c`.
struct Product {
  int m = 0, k = 0, n = 0;
  bench::Buffer a, b, c;
  std::function<void()> call;
  std::function<bench::Buffer()> output;
};

void useBlas(Product &p, const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!handle)
    bench::fail(dlerror());
  constexpr int rowMajor = 101, plain = 111, transposed = 112;
  using Gemm = void (*)(int, int, int, int, int, int, float, const float *, int,
                        const float *, int, float, float *, int);
  using Gemv = void (*)(int, int, int, int, float, const float *, int,
                        const float *, int, float, float *, int);
  auto gemm = reinterpret_cast<Gemm>(dlsym(handle, "cblas_sgemm"));
  auto gemv = reinterpret_cast<Gemv>(dlsym(handle, "cblas_sgemv"));
  if (!gemm || !gemv)
    bench::fail(std::string(library) + " has no C interface");
  const float *a = p.a.data(), *b = p.b.data();
  float *c = p.c.data();
  int m = p.m, k = p.k, n = p.n;
  if (m == 1)
    p.call = [=] { gemv(rowMajor, transposed, k, n, 1, b, n, a, 1, 0, c, 1); };
  else
    p.call = [=] {
      gemm(rowMajor, plain, plain, m, n, k, 1, a, k, b, n, 0, c, n);
    };
}

#ifdef BENCH_HAS_EIGEN
void useEigen(Product &p, int threads) {
  using Matrix =
      Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Row = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::setNbThreads(threads);
  Eigen::Map<const Matrix> a(p.a.data(), p.m, p.k), b(p.b.data(), p.k, p.n);
  Eigen::Map<Matrix> c(p.c.data(), p.m, p.n);
  Eigen::Map<const Row> row(p.a.data(), p.k);
  Eigen::Map<Row> result(p.c.data(), p.n);
  if (p.m == 1)
    p.call = [=]() mutable { result.noalias() = row * b; };
  else
    p.call = [=]() mutable { c.noalias() = a * b; };
}
#endif

#ifdef BENCH_HAS_XSMM
/// libxsmm is column-major: B comes first.
void useXsmm(Product &p) {
  const float one = 1, zero = 0;
  auto kernel = libxsmm_smmdispatch(p.n, p.m, p.k, &p.n, &p.k, &p.n, &one,
                                    &zero, nullptr, nullptr);
  if (!kernel)
    bench::fail("libxsmm: no kernel of this shape");
  const float *a = p.a.data(), *b = p.b.data();
  float *c = p.c.data();
  p.call = [=] { kernel(b, a, c); };
}

/// A matrix cut into blocks of rows × columns, each row-major.
struct Blocks {
  int rows, columns, down, across;
  bench::Buffer data;

  Blocks(int height, int width, int rows, int columns)
      : rows(rows), columns(columns), down(height / rows),
        across(width / columns), data(static_cast<std::size_t>(height) *
                                      static_cast<std::size_t>(width)) {}

  /// The place of row i, column j, where blocks follow one another along rows,
  /// or else along columns.
  std::size_t place(int i, int j, bool alongRows) const {
    int block = alongRows ? i / rows * across + j / columns
                          : j / columns * down + i / rows;
    return static_cast<std::size_t>((block * rows + i % rows) * columns +
                                    j % columns);
  }
};

void useBlockedXsmm(Product &p) {
  auto divisor = [](int size, int wanted) {
    return size % wanted == 0 ? wanted : size;
  };
  int bm = divisor(p.m, 32), bk = divisor(p.k, 64), bn = divisor(p.n, 64);
  Blocks a(p.m, p.k, bm, bk), b(p.k, p.n, bk, bn), c(p.m, p.n, bm, bn);
  for (int i = 0; i != p.m; ++i)
    for (int k = 0; k != p.k; ++k)
      a.data[a.place(i, k, true)] = p.a[static_cast<std::size_t>(i * p.k + k)];
  for (int k = 0; k != p.k; ++k)
    for (int j = 0; j != p.n; ++j)
      b.data[b.place(k, j, false)] = p.b[static_cast<std::size_t>(k * p.n + j)];
  const float one = 1, zero = 0;
  auto kernel = libxsmm_smmdispatch_reducebatch_strd(
      bn, bm, bk, bk * bn * 4, bm * bk * 4, &bn, &bk, &bn, &one, &zero, nullptr,
      nullptr);
  if (!kernel)
    bench::fail("libxsmm: no kernel of this shape");
  p.call = [=] {
    unsigned long long count = static_cast<unsigned long long>(a.across);
#pragma omp parallel for collapse(2) schedule(static)
    for (int i = 0; i < c.down; ++i)
      for (int j = 0; j < c.across; ++j)
        kernel(&b.data[b.place(0, j * bn, false)],
               &a.data[a.place(i * bm, 0, true)],
               &c.data[c.place(i * bm, j * bn, true)], &count);
  };
  p.output = [c, &p] {
    for (int i = 0; i != p.m; ++i)
      for (int j = 0; j != p.n; ++j)
        p.c[static_cast<std::size_t>(i * p.n + j)] =
            c.data[c.place(i, j, true)];
    return p.c;
  };
}
#endif

bool prepare(Product &p, const std::string &with, int threads) {
  if (with == "openblas")
    return useBlas(p, "libopenblas.so.0"), true;
  if (with == "blis")
    return useBlas(p, "libblis.so.4"), true;
#ifdef BENCH_HAS_EIGEN
  if (with == "eigen")
    return useEigen(p, threads), true;
#endif
#ifdef BENCH_HAS_XSMM
  if (with == "xsmm" && threads == 1)
    return useXsmm(p), true;
  if (with == "xsmm-blocked")
    return useBlockedXsmm(p), true;
#endif
  return static_cast<void>(threads), false;
}

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  bench::Plan plan(options.text("--plan"));
  const bench::Step &step = plan.steps[0];
  if (plan.steps.size() != 1 || step.kind != "matmul")
    bench::fail("the plan is not a single matrix product");
  const bench::Shape &from = plan.shape(plan.input);
  Product p;
  p.m = static_cast<int>(from.n);
  p.k = static_cast<int>(from.c);
  p.n = static_cast<int>(step.filters);
  p.a = bench::readFloats(options.text("--input"));
  p.b = bench::Buffer(static_cast<std::size_t>(p.k * p.n));
  p.c = bench::Buffer(static_cast<std::size_t>(p.m * p.n));
  const float *source = plan.at(step.weights); // [n][k]
  for (int j = 0; j != p.n; ++j)
    for (int k = 0; k != p.k; ++k)
      p.b[static_cast<std::size_t>(k * p.n + j)] = *source++;
  p.output = [&] { return p.c; };
  if (!prepare(p, options.text("--with"), options.threads()))
    bench::fail("not there: " + options.text("--with"));
  bench::run(options, start, p.call, [] {}, p.output);
}
