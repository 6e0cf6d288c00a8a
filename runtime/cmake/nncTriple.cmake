# nnc_target_triple(<variable>): what the project's compiler makes code for, as
# nnc's --target takes it. From CMAKE_<LANG>_COMPILER_TARGET (toolchain files of
# clang set it), else `-dumpmachine`, else the system's name and processor; the
# cache variable NNC_TRIPLE comes before all of them. Asked once a language, so
# that every model of a project gets the same answer.
set(NNC_TRIPLE "" CACHE STRING
  "Target triple of nnc's models; empty: that of the project's compiler")
mark_as_advanced(NNC_TRIPLE)

# The project's language that tells: C, else C++; empty if it has neither.
function(_nnc_language result)
  set(language)
  get_property(enabled GLOBAL PROPERTY ENABLED_LANGUAGES)
  foreach(candidate CXX C)
    if(candidate IN_LIST enabled)
      set(language ${candidate})
    endif()
  endforeach()
  set(${result} "${language}" PARENT_SCOPE)
endfunction()

# The system's name and processor as a triple, for compilers that do not tell.
function(_nnc_system_triple result)
  string(TOLOWER "${CMAKE_SYSTEM_PROCESSOR}" arch)
  if(arch MATCHES "^(amd64|x64)$")
    set(arch x86_64)
  elseif(arch STREQUAL "arm64")
    set(arch aarch64)
  elseif(arch STREQUAL "")
    set(arch unknown)
  endif()
  set(system unknown)
  if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    set(system linux-gnu)
    if(arch MATCHES "^arm")
      set(system linux-gnueabihf)
    endif()
  elseif(CMAKE_SYSTEM_NAME STREQUAL "Windows")
    set(system pc-windows-msvc)
    if(MINGW)
      set(system pc-windows-gnu)
    endif()
  elseif(CMAKE_SYSTEM_NAME STREQUAL "Darwin")
    set(system apple-macos)
  elseif(CMAKE_SYSTEM_NAME STREQUAL "Generic")
    set(system none-elf)
  elseif(CMAKE_SYSTEM_NAME)
    string(TOLOWER "unknown-${CMAKE_SYSTEM_NAME}" system)
  endif()
  set(${result} "${arch}-${system}" PARENT_SCOPE)
endfunction()

# `-dumpmachine` of a GCC for 32-bit ARM names no version of the architecture,
# and that of a GCC with -m32 not what it makes: the compiler's macros do.
function(_nnc_refine_triple result language)
  set(triple "${${result}}")
  if(triple MATCHES "^x86_64-" AND CMAKE_${language}_SIZEOF_DATA_PTR EQUAL 4
     AND NOT triple MATCHES "x32$")
    string(REGEX REPLACE "^x86_64" "i686" triple "${triple}")
  elseif(triple MATCHES "^arm-")
    set(type c)
    if(language STREQUAL "CXX")
      set(type c++)
    endif()
    separate_arguments(flags UNIX_COMMAND "${CMAKE_${language}_FLAGS}")
    execute_process(
      COMMAND ${CMAKE_${language}_COMPILER} ${flags} -x ${type} -dM -E -
      INPUT_FILE /dev/null OUTPUT_VARIABLE macros ERROR_QUIET)
    if(macros MATCHES "#define __ARM_ARCH ([0-9]+)")
      set(version ${CMAKE_MATCH_1})
      if(macros MATCHES "#define __ARM_ARCH_PROFILE ('M'|77)")
        string(APPEND version m)
      endif()
      string(REGEX REPLACE "^arm-" "armv${version}-" triple "${triple}")
    endif()
  endif()
  set(${result} "${triple}" PARENT_SCOPE)
endfunction()

function(nnc_target_triple result)
  if(NNC_TRIPLE)
    set(${result} "${NNC_TRIPLE}" PARENT_SCOPE)
    return()
  endif()
  _nnc_language(language)
  get_property(triple GLOBAL PROPERTY _NNC_TRIPLE_OF_${language})
  if(NOT triple AND language)
    set(triple "${CMAKE_${language}_COMPILER_TARGET}")
    if(NOT triple AND NOT MSVC)
      execute_process(
        COMMAND ${CMAKE_${language}_COMPILER} ${CMAKE_${language}_COMPILER_ARG1}
                -dumpmachine
        OUTPUT_VARIABLE triple OUTPUT_STRIP_TRAILING_WHITESPACE
        RESULT_VARIABLE status ERROR_QUIET)
      if(NOT status EQUAL 0 OR NOT triple MATCHES "^[A-Za-z0-9_.]+(-[^- \n]+)+$")
        set(triple)
      else()
        _nnc_refine_triple(triple ${language})
      endif()
    endif()
  endif()
  if(NOT triple)
    _nnc_system_triple(triple)
  endif()
  set_property(GLOBAL PROPERTY _NNC_TRIPLE_OF_${language} "${triple}")
  set(${result} "${triple}" PARENT_SCOPE)
endfunction()

# nnc_triple_key(<variable> <triple>): without the vendor, so that what GCC and
# clang call the same machine has one name: x86_64-linux-gnu.
function(nnc_triple_key result triple)
  string(REGEX REPLACE "^([^-]+)-[^-]+-([^-]+-[^-]+)$" "\\1-\\2" key "${triple}")
  string(REGEX REPLACE "^([^-]+)-(pc|unknown)-" "\\1-" key "${key}")
  set(${result} "${key}" PARENT_SCOPE)
endfunction()
