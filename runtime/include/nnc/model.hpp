//===- nnc/model.hpp - call a model from C++17 ------------------*- C++ -*-===//
//
// A header-only wrapper around a generated header. It owns the workspace and
// the state, takes spans, and checks their sizes, so that a call is one line:
//
//   #include "mnist.h"
//   #include "nnc/model.hpp"
//
//   std::error_code ec;
//   auto m = nnc::model<mnist>::create(ec);
//   ec = m.run(image, probs);           // vectors, arrays, spans of floats
//
// or, where the order of many inputs and outputs is easily mistaken, by name:
//
//   m.set(&mnist_args::image, image);
//   m.set(&mnist_args::probs, probs);
//   ec = m.run();
//
// Shapes. A buffer holds whole samples, one after the other, each as the
// comment at the head of the generated header says; `size_of("image")` are the
// elements of one. How many samples a call has follows from the sizes; of a
// stream, how many steps: it has the rows that `create` was told, by default
// one, and a buffer holds all steps of the first row, then those of the second.
//
// Ownership. Only `create` allocates: the workspace and, of a stateful model,
// the state, unless `model_options` brings them. Everything that is passed in
// stays the caller's and must outlive its use: buffers until `run` returns
// (named ones as long as `run()` is called), the others as long as the object.
// Objects can be moved, not copied; one that was moved from cannot run.
//
// Threads. One object serves one call at a time; make one per thread (the
// weights are shared, an object costs its workspace and state). With
// `model_options::parallel` or `set_parallel`, one call uses several threads.
//
// Errors. Nothing throws; works with -fno-exceptions and -fno-rtti. What fails
// returns an nnc_status as a std::error_code: `if (ec == NNC_ERROR_SIZE)`,
// `ec.message()`. A call that fails before it computes has written nothing; the
// state of one that fails later is as before.
//
//===----------------------------------------------------------------------===//

#ifndef NNC_MODEL_HPP
#define NNC_MODEL_HPP

#include "nnc/abi.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

// An nnc_status is an error code: `if (ec == NNC_ERROR_BATCH)`.
namespace std {
template <> struct is_error_code_enum<nnc_status> : true_type {};
} // namespace std

namespace nnc {

/// The category of nnc_status, for std::error_code.
inline const std::error_category &status_category() noexcept {
  class category final : public std::error_category {
    const char *name() const noexcept override { return "nnc"; }
    std::string message(int status) const override {
      return nnc_status_string(status);
    }
  };
  static const category instance;
  return instance;
}

} // namespace nnc

/// Found by argument-dependent lookup; std::error_code uses it.
inline std::error_code make_error_code(nnc_status status) noexcept {
  return {static_cast<int>(status), nnc::status_category()};
}

namespace nnc {

/// A pointer and a number of elements. Converts from arrays and from whatever
/// has data() and size(): std::vector, std::array, std::span.
template <class T> class span {
  template <class U>
  using if_element = std::enable_if_t<std::is_convertible_v<U (*)[], T (*)[]>>;

public:
  constexpr span() noexcept = default;
  constexpr span(T *data, std::size_t size) noexcept
      : data_(data), size_(size) {}
  template <class U, std::size_t N, class = if_element<U>>
  constexpr span(U (&array)[N]) noexcept : data_(array), size_(N) {}
  template <class C, class = if_element<std::remove_pointer_t<
                         decltype(std::declval<C &>().data())>>>
  constexpr span(C &&container) noexcept
      : data_(container.data()),
        size_(static_cast<std::size_t>(container.size())) {}

  constexpr T *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }

private:
  T *data_ = nullptr;
  std::size_t size_ = 0;
};

