//===- ort.cpp - times an ONNX model in ONNX Runtime ----------------------===//
//
//   ort --lib libonnxruntime.so.1 --model model.onnx [options of bench.h]
//
// The library is opened when the program runs, and no header of it is needed:
// its C interface is a table of functions that only ever grows, so the few that
// are used here are named by their place in it. Optimization is "all", threads
// spin as they do by default, outputs are allocated by the first call and
// reused. A stream's state is an input NAME_in and an output NAME_out.
//
//===----------------------------------------------------------------------===//

#include "bench.h"

#include <dlfcn.h>

namespace {

using Handle = void *; // any of the library's own objects

enum Slot {
  GetErrorMessage = 2,
  CreateEnv = 3,
  CreateSession = 7,
  Run = 9,
  CreateSessionOptions = 10,
  SetSessionGraphOptimizationLevel = 23,
  SetIntraOpNumThreads = 24,
  SetInterOpNumThreads = 25,
  SessionGetInputCount = 30,
  SessionGetOutputCount = 31,
  SessionGetInputTypeInfo = 33,
  SessionGetInputName = 36,
  SessionGetOutputName = 37,
  CreateTensorWithDataAsOrtValue = 49,
  GetTensorMutableData = 51,
  CastTypeInfoToTensorInfo = 55,
  GetDimensionsCount = 61,
  GetDimensions = 62,
  GetTensorShapeElementCount = 64,
  GetTensorTypeAndShape = 65,
  CreateCpuMemoryInfo = 69,
  GetAllocatorWithDefaultOptions = 78,
};

/// The table, and the only way to call through it.
struct Api {
  void *const *table = nullptr;

  template <typename... Args> void operator()(Slot slot, Args... args) const {
    using Function = Handle (*)(Args...);
    if (Handle status = reinterpret_cast<Function>(table[slot])(args...)) {
      using Message = const char *(*)(Handle);
      bench::fail(reinterpret_cast<Message>(table[GetErrorMessage])(status));
    }
  }
};

Api openLibrary(const std::string &path) {
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    bench::fail(dlerror());
  struct Base {
    void *const *(*getApi)(std::uint32_t version);
  };
  using GetBase = const Base *(*)();
  auto getBase = reinterpret_cast<GetBase>(dlsym(library, "OrtGetApiBase"));
  if (!getBase)
    bench::fail(path + " is not ONNX Runtime");
  return {getBase()->getApi(16)};
}

/// One loaded model with its inputs and outputs.
struct Session {
  Api api;
  Handle session = nullptr;
  std::vector<const char *> inputNames, outputNames;
  std::vector<Handle> inputs, outputs;
  std::vector<bench::Buffer> buffers; // of the inputs

  Session(Api api, const bench::Options &options) : api(api) {
    Handle environment, settings;
    api(CreateEnv, 3, "bench", &environment);
    api(CreateSessionOptions, &settings);
    api(SetIntraOpNumThreads, settings, options.threads());
    api(SetInterOpNumThreads, settings, 1);
    api(SetSessionGraphOptimizationLevel, settings, 99);
    std::string model = options.text("--model");
    api(CreateSession, environment, model.c_str(), settings, &session);
    findTensors();
  }

  void findTensors() {
    Handle allocator;
    std::size_t inputCount, outputCount;
    api(GetAllocatorWithDefaultOptions, &allocator);
    api(SessionGetInputCount, session, &inputCount);
    api(SessionGetOutputCount, session, &outputCount);
    inputNames.resize(inputCount);
    outputNames.resize(outputCount);
    outputs.resize(outputCount, nullptr);
    for (std::size_t i = 0; i != inputCount; ++i) {
      api(SessionGetInputName, session, i, allocator, &inputNames[i]);
      addInput(i);
    }
    for (std::size_t i = 0; i != outputCount; ++i)
      api(SessionGetOutputName, session, i, allocator, &outputNames[i]);
  }

  void addInput(std::size_t index) {
    Handle type, tensor, memory;
    std::size_t rank;
    api(SessionGetInputTypeInfo, session, index, &type);
    api(CastTypeInfoToTensorInfo, type, &tensor);
    api(GetDimensionsCount, tensor, &rank);
    std::vector<std::int64_t> shape(rank);
    api(GetDimensions, tensor, shape.data(), rank);
    std::size_t size = 1;
    for (std::int64_t extent : shape)
      size *= static_cast<std::size_t>(extent);
    buffers.emplace_back(size);
    api(CreateCpuMemoryInfo, 1, 0, &memory);
    inputs.push_back(nullptr);
    void *data = buffers.back().data();
    const std::int64_t *extents = shape.data();
    api(CreateTensorWithDataAsOrtValue, memory, data, size * sizeof(float),
        extents, rank, /*float*/ 1, &inputs.back());
  }

  void run() {
    const Handle *given = inputs.data();
    const char *const *from = inputNames.data(), *const *to =
                                                     outputNames.data();
    api(Run, session, static_cast<const void *>(nullptr), from, given,
        inputs.size(), to, outputs.size(), outputs.data());
  }

  bench::Buffer output(std::size_t index) {
    Handle shape;
    std::size_t size;
    float *data;
    api(GetTensorTypeAndShape, outputs[index], &shape);
    api(GetTensorShapeElementCount, shape, &size);
    api(GetTensorMutableData, outputs[index], &data);
    bench::Buffer values(size);
    std::copy_n(data, size, values.data());
    return values;
  }

  /// Copies every output NAME_out to the input NAME_in.
  void handStateOn() {
    for (std::size_t to = 0; to != inputNames.size(); ++to)
      for (std::size_t from = 0; from != outputNames.size(); ++from) {
        std::string name = outputNames[from];
        if (name.size() < 4 ||
            name.substr(0, name.size() - 3) + "in" != inputNames[to])
          continue;
        bench::Buffer state = output(from);
        std::copy_n(state.data(), state.size(), buffers[to].data());
      }
  }
};

} // namespace

int main(int argc, char **argv) {
  bench::Options options{argc, argv};
  double start = bench::seconds();
  Session session(openLibrary(options.text("--lib")), options);
  bench::Buffer input = bench::readFloats(options.text("--input"));
  if (input.size() != session.buffers[0].size())
    bench::fail("the input's size is not the model's");
  std::copy_n(input.data(), input.size(), session.buffers[0].data());
  bench::run(
      options, start, [&] { session.run(); }, [&] { session.handStateOn(); },
      [&] { return session.output(0); });
}
