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
// How many samples a call holds follows from the sizes; of a stream, how many
// steps: it has the rows that `create` was told, by default one. Only `create`
// allocates, nothing throws; works with -fno-exceptions and -fno-rtti. One
// model object serves one call at a time; make one per thread (the weights are
// shared, an object costs its workspace and state).
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
  /// A weights file in memory, of a model compiled with --weights-out.
  const void *weights = nullptr;
  std::size_t weights_size = 0;
  /// Memory to use instead of allocating it, aligned to M::alignment. The
  /// state is taken as it is, `reset` clears it.
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
  /// A model that cannot run yet: every call returns NNC_ERROR_NULL.
  model() noexcept = default;
  model(model &&) noexcept = default;
  model &operator=(model &&) noexcept = default;

  /// Allocates what the options do not bring, and resets the state that it
  /// allocated. On an error `ec` is set and the model cannot run.
  static model create(std::error_code &ec,
                      const model_options &options = {}) noexcept {
    model result;
    const nnc_status status = result.prepare(options);
    ec = status;
    if (status != NNC_OK)
      result = model();
    return result;
  }

  /// Runs the samples, or of a stream the steps, that the spans hold: inputs,
  /// then outputs, in the model's order. Sizes that do not fit together are
  /// NNC_ERROR_SIZE.
  std::error_code run(span<std::remove_pointer_t<P>>... buffers) noexcept {
    const std::size_t elements[] = {buffers.size()...};
    typename M::args args{};
    if (!workspace_.data())
      return NNC_ERROR_NULL;
    if constexpr (M::stream) {
      args.batch = rows_;
      if (!detail::steps_of<M>(elements, rows_, args.steps))
        return NNC_ERROR_SIZE;
    } else if (!detail::batch_of<M>(elements, args.batch)) {
      return NNC_ERROR_SIZE;
    }
    if constexpr (M::state_size != 0) {
      if (args.batch > rows_)
        return NNC_ERROR_BATCH;
    }
    args.signature = M::signature;
    args.workspace = workspace_.data();
    args.workspace_size = workspace_.size();
    args.state = state_.data();
    args.weights = weights_;
    args.weights_size = weights_size_;
    args.parallel = parallel_;
    M::bind(args, buffers.data()...);
    return static_cast<nnc_status>(M::run(&args));
  }

  /// Starts a stateful model's sequences anew; nothing for other models.
  void reset() noexcept {
    if constexpr (M::state_size != 0) {
      if (state_.data())
        M::reset(state_.data(), rows_);
    }
  }

  /// Other weights from the next call on, of a model with weights apart.
  void set_weights(const void *weights, std::size_t size) noexcept {
    weights_ = weights;
    weights_size_ = size;
  }

  /// The state's bytes: copy them to save, restore or fork a stream.
  span<unsigned char> state() noexcept {
    return {static_cast<unsigned char *>(state_.data()), state_.size()};
  }

private:
  nnc_status prepare(const model_options &options) noexcept {
    if (M::weights_size != 0 && !options.weights)
      return NNC_ERROR_WEIGHTS;
    set_weights(options.weights, options.weights_size);
    parallel_ = options.parallel;
    if (parallel_ && parallel_->threads < 1)
      return NNC_ERROR_PARALLEL;
    const nnc_status status = prepare_workspace(options);
    M::prepare();
    return status == NNC_OK ? prepare_state(options) : status;
  }

  nnc_status prepare_workspace(const model_options &options) noexcept {
    const std::size_t size =
        parallel_ ? M::workspace_for(parallel_->threads) : M::workspace_size;
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
};

} // namespace nnc

#endif // NNC_MODEL_HPP
