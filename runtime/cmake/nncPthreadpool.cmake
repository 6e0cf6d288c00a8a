# Finds pthreadpool and defines nnc::pthreadpool, for the runtime's build and
# for the programs that link the runtime. Defines nothing if there is none.
if(NOT TARGET nnc::pthreadpool)
  find_path(NNC_PTHREADPOOL_INCLUDE pthreadpool.h)
  find_library(NNC_PTHREADPOOL_LIBRARY pthreadpool)
  mark_as_advanced(NNC_PTHREADPOOL_INCLUDE NNC_PTHREADPOOL_LIBRARY)
  if(NNC_PTHREADPOOL_INCLUDE AND NNC_PTHREADPOOL_LIBRARY)
    find_package(Threads REQUIRED)
    add_library(nnc::pthreadpool UNKNOWN IMPORTED GLOBAL)
    set_target_properties(nnc::pthreadpool PROPERTIES
      IMPORTED_LOCATION ${NNC_PTHREADPOOL_LIBRARY}
      INTERFACE_INCLUDE_DIRECTORIES ${NNC_PTHREADPOOL_INCLUDE}
      INTERFACE_LINK_LIBRARIES Threads::Threads)
  endif()
endif()
