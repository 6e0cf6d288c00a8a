# Defines nnc::runtime: the library of this package where it is for the
# project's target, else one built from the package's sources with the project's
# own compiler, and then without pthreadpool (nnc_pool_create returns NULL).
# NNC_RUNTIME_DIR is the folder of the sources; where an installed library is
# stands in a folder beside this file, named after the library's target. Does
# nothing if there is an nnc::runtime.
if(TARGET nnc::runtime)
  return()
endif()

nnc_target_triple(_nnc_triple)
nnc_triple_key(_nnc_key "${_nnc_triple}")
set(_nnc_targets "${CMAKE_CURRENT_LIST_DIR}/${_nnc_key}/nncTargets.cmake")
set(_nnc_why)
if(EXISTS "${_nnc_targets}")
  # Whether the library uses pthreadpool, and then needs it here.
  include("${CMAKE_CURRENT_LIST_DIR}/${_nnc_key}/nncPool.cmake")
  if(NNC_RUNTIME_HAS_POOL)
    include("${CMAKE_CURRENT_LIST_DIR}/nncPthreadpool.cmake")
    if(NOT TARGET nnc::pthreadpool)
      set(_nnc_why ": pthreadpool is not found")
    endif()
  endif()
  if(NOT _nnc_why)
    include("${_nnc_targets}")
  endif()
endif()

if(NOT TARGET nnc::runtime)
  if(NOT nnc_FIND_QUIETLY)
    message(STATUS "nnc: the runtime for ${_nnc_triple} is built from source, "
      "without a thread pool${_nnc_why}")
  endif()
  get_property(_nnc_languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT "C" IN_LIST _nnc_languages)
    enable_language(C)
  endif()
  file(GLOB _nnc_sources "${NNC_RUNTIME_DIR}/src/*.c")
  add_library(nnc_runtime STATIC EXCLUDE_FROM_ALL ${_nnc_sources})
  add_library(nnc::runtime ALIAS nnc_runtime)
  set_target_properties(nnc_runtime PROPERTIES
    C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF
    POSITION_INDEPENDENT_CODE ON)
  target_include_directories(nnc_runtime SYSTEM PUBLIC
    "${NNC_RUNTIME_DIR}/include")
endif()
