# Makes what all models' ES modules have in common, runtime/web/model.mjs and
# its types after the lines that mark the beginning, into C++ string literals
# that ModuleEmitter.cpp includes. A change of the files configures anew.
function(nnc_web_text file mark output)
  set(path ${CMAKE_SOURCE_DIR}/runtime/web/${file})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  string(FIND "${text}" "// ${mark}\n" begin)
  if(begin EQUAL -1)
    message(FATAL_ERROR "${path} has lost its ${mark}")
  endif()
  string(LENGTH "// ${mark}\n" length)
  math(EXPR begin "${begin} + ${length}")
  string(SUBSTRING "${text}" ${begin} -1 text)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/compiler/emit/${output}
    CONTENT "R\"web(@text@)web\"\n" @ONLY)
endfunction()
nnc_web_text(model.mjs nnc-module-begin ModuleText.inc)
nnc_web_text(model.d.mts nnc-types-begin TypesText.inc)
