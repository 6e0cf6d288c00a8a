# Shared build settings: LLVM and MLIR, warnings, sanitizers, the precompiled
# header, and nnc_add_library(), which every stage uses.

get_filename_component(NNC_ROOT ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)

# Debian keeps LLVM 22 beside other versions; -DLLVM_DIR or -DMLIR_DIR names
# another place, which has both.
set(NNC_MLIR_HINTS /usr/lib/llvm-22/lib/cmake/mlir)
if(LLVM_DIR)
  list(PREPEND NNC_MLIR_HINTS ${LLVM_DIR}/../mlir)
endif()
find_package(MLIR 22.1 REQUIRED CONFIG HINTS ${NNC_MLIR_HINTS})
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
include(TableGen)
include(AddLLVM)
include(AddMLIR)

# Installed programs find LLVM and MLIR where the build did.
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)

# The warnings that every C and C++ target of nnc is clean under.
add_library(nnc_warnings INTERFACE)
target_compile_options(nnc_warnings INTERFACE -Wall -Wextra -Werror)
# Clang tells of what GCC 12's std::stable_sort calls and C++17 deprecates.
target_compile_options(nnc_warnings INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>)

if(NNC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # GCC takes the marks that LLVM's JSON sets for AddressSanitizer on memory
  # that is about to be written for reads of it.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(nnc_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

# Code that tells the fuzzer where an input led it. LLVM's libraries do not.
if(NNC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined
                      -fno-sanitize=function,vptr
                      -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# What every C++ part of the compiler is compiled with: MLIR's headers as
# system headers (they are not clean under our warnings), no exceptions.
# Debian's LLVM has RTTI on, so ours stays on too.
add_library(nnc_cxx INTERFACE)
target_link_libraries(nnc_cxx INTERFACE nnc_warnings)
target_compile_options(nnc_cxx INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
separate_arguments(NNC_LLVM_DEFINITIONS NATIVE_COMMAND "${LLVM_DEFINITIONS}")
target_compile_options(nnc_cxx INTERFACE ${NNC_LLVM_DEFINITIONS})
target_include_directories(nnc_cxx INTERFACE ${NNC_ROOT})
target_include_directories(nnc_cxx SYSTEM INTERFACE
  ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS} ${CMAKE_BINARY_DIR})

# One precompiled header, built once and reused by every library that asks.
if(NNC_PCH)
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/pch.cpp CONTENT "// carries the precompiled header\n")
  add_library(nnc_pch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
  # GCC has to name the header in its preprocessed output for ccache's sake.
  target_compile_options(nnc_cxx INTERFACE
    $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
  target_link_libraries(nnc_pch PRIVATE nnc_cxx)
  target_precompile_headers(nnc_pch PRIVATE
    <mlir/IR/Builders.h> <mlir/IR/BuiltinAttributes.h> <mlir/IR/BuiltinOps.h>
    <mlir/IR/BuiltinTypes.h> <mlir/IR/PatternMatch.h> <mlir/Pass/Pass.h>)
endif()

# nnc_add_library(NAME [PLAIN] SOURCES a.cpp … LINK libs… DEPENDS targets…)
# A static library of one folder. PLAIN: does not use MLIR's IR headers, so
# that the precompiled header would only cost time.
function(nnc_add_library name)
  cmake_parse_arguments(ARG "PLAIN" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC nnc_cxx ${ARG_LINK})
  if(NNC_PCH AND NOT ARG_PLAIN)
    target_precompile_headers(${name} REUSE_FROM nnc_pch)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# nnc_add_tool(NAME SOURCES a.cpp … LINK libs…): a program in build/bin.
function(nnc_add_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE nnc_cxx ${ARG_LINK})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# nnc_tablegen(TARGET file.td -gen-x [options…] out.inc [-gen-y … out2.inc …])
# Runs mlir-tblgen once per output; the outputs land beside the sources' mirror
# in the build tree and are included root-relative.
function(nnc_tablegen target td)
  set(LLVM_TARGET_DEFINITIONS ${td})
  set(flags)
  foreach(arg ${ARGN})
    if(NOT arg MATCHES "[.]inc$")
      list(APPEND flags ${arg})
      continue()
    endif()
    mlir_tablegen(${arg} ${flags}
      EXTRA_INCLUDES ${NNC_ROOT} ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
    set(flags)
  endforeach()
  add_public_tablegen_target(${target})
endfunction()