/// What `create` may be told; all of it is optional and stays the caller's.
struct model_options {
  /// Rows of state, that is the largest batch of a stateful model, and the only
  /// one of a stream.
  std::int64_t state_rows = 1;
  /// Threads to run on; null: the caller's.
  const nnc_parallel *parallel = nullptr;
  /// The most threads that `set_parallel` will be given later; they decide how
  /// large the workspace is. Fewer than `parallel` has, as 0, mean nothing.
  int threads = 0;
  /// A weights file in memory, of a model compiled with --weights-out, aligned
  /// to M::alignment; nnc_weights_open maps and checks one.
  const void *weights = nullptr;
  std::size_t weights_size = 0;
  /// Memory to use instead of allocating it, aligned to M::alignment. The
  /// workspace needs M::workspace_size bytes, or M::workspace_for(threads); the
  /// state M::state_size for each row. The state is taken as it is, `reset`
  /// clears it.
  void *workspace = nullptr;
  std::size_t workspace_size = 0;
  void *state = nullptr;
  std::size_t state_size = 0;
};

namespace detail {

/// Frees what was allocated with this alignment; 0: it is the caller's.
struct aligned_delete {
  std::size_t alignment = 0;
  void operator()(void *data) const noexcept {
    if (alignment != 0)
      ::operator delete(data, std::align_val_t{alignment});
  }
};

/// Aligned memory: owned, or the caller's.
class memory {
public:
  bool allocate(std::size_t size, std::size_t alignment) noexcept {
    data_ = {::operator new(size, std::align_val_t{alignment}, std::nothrow),
             aligned_delete{alignment}};
    size_ = size;
    return data_ != nullptr;
  }
  void borrow(void *data, std::size_t size) noexcept {
    data_ = {data, aligned_delete{}};
    size_ = size;
  }

