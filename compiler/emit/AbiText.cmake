# Makes the block that every generated header carries, the text of nnc/abi.h
# from nnc-abi-begin to nnc-abi-end, into a C++ string literal that
# HeaderEmitter.cpp includes. A change of abi.h configures anew.
set(abi_file ${CMAKE_SOURCE_DIR}/runtime/include/nnc/abi.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${abi_file})
file(READ ${abi_file} abi_text)
string(FIND "${abi_text}" "/* nnc-abi-begin */" abi_begin)
string(FIND "${abi_text}" "/* nnc-abi-end */" abi_end)
if(abi_begin EQUAL -1 OR abi_end LESS abi_begin)
  message(FATAL_ERROR "${abi_file} has lost its nnc-abi-begin or nnc-abi-end")
endif()
string(LENGTH "/* nnc-abi-end */" abi_marker)
math(EXPR abi_length "${abi_end} + ${abi_marker} - ${abi_begin}")
string(SUBSTRING "${abi_text}" ${abi_begin} ${abi_length} abi_text)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/compiler/emit/AbiText.inc
  CONTENT "R\"abi(@abi_text@)abi\"\n" @ONLY)
