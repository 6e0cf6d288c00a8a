# The Debian package: `cpack --config BUILD/CPackConfig.cmake` makes one .deb of
# whatever `cmake --install` installs, under /usr, with the shared libraries'
# packages as dependencies. tools/package builds it, and tries it in a new
# Debian. Included last, when every install rule is known.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nnc)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "nnc maintainers <maintainers@nnc.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
# With the Python package, which is no part of a plain installation.
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${CMAKE_BINARY_DIR};nnc;ALL;/;${CMAKE_BINARY_DIR};nnc;python;/")
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# A C compiler links models, ld.lld makes shared libraries of them, programs
# with the runtime's thread pool link pthreadpool, and Python calls with numpy.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
  "gcc | c-compiler, lld-${LLVM_VERSION_MAJOR}, libpthreadpool-dev"
  "python3-numpy")
list(JOIN CPACK_DEBIAN_PACKAGE_RECOMMENDS ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake, pkg-config")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"compiler of Keras models to native objects and C headers
Reads what Keras saves (.keras, .h5) or models written by hand, and makes of
each an object file and a C header, which a C or C++ program links. It needs
nothing else to run: no Python, no framework, no allocation.

Contains the compiler nnc, nnc-run to run and measure models, nn-opt and a
language server for the text form, the runtime library with its headers and
sources, and packages for CMake, pkg-config and Python.")

# What Debian wants of every package is added to what was installed.
string(TIMESTAMP NNC_PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(READ ${PROJECT_SOURCE_DIR}/LICENSE NNC_LICENSE_EXCEPTION)
string(REGEX REPLACE "^.*---- LLVM Exceptions[^\n]*\n+" "" NNC_LICENSE_EXCEPTION
  "${NNC_LICENSE_EXCEPTION}")
string(STRIP "${NNC_LICENSE_EXCEPTION}" NNC_LICENSE_EXCEPTION)
string(REPLACE "\n\n" "\n.\n" NNC_LICENSE_EXCEPTION "${NNC_LICENSE_EXCEPTION}")
string(REPLACE "\n" "\n " NNC_LICENSE_EXCEPTION " ${NNC_LICENSE_EXCEPTION}")
set(NNC_PACKAGE_DIR ${CMAKE_BINARY_DIR}/debian)
foreach(file changelog copyright nnc.lintian-overrides)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/debian/${file}.in
    ${NNC_PACKAGE_DIR}/${file} @ONLY)
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/debian/Complete.cmake.in
  ${NNC_PACKAGE_DIR}/Complete.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${NNC_PACKAGE_DIR}/Complete.cmake)
include(CPack)
