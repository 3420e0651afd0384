# Uses ccache if it is installed. A launcher given on the command line or in the environment takes precedence.
include_guard(GLOBAL)

find_program(UNSPIN_CCACHE ccache DOC "Compiler cache; without it every build compiles everything")
mark_as_advanced(UNSPIN_CCACHE)
if(UNSPIN_CCACHE AND NOT UNSPIN_PCH)
  foreach(language IN ITEMS C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER ${UNSPIN_CCACHE})
    endif()
  endforeach()
endif()