  void *data() const noexcept { return data_.get(); }
  std::size_t size() const noexcept { return data_ ? size_ : 0; }

private:
  std::unique_ptr<void, aligned_delete> data_;
  std::size_t size_ = 0;
};

/// The samples that buffers of these sizes hold; false if they disagree or if
/// one is no whole number of samples.
template <class M>
bool batch_of(const std::size_t *elements, std::int64_t &batch) noexcept {
  bool known = false;
  for (std::size_t i = 0; i != std::size(M::sizes); ++i) {
    const std::size_t sample = M::sizes[i];
    if (sample == 0 ? elements[i] != 0 : elements[i] % sample != 0)
      return false;
    if (sample == 0)
      continue;
    const std::size_t rows = elements[i] / sample;
    if (rows >
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
      return false;
    if (known && static_cast<std::int64_t>(rows) != batch)
      return false;
    batch = static_cast<std::int64_t>(rows);
    known = true;
  }
  if (!known)
    batch = M::batch != 0 ? M::batch : 1;
  return true;
}

/// The steps that a stream's buffers hold for `rows` samples; false if they
/// disagree or if one does not hold the same of each sample.
template <class M>
bool steps_of(const std::size_t *elements, std::int64_t rows,
              std::int64_t &steps) noexcept {
  bool known = false;
  for (std::size_t i = 0; i != std::size(M::sizes); ++i) {
    const std::size_t all = M::sizes[i] * static_cast<std::size_t>(rows);
    if (!M::stepped[i] && elements[i] != all)
      return false;
    if (!M::stepped[i] || all == 0)
      continue;
    const std::size_t found = elements[i] / all;
    if (elements[i] % all != 0 ||
        (known && static_cast<std::size_t>(steps) != found))
      return false;
    steps = static_cast<std::int64_t>(found);
    known = true;
  }
  return known;
}

} // namespace detail

/// A model ready to run. `M` is the struct that its generated header ends with.
/// `Buffers` is M's own list of its inputs and outputs.
template <class M, class Buffers = typename M::buffers> class model;

template <class M, class... P> class model<M, void(P...)> {
public:
  /// The C struct of one call, whose members name the inputs and outputs.
  using args = typename M::args;

  /// A model that cannot run yet: every call returns NNC_ERROR_NULL.
  model() noexcept = default;
  model(model &&) noexcept = default;
  model &operator=(model &&) noexcept = default;

  /// Allocates what the options do not bring, and resets the state that it
  /// allocated. On an error `ec` is set and the model cannot run:
  /// NNC_ERROR_MEMORY; NNC_ERROR_WORKSPACE or _SIZE, _ALIGNMENT for memory of
  /// the caller's that is too small or misaligned; _BATCH for state_rows;
  /// _WEIGHTS where they are missing; _PARALLEL for a malformed one.
  static model create(std::error_code &ec,
                      const model_options &options = {}) noexcept {
    model result;
    const nnc_status status = result.prepare(options);
    ec = status;
    if (status != NNC_OK)
      result = model();
    return result;
  }

  /// Whether it can run: `create` succeeded and it was not moved from.
  explicit operator bool() const noexcept {
    return workspace_.data() != nullptr;
  }

  /// Runs the samples, or of a stream the steps, that the spans hold: inputs,
  /// then outputs, in the model's order. Sizes that do not fit together are
  /// NNC_ERROR_SIZE.
  std::error_code run(span<std::remove_pointer_t<P>>... buffers) noexcept {
    const std::size_t elements[] = {buffers.size()...};
    args call{};
    M::bind(call, buffers.data()...);
    return invoke(call, elements);
  }

  /// Names one input or output of the calls by `run()`, by its member of the
  /// args struct: m.set(&mnist_args::image, image). It holds until it is named
  /// anew; sizes are checked by `run()`.
  template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
  void set(T *args::*member, span<std::enable_if_t<true, T>> buffer) noexcept {
    named_.*member = buffer.data();
    elements_[index(&(named_.*member))] = buffer.size();
  }

  /// Runs on the buffers that were named. One that was not is NNC_ERROR_NULL.
  std::error_code run() noexcept {
    for (std::size_t i = 0; i != sizeof...(P); ++i)
      if (elements_[i] == unnamed)
        return NNC_ERROR_NULL;
    args call = named_;
    return invoke(call, elements_);
  }

  /// Elements of one sample (of one step) of the input or output of that name,
  /// as the args struct has it; 0 if there is none.
  static constexpr std::size_t size_of(std::string_view name) noexcept {
    for (std::size_t i = 0; i != sizeof...(P); ++i)
      if (name == M::names[i])
        return M::sizes[i];
    return 0;
  }

  /// Starts a stateful model's sequences anew; nothing for other models.
  void reset() noexcept {
    if constexpr (M::state_size != 0) {
      if (state_.data())
        M::reset(state_.data(), rows_);
    }
  }

  /// Other weights from the next call on, of a model with weights apart. `run`
  /// compares their size and fingerprint; nnc_weights_check all of them.
  void set_weights(const void *weights, std::size_t size) noexcept {
    weights_ = weights;
    weights_size_ = size;
  }

  /// Other threads from the next call on; null: the caller's. More than the
  /// workspace was made for (see model_options::threads) are
  /// NNC_ERROR_WORKSPACE, and change nothing.
  std::error_code set_parallel(const nnc_parallel *parallel) noexcept {
    if (!workspace_.data())
      return NNC_ERROR_NULL;
    if (parallel && parallel->threads < 1)
      return NNC_ERROR_PARALLEL;
    if (parallel && M::workspace_for(parallel->threads) > workspace_.size())
      return NNC_ERROR_WORKSPACE;
    parallel_ = parallel;
    return NNC_OK;
  }

  /// The state's bytes: copy them to save, restore or fork a stream.
  span<unsigned char> state() noexcept {
    return {static_cast<unsigned char *>(state_.data()), state_.size()};
  }
  span<const unsigned char> state() const noexcept {
    return {static_cast<const unsigned char *>(state_.data()), state_.size()};
  }

private:
  /// No buffer has so many elements.
  static constexpr std::size_t unnamed =
      std::numeric_limits<std::size_t>::max();

  /// The position of a member of `named_` among the buffers, which follow the
  /// head that the args of all models share.
  std::size_t index(const void *member) const noexcept {
    const auto *first =
        reinterpret_cast<const unsigned char *>(&named_) + sizeof(nnc_args);
    return static_cast<std::size_t>(static_cast<const unsigned char *>(member) -
                                    first) /
           sizeof(void *);
  }

  /// `call` has its buffers already, of so many elements each.
  std::error_code invoke(args &call, const std::size_t *elements) noexcept {
    if (!workspace_.data())
      return NNC_ERROR_NULL;
    if constexpr (M::stream) {
      call.batch = rows_;
      if (!detail::steps_of<M>(elements, rows_, call.steps))
        return NNC_ERROR_SIZE;
    } else if (!detail::batch_of<M>(elements, call.batch)) {
      return NNC_ERROR_SIZE;
    }
    if constexpr (M::state_size != 0) {
      if (call.batch > rows_)
        return NNC_ERROR_BATCH;
    }
    call.signature = M::signature;
    call.workspace = workspace_.data();
    call.workspace_size = workspace_.size();
    call.state = state_.data();
    call.weights = weights_;
    call.weights_size = weights_size_;
    call.parallel = parallel_;
    return static_cast<nnc_status>(M::run(&call));
  }

  nnc_status prepare(const model_options &options) noexcept {
    for (std::size_t &elements : elements_)
      elements = unnamed;
    if (M::weights_size != 0 && !options.weights)
      return NNC_ERROR_WEIGHTS;
    set_weights(options.weights, options.weights_size);
    parallel_ = options.parallel;
    if (options.threads < 0 || (parallel_ && parallel_->threads < 1))
      return NNC_ERROR_PARALLEL;
    const nnc_status status = prepare_workspace(options);
    M::prepare();
    return status == NNC_OK ? prepare_state(options) : status;
  }

  nnc_status prepare_workspace(const model_options &options) noexcept {
    int threads = options.threads;
    if (parallel_ && parallel_->threads > threads)
      threads = parallel_->threads;
    const std::size_t size =
        threads != 0 ? M::workspace_for(threads) : M::workspace_size;
    if (!options.workspace)
      return workspace_.allocate(size, M::alignment) ? NNC_OK
                                                     : NNC_ERROR_MEMORY;
    if (options.workspace_size < size)
      return NNC_ERROR_WORKSPACE;
    workspace_.borrow(options.workspace, options.workspace_size);
    return aligned(workspace_);
  }

  nnc_status prepare_state(const model_options &options) noexcept {
    rows_ = M::batch != 0 ? M::batch : options.state_rows;
    if (rows_ < 1)
      return NNC_ERROR_BATCH;
    if constexpr (M::state_size != 0) {
      const auto most = std::numeric_limits<std::size_t>::max();
      if (static_cast<std::uint64_t>(rows_) > most / M::state_size)
        return NNC_ERROR_BATCH;
      const std::size_t size = static_cast<std::size_t>(rows_) * M::state_size;
      if (options.state) {
        if (options.state_size < size)
          return NNC_ERROR_SIZE;
        state_.borrow(options.state, size);
        return aligned(state_);
      }
      if (!state_.allocate(size, M::alignment))
        return NNC_ERROR_MEMORY;
      reset();
    }
    return NNC_OK;
  }

  static nnc_status aligned(const detail::memory &memory) noexcept {
    const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
    return address % M::alignment == 0 ? NNC_OK : NNC_ERROR_ALIGNMENT;
  }

  detail::memory workspace_;
  detail::memory state_;
  std::int64_t rows_ = 0;
  const void *weights_ = nullptr;
  std::size_t weights_size_ = 0;
  const nnc_parallel *parallel_ = nullptr;
  args named_{};
  std::size_t elements_[sizeof...(P)] = {};
};

} // namespace nnc

#endif // NNC_MODEL_HPP
