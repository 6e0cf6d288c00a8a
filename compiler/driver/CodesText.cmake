# Makes codes.md, what `nnc --explain` knows, into C++ string literals that
# Explain.cpp includes: one a section, for compilers need not take longer ones.
# A change of codes.md configures anew.
set(codes_file ${CMAKE_CURRENT_SOURCE_DIR}/codes.md)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${codes_file})
file(READ ${codes_file} codes_text)
string(REPLACE "\n## " "\n)codes\"\nR\"codes(## " codes_text "${codes_text}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/compiler/driver/CodesText.inc
  CONTENT "R\"codes(@codes_text@)codes\"\n" @ONLY)
