//===- Initializers.cpp - Keras's initial values of weights ---------------===//
//
// A table says of which kind each named initializer is, with Keras's defaults.
// A spec's keys override them and are checked, then the values are computed in
// double precision, in an order that the source fixes, with PortableMath.h
// only: the same seed gives the same bits on every machine.
//
//===----------------------------------------------------------------------===//

#include "compiler/graph/Initializers.h"
#include "compiler/graph/PortableMath.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"
#include <algorithm>
#include <cmath>

// A fused multiply-add rounds once instead of twice.
#if defined(__clang__)
#pragma clang fp contract(off)
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

using namespace llvm;

namespace nnc {
namespace {

/// What an initializer does; the named ones are a few of these with their keys
/// set.
enum class Kind {
  Fill,
  Identity,
  Orthogonal,
  RandomNormal,
  RandomUniform,
  Stft,
  TruncatedNormal,
  VarianceScaling
};

/// One named initializer: which keys it takes, and the values of all keys that
/// its kind reads, with Keras's defaults.
struct Entry {
  Kind kind;
  StringLiteral name, className;
  bool takesKeys; ///< false: the name says it all (he_normal's scale)
  bool random;    ///< takes `seed`
  std::map<std::string, double> numbers;
  std::map<std::string, std::string> strings;
};

} // namespace

//===----------------------------------------------------------------------===//
// Names and keys
//===----------------------------------------------------------------------===//

/// An initializer with keys of its own.
static Entry keyed(Kind kind, StringLiteral name, StringLiteral className,
                   bool random, std::map<std::string, double> numbers,
                   std::map<std::string, std::string> strings = {}) {
  return {kind,
          name,
          className,
          /*takesKeys=*/true,
          random,
          std::move(numbers),
          std::move(strings)};
}

/// A variance scaling whose name says all of it.
static Entry scaled(StringLiteral name, StringLiteral className, double scale,
                    const char *mode, const char *distribution) {
  return {Kind::VarianceScaling,
          name,
          className,
          /*takesKeys=*/false,
          /*random=*/true,
          {{"scale", scale}},
          {{"mode", mode}, {"distribution", distribution}}};
}

static std::vector<Entry> initializers() {
  using K = Kind;
  const char *normal = "truncated_normal", *uniform = "uniform";
  return {
      keyed(K::Fill, "constant", "Constant", false, {{"value", 0}}),
      scaled("glorot_normal", "GlorotNormal", 1, "fan_avg", normal),
      scaled("glorot_uniform", "GlorotUniform", 1, "fan_avg", uniform),
      scaled("he_normal", "HeNormal", 2, "fan_in", normal),
      scaled("he_uniform", "HeUniform", 2, "fan_in", uniform),
      keyed(K::Identity, "identity", "Identity", false, {{"gain", 1}}),
      scaled("lecun_normal", "LecunNormal", 1, "fan_in", normal),
      scaled("lecun_uniform", "LecunUniform", 1, "fan_in", uniform),
      {K::Fill, "ones", "Ones", false, false, {{"value", 1}}, {}},
      keyed(K::Orthogonal, "orthogonal", "Orthogonal", true, {{"gain", 1}}),
      keyed(K::RandomNormal, "random_normal", "RandomNormal", true,
            {{"mean", 0}, {"stddev", 0.05}}),
      keyed(K::RandomUniform, "random_uniform", "RandomUniform", true,
            {{"minval", -0.05}, {"maxval", 0.05}}),
      keyed(K::Stft, "stft", "STFT", false, {{"periodic", 0}},
            {{"side", ""}, {"window", "hann"}, {"scaling", "density"}}),
      keyed(K::TruncatedNormal, "truncated_normal", "TruncatedNormal", true,
            {{"mean", 0}, {"stddev", 0.05}}),
      keyed(K::VarianceScaling, "variance_scaling", "VarianceScaling", true,
            {{"scale", 1}}, {{"mode", "fan_in"}, {"distribution", normal}}),
      {K::Fill, "zeros", "Zeros", false, false, {{"value", 0}}, {}},
  };
}

/// Keras's other names for some of them.
static StringRef canonicalName(StringRef name) {
  return StringSwitch<StringRef>(name)
      .Case("IdentityInitializer", "identity")
      .Case("OrthogonalInitializer", "orthogonal")
      .Case("STFTInitializer", "stft")
      .Case("normal", "random_normal")
      .Case("uniform", "random_uniform")
      .Case("one", "ones")
      .Case("zero", "zeros")
      .Default(name);
}

static Error fail(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

static Expected<Entry> lookUp(StringRef name) {
  std::vector<Entry> all = initializers();
  StringRef canonical = canonicalName(name);
  for (Entry &entry : all)
    if (canonical == entry.name || canonical == entry.className)
      return std::move(entry);
  std::string names =
      join(map_range(all, [](const Entry &entry) { return entry.name.str(); }),
           ", ");
  return fail("unknown initializer '" + name + "'; there are " + names +
              " [N405]");
}

static std::string keysOf(const Entry &entry) {
  std::vector<std::string> keys;
  if (entry.takesKeys) {
    for (const auto &number : entry.numbers)
      keys.push_back(number.first);
    for (const auto &string : entry.strings)
      keys.push_back(string.first);
  }
  if (entry.random)
    keys.push_back("seed");
  return keys.empty() ? "it has none" : "its keys are " + join(keys, ", ");
}

/// Overrides the defaults with the spec's values; `seed` joins the numbers.
static Error applyKeys(Entry &entry, const InitializerSpec &spec) {
  std::string name = "initializer '" + entry.name.str() + "'";
  StringRef what(name);
  for (const auto &[key, value] : spec.numbers) {
    bool isSeed = entry.random && key == "seed";
    if (!isSeed && (!entry.takesKeys || !entry.numbers.count(key))) {
      if (entry.takesKeys && entry.strings.count(key))
        return fail(what + ": key '" + key + "' must be a string [N405]");
      return fail(what + " has no key '" + key + "'; " + keysOf(entry) +
                  " [N405]");
    }
    // Not beyond the largest float, and not NaN.
    if (!(std::fabs(value) <= 3.4028234663852886e38))
      return fail(what + ": key '" + key + "' must be a finite number [N405]");
    if (isSeed && (std::fabs(value) > 0x1p53 || std::floor(value) != value))
      return fail(what + ": key 'seed' must be an integer [N405]");
    entry.numbers[key] = value;
  }
  for (const auto &[key, value] : spec.strings) {
    if (!entry.takesKeys || !entry.strings.count(key)) {
      if ((entry.takesKeys && entry.numbers.count(key)) ||
          (entry.random && key == "seed"))
        return fail(what + ": key '" + key + "' must be a number [N405]");
      return fail(what + " has no key '" + key + "'; " + keysOf(entry) +
                  " [N405]");
    }
    entry.strings[key] = value;
  }
  return Error::success();
}

/// Checks that a string is one of a few.
static Error checkChoice(const Entry &entry, const char *key,
                         ArrayRef<StringLiteral> choices) {
  const std::string &value = entry.strings.at(key);
  if (is_contained(choices, value))
    return Error::success();
  return fail(
      "initializer '" + entry.name + "': key '" + key + "' must be one of " +
      join(map_range(choices, [](StringRef s) { return s.str(); }), ", ") +
      ", but is '" + value + "' [N405]");
}

static constexpr StringLiteral kWindows[] = {
    "none",    "bartlett", "blackman", "blackmanharris", "boxcar", "cosine",
    "flattop", "hamming",  "hann",     "nuttall",        "ones",   "triang"};

static Error checkValues(Entry &entry) {
  auto require = [&](bool holds, const char *what) {
    return holds
               ? Error::success()
               : fail("initializer '" + entry.name + "': " + what + " [N405]");
  };
  const auto &numbers = entry.numbers;
  switch (entry.kind) {
  case Kind::Fill:
  case Kind::Identity:
  case Kind::Orthogonal:
    return Error::success();
  case Kind::RandomNormal:
  case Kind::TruncatedNormal:
    return require(numbers.at("stddev") >= 0,
                   "key 'stddev' must not be negative");
  case Kind::RandomUniform:
    return require(numbers.at("minval") <= numbers.at("maxval"),
                   "key 'minval' must not be greater than 'maxval'");
  case Kind::VarianceScaling: {
    std::string &distribution = entry.strings["distribution"];
    distribution = StringRef(distribution).lower();
    if (distribution == "normal")
      distribution = "truncated_normal";
    if (Error error =
            require(numbers.at("scale") > 0, "key 'scale' must be positive"))
      return error;
    if (Error error =
            checkChoice(entry, "mode", {"fan_in", "fan_out", "fan_avg"}))
      return error;
    return checkChoice(entry, "distribution",
                       {"truncated_normal", "untruncated_normal", "uniform"});
  }
  case Kind::Stft:
    if (Error error =
            require(numbers.at("periodic") == 0 || numbers.at("periodic") == 1,
                    "key 'periodic' must be true or false"))
      return error;
    if (Error error = checkChoice(entry, "side", {"real", "imag"}))
      return error;
    if (Error error =
            checkChoice(entry, "scaling", {"density", "spectrum", "none"}))
      return error;
    return checkChoice(entry, "window", kWindows);
  }
  llvm_unreachable("unknown kind of initializer");
}

/// The initializer with all its keys, checked.
static Expected<Entry> resolve(const InitializerSpec &spec) {
  Expected<Entry> entry = lookUp(spec.name);
  if (!entry)
    return entry.takeError();
  if (Error error = applyKeys(*entry, spec))
    return error;
  if (Error error = checkValues(*entry))
    return error;
  return entry;
}

Error checkInitializer(const InitializerSpec &spec) {
  return resolve(spec).takeError();
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

uint64_t seedFor(uint64_t seed, StringRef weightName) {
  return seed ^ xxh3_64bits(weightName);
}

std::pair<double, double> computeFans(ArrayRef<int64_t> shape) {
  if (shape.empty())
    return {1, 1};
  if (shape.size() == 1)
    return {shape[0], shape[0]};
  // Convolutions: (..., inputs, outputs), of which each sees the whole window.
  double window = 1;
  for (int64_t dim : shape.drop_back(2))
    window *= dim;
  return {shape[shape.size() - 2] * window, shape.back() * window};
}

static void fillNormal(std::vector<float> &values, Random &random, double mean,
                       double stddev, bool truncated) {
  for (float &value : values)
    value =
        static_cast<float>(mean + stddev * (truncated ? random.truncatedNormal()
                                                      : random.normal()));
}

/// In [low, high): rounding to float must not reach the upper bound.
static void fillUniform(std::vector<float> &values, Random &random, double low,
                        double high) {
  float end = static_cast<float>(high);
  for (float &value : values) {
    value = static_cast<float>(low + (high - low) * random.uniform());
    if (value >= end && low < high)
      value = std::nextafter(end, static_cast<float>(low));
  }
}

static void fillScaled(std::vector<float> &values, Random &random,
                       const Entry &entry, ArrayRef<int64_t> shape) {
  auto [fanIn, fanOut] = computeFans(shape);
  const std::string &mode = entry.strings.at("mode");
  double fan = mode == "fan_in"    ? fanIn
               : mode == "fan_out" ? fanOut
                                   : (fanIn + fanOut) / 2;
  double scale = entry.numbers.at("scale") / std::max(1.0, fan);
  const std::string &distribution = entry.strings.at("distribution");
  if (distribution == "uniform") {
    double limit = std::sqrt(3 * scale);
    return fillUniform(values, random, -limit, limit);
  }
  bool truncated = distribution == "truncated_normal";
  // What is left of a normal's deviation within two of them.
  double remaining = truncated ? 0.87962566103423978 : 1;
  fillNormal(values, random, 0, std::sqrt(scale) / remaining, truncated);
}

/// Applies the reflection I - beta v v^T to columns [first, columns) of rows
/// [top, rows) of a row-major matrix; v begins at row `top`.
static void reflect(std::vector<double> &matrix, size_t rows, size_t columns,
                    size_t top, size_t first, ArrayRef<double> v, double beta,
                    std::vector<double> &products) {
  llvm::fill(products, 0.0);
  for (size_t r = top; r < rows; ++r)
    for (size_t c = first; c < columns; ++c)
      products[c] += v[r - top] * matrix[r * columns + c];
  for (size_t r = top; r < rows; ++r)
    for (size_t c = first; c < columns; ++c)
      matrix[r * columns + c] -= beta * v[r - top] * products[c];
}

/// The orthogonal factor of a random normal matrix with rows >= columns, by
/// Householder reflections; its columns' signs are those that make the
/// triangular factor's diagonal positive, hence uniformly distributed.
static std::vector<double> randomOrthogonal(size_t rows, size_t columns,
                                            Random &random) {
  std::vector<double> matrix(rows * columns), products(columns), betas(columns);
  for (double &value : matrix)
    value = random.normal();
  std::vector<std::vector<double>> vectors(columns);
  std::vector<double> signs(columns, 1);
  for (size_t k = 0; k < columns; ++k) {
    std::vector<double> &v = vectors[k];
    double square = 0;
    for (size_t r = k; r < rows; ++r) {
      v.push_back(matrix[r * columns + k]);
      square += v.back() * v.back();
    }
    double norm = std::sqrt(square);
    double diagonal = v[0] > 0 ? -norm : norm;
    signs[k] = diagonal < 0 ? -1 : 1;
    double length = 2 * (square - v[0] * diagonal); // of v, squared
    v[0] -= diagonal;
    betas[k] = length > 0 ? 2 / length : 0;
    reflect(matrix, rows, columns, k, k + 1, v, betas[k], products);
  }
  llvm::fill(matrix, 0.0);
  for (size_t k = columns; k-- > 0;) {
    matrix[k * columns + k] = 1;
    reflect(matrix, rows, columns, k, k, vectors[k], betas[k], products);
  }
  for (size_t i = 0; i < matrix.size(); ++i)
    matrix[i] *= signs[i % columns];
  return matrix;
}

static void fillOrthogonal(std::vector<float> &values, Random &random,
                           double gain, ArrayRef<int64_t> shape) {
  if (values.empty())
    return;
  size_t columns = shape.back(), rows = values.size() / columns;
  size_t large = std::max(rows, columns), small = std::min(rows, columns);
  std::vector<double> q = randomOrthogonal(large, small, random);
  for (size_t r = 0; r < rows; ++r)
    for (size_t c = 0; c < columns; ++c)
      values[r * columns + c] = static_cast<float>(
          gain * (rows < columns ? q[c * small + r] : q[r * small + c]));
}

static void fillIdentity(std::vector<float> &values, double gain,
                         ArrayRef<int64_t> shape) {
  for (int64_t i = 0; i < std::min(shape[0], shape[1]); ++i)
    values[i * shape[1] + i] = static_cast<float>(gain);
}

//===----------------------------------------------------------------------===//
// Short-time Fourier transform
//===----------------------------------------------------------------------===//

/// Coefficients of windows that are sums of cosines.
static ArrayRef<double> cosineSum(StringRef window) {
  static constexpr double hann[] = {0.5, 0.5}, hamming[] = {0.54, 0.46},
                          blackman[] = {0.42, 0.5, 0.08},
                          nuttall[] = {0.3635819, 0.4891775, 0.1365995,
                                       0.0106411},
                          harris[] = {0.35875, 0.48829, 0.14128, 0.01168},
                          flattop[] = {0.21557895, 0.41663158, 0.277263158,
                                       0.083578947, 0.006947368};
  return StringSwitch<ArrayRef<double>>(window)
      .Case("hann", hann)
      .Case("hamming", hamming)
      .Case("blackman", blackman)
      .Case("nuttall", nuttall)
      .Case("blackmanharris", harris)
      .Case("flattop", flattop)
      .Default({});
}

/// Element `i` of a symmetric window of `length` > 1, as SciPy defines it.
static double windowValue(StringRef window, uint64_t i, uint64_t length) {
  double mirrored = static_cast<double>(std::min(i, length - 1 - i));
  if (window == "bartlett")
    return 2 * mirrored / static_cast<double>(length - 1);
  if (window == "triang")
    return length % 2 == 0
               ? (2 * mirrored + 1) / static_cast<double>(length)
               : 2 * (mirrored + 1) / static_cast<double>(length + 1);
  if (window == "cosine")
    return sineCosine(2 * i + 1, 4 * length).first;
  ArrayRef<double> terms = cosineSum(window);
  if (terms.empty())
    return 1; // boxcar, ones, none
  double value = 0, sign = 1;
  for (size_t k = 0; k < terms.size(); ++k, sign = -sign)
    value += sign * terms[k] * sineCosine(k * i, length - 1).second;
  return value;
}

/// The window over a frame, divided by its norm as `scaling` says.
static Expected<std::vector<double>> scaledWindow(const Entry &entry,
                                                  uint64_t frame) {
  const std::string &window = entry.strings.at("window");
  const std::string &scaling = entry.strings.at("scaling");
  // A periodic window is one element longer, without its last.
  uint64_t length = frame + (entry.numbers.at("periodic") != 0);
  std::vector<double> values(frame, 1.0);
  double absolute = 0, square = 0;
  for (uint64_t i = 0; i < frame; ++i) {
    if (frame > 1)
      values[i] = windowValue(window, i, length);
    absolute += std::fabs(values[i]);
    square += values[i] * values[i];
  }
  if (window == "none" || scaling == "none")
    return values;
  double norm = scaling == "density" ? std::sqrt(square) : absolute;
  if (norm == 0)
    return fail("initializer 'stft': window '" + window + "' of length " +
                Twine(frame) + " is zero everywhere [N405]");
  for (double &value : values)
    value /= norm;
  return values;
}

/// The kernel of a convolution that takes the real or the imaginary part of the
/// transform: (frame length, 1, frequencies).
static Error fillStft(std::vector<float> &values, const Entry &entry,
                      ArrayRef<int64_t> shape) {
  Expected<std::vector<double>> window = scaledWindow(entry, shape[0]);
  if (!window)
    return window.takeError();
  uint64_t frequencies = shape[2], period = (frequencies - 1) * 2;
  bool real = entry.strings.at("side") == "real";
  for (uint64_t t = 0; t < window->size(); ++t)
    for (uint64_t f = 0; f < frequencies; ++f) {
      auto [sine, cosine] = sineCosine(t * f, period);
      values[t * frequencies + f] =
          static_cast<float>((real ? cosine : -sine) * (*window)[t]);
    }
  return Error::success();
}

/// Checks that the initializer makes weights of this shape, and in reasonable
/// time and memory; returns the number of elements.
static Expected<size_t> checkShape(const Entry &entry,
                                   ArrayRef<int64_t> shape) {
  constexpr uint64_t limit = uint64_t(1) << 30;
  uint64_t count = 1;
  for (int64_t dim : shape) {
    if (dim < 0)
      return fail("a weight cannot have the dimension " + Twine(dim) +
                  " [N405]");
    count = SaturatingMultiply<uint64_t>(count, dim);
  }
  if (count > limit)
    return fail(
        "a weight of more than 2^30 elements cannot be initialized [N406]");
  std::string needs = ("initializer '" + entry.name + "' needs a shape ").str();
  if (entry.kind == Kind::Identity && shape.size() != 2)
    return fail(needs + "of 2 dimensions, but got " + Twine(shape.size()) +
                " [N405]");
  if (entry.kind == Kind::Stft &&
      (shape.size() != 3 || shape[1] != 1 || shape[0] < 1 || shape[2] < 2))
    return fail(needs + "(frame length, 1, frequencies) with at least 2 "
                        "frequencies [N405]");
  if (entry.kind != Kind::Orthogonal)
    return count;
  if (shape.size() < 2)
    return fail(needs + "of at least 2 dimensions, but got " +
                Twine(shape.size()) + " [N405]");
  uint64_t columns = shape.back(), rows = columns ? count / columns : 0;
  // Four operations for each of these; beyond, it takes minutes.
  if (static_cast<double>(count) * std::min(rows, columns) > 0x1p38)
    return fail("initializer 'orthogonal' is too slow for a matrix of " +
                Twine(rows) + " x " + Twine(columns) + " [N406]");
  return count;
}

/// Computes all values; `values` is zero and has the shape's size.
static Error fill(std::vector<float> &values, const Entry &entry,
                  ArrayRef<int64_t> shape, Random &random) {
  auto number = [&](const char *key) { return entry.numbers.at(key); };
  switch (entry.kind) {
  case Kind::Fill:
    llvm::fill(values, static_cast<float>(number("value")));
    return Error::success();
  case Kind::Identity:
    fillIdentity(values, number("gain"), shape);
    return Error::success();
  case Kind::Orthogonal:
    fillOrthogonal(values, random, number("gain"), shape);
    return Error::success();
  case Kind::RandomNormal:
  case Kind::TruncatedNormal:
    fillNormal(values, random, number("mean"), number("stddev"),
               entry.kind == Kind::TruncatedNormal);
    return Error::success();
  case Kind::RandomUniform:
    fillUniform(values, random, number("minval"), number("maxval"));
    return Error::success();
  case Kind::Stft:
    return fillStft(values, entry, shape);
  case Kind::VarianceScaling:
    fillScaled(values, random, entry, shape);
    return Error::success();
  }
  llvm_unreachable("unknown kind of initializer");
}

Expected<std::vector<float>> initialize(const InitializerSpec &spec,
                                        ArrayRef<int64_t> shape,
                                        uint64_t seed) {
  Expected<Entry> entry = resolve(spec);
  if (!entry)
    return entry.takeError();
  Expected<size_t> count = checkShape(*entry, shape);
  if (!count)
    return count.takeError();
  if (entry->numbers.count("seed"))
    seed =
        static_cast<uint64_t>(static_cast<int64_t>(entry->numbers.at("seed")));
  Random random(seed);
  std::vector<float> values(*count);
  if (Error error = fill(values, *entry, shape, random))
    return error;
  return values;
}

} // namespace nnc
