# Finds nanobind, with which the module of the Python package is built: UNSPIN_NANOBIND is its folder of CMake files, or empty
# where the module is not built.
#
# UNSPIN_PYTHON=AUTO builds it for the tests, with the Python of build/test-venv, which tools/dev/setup makes. A module with
# a sanitizer or with assertions would need a Python that is built alike, so that only release builds have it.
include_guard(GLOBAL)

set(UNSPIN_NANOBIND "")
if(UNSPIN_PYTHON STREQUAL AUTO)
  set(test_python ${PROJECT_SOURCE_DIR}/build/test-venv/bin/python)
  if(NOT UNSPIN_TESTS OR NOT CMAKE_BUILD_TYPE STREQUAL Release OR NOT EXISTS ${test_python})
    return()
  endif()
  if(NOT DEFINED Python_EXECUTABLE)
    set(Python_EXECUTABLE ${test_python} CACHE FILEPATH "The Python that the module of the Python package is for")
  endif()
elseif(NOT UNSPIN_PYTHON)
  return()
endif()

find_package(Python 3.11 COMPONENTS Interpreter)
execute_process(COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
  OUTPUT_STRIP_TRAILING_WHITESPACE OUTPUT_VARIABLE UNSPIN_NANOBIND ERROR_QUIET)
if(NOT UNSPIN_NANOBIND)
  set(advice "nanobind was not found: pip install nanobind, and -DPython_EXECUTABLE=THAT_PYTHON; tools/dev/setup does it")
  if(UNSPIN_PYTHON STREQUAL AUTO)
    message(STATUS "The Python package is not built: ${advice}.")
  else()
    message(FATAL_ERROR "${advice}, or configure with -DUNSPIN_PYTHON=OFF.")
  endif()
endif()
