# nnc_add_model(<name> <file>
#   [WEIGHTS file]    values of the weights (--weights)
#   [NAME symbol]     prefix of the C symbols (--name)
#   [BATCH n]         compile for exactly n samples a call (--batch)
#   [SHAPE spec…]     fix open dimensions (--shape)
#   [TRIPLE triple]   compile for another target than the project's (--target)
#   [MCPU cpu]        compile for this CPU (--mcpu)
#   [OPTIONS option…] anything else for nnc's command line)
#
# Compiles a model with nnc and defines the static library <name>:
#
#   nnc_add_model(mnist mnist.mlir WEIGHTS mnist.safetensors)
#   target_link_libraries(app PRIVATE mnist)     # app.c: #include "mnist.h"
#
# Linking it gives the include directory of <name>.h and of nnc's own headers.
# The model is for the machine that the project's compiler makes code for, which
# a toolchain file may have chosen; see nncTriple.cmake.
# The model is compiled again when it, its weights, a file that it names, or
# nnc changes. Uses the target `nnc` if there is one (nnc's own build), else
# the program in NNC_EXECUTABLE.

# The keys that take one value.
set(_NNC_MODEL_OPTIONS WEIGHTS NAME BATCH TRIPLE MCPU)

# The lookup of nnc: `command` to run and `dependency` to rebuild on.
function(_nnc_find_compiler command dependency)
  if(TARGET nnc)
    set(${command} "$<TARGET_FILE:nnc>" PARENT_SCOPE)
    set(${dependency} nnc PARENT_SCOPE)
  elseif(NNC_EXECUTABLE)
    set(${command} "${NNC_EXECUTABLE}" PARENT_SCOPE)
    set(${dependency} "${NNC_EXECUTABLE}" PARENT_SCOPE)
  else()
    message(FATAL_ERROR
      "nnc_add_model: the nnc compiler is not found; set NNC_EXECUTABLE")
  endif()
endfunction()

function(nnc_add_model name file)
  cmake_parse_arguments(ARG "" "${_NNC_MODEL_OPTIONS}" "SHAPE;OPTIONS" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
      "nnc_add_model(${name}): unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  _nnc_find_compiler(nnc compiler)

  cmake_path(ABSOLUTE_PATH file NORMALIZE)
  set(inputs ${file})
  set(options)
  if(ARG_WEIGHTS)
    cmake_path(ABSOLUTE_PATH ARG_WEIGHTS NORMALIZE)
    list(APPEND inputs ${ARG_WEIGHTS})
    list(APPEND options --weights ${ARG_WEIGHTS})
  endif()
  if(NOT ARG_TRIPLE)
    nnc_target_triple(ARG_TRIPLE)
  endif()
  foreach(pair NAME=name BATCH=batch TRIPLE=target MCPU=mcpu)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 key)
    list(GET pair 1 option)
    if(DEFINED ARG_${key})
      list(APPEND options --${option} ${ARG_${key}})
    endif()
  endforeach()
  foreach(shape IN LISTS ARG_SHAPE)
    list(APPEND options --shape ${shape})
  endforeach()

  set(dir ${CMAKE_CURRENT_BINARY_DIR}/nnc-models/${name})
  file(MAKE_DIRECTORY ${dir})
  add_custom_command(
    OUTPUT ${dir}/${name}.o ${dir}/${name}.h
    COMMAND ${nnc} ${file} -o ${dir}/${name}.o --header ${dir}/${name}.h
      --depfile ${dir}/${name}.d ${options} ${ARG_OPTIONS}
    DEPENDS ${compiler} ${inputs}
    DEPFILE ${dir}/${name}.d
    COMMENT "Compiling model ${name}"
    VERBATIM)

  add_library(${name} STATIC ${dir}/${name}.o ${dir}/${name}.h)
  set_source_files_properties(${dir}/${name}.o PROPERTIES
    EXTERNAL_OBJECT ON GENERATED ON)
  # A library of nothing but an object has no language; any enabled one will do.
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  set(language CXX)
  if(C IN_LIST languages)
    set(language C)
  endif()
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE ${language})
  target_include_directories(${name} SYSTEM PUBLIC ${dir}
    $<TARGET_PROPERTY:nnc::runtime,INTERFACE_INCLUDE_DIRECTORIES>)
endfunction()
