# Finds Arrow's Parquet library, with which the module unspin_parquet is built, and defines the target unspin_arrow for it.
#
# First a package that CMake knows (vcpkg, conda, Fedora), then the libraries inside a wheel of pyarrow: its Python packages
# hold the headers as well, and Debian has no package of Arrow. UNSPIN_PARQUET_FOUND says whether there is one that works.
include_guard(GLOBAL)

set(UNSPIN_PARQUET AUTO CACHE STRING "Read Parquet files: AUTO if Arrow is found, ON: it must be, OFF")
set_property(CACHE UNSPIN_PARQUET PROPERTY STRINGS AUTO ON OFF)
set(UNSPIN_ARROW_PYTHON "" CACHE FILEPATH "A Python that has pyarrow; empty: that of build/test-venv, or python3")

set(UNSPIN_PARQUET_FOUND OFF)
if(UNSPIN_PARQUET STREQUAL AUTO AND CMAKE_CXX_FLAGS MATCHES "-fsanitize=[a-z,-]*thread")
  return()  # Arrow is built without instrumentation, and the thread sanitizer would report its locks
endif()
if(NOT UNSPIN_PARQUET)
  return()
endif()

# The folder of the package pyarrow, without importing it.
function(find_pyarrow result)
  set(pythons ${PROJECT_SOURCE_DIR}/build/test-venv/bin/python python3)
  if(UNSPIN_ARROW_PYTHON)
    set(pythons ${UNSPIN_ARROW_PYTHON})
  endif()
  foreach(python IN LISTS pythons)
    execute_process(
      COMMAND ${python} -c "import importlib.util as u; print(u.find_spec('pyarrow').submodule_search_locations[0], end='')"
      OUTPUT_VARIABLE folder RESULT_VARIABLE status ERROR_QUIET)
    if(status EQUAL 0)
      set(${result} ${folder} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

add_library(unspin_arrow INTERFACE)
find_package(Parquet CONFIG QUIET)
foreach(target IN ITEMS Parquet::parquet_shared Parquet::parquet_static)
  if(TARGET ${target} AND NOT unspin_arrow_source)
    target_link_libraries(unspin_arrow INTERFACE ${target})
    set(unspin_arrow_source "Arrow ${Parquet_VERSION}")
  endif()
endforeach()
if(NOT unspin_arrow_source)
  find_pyarrow(folder)
  # The wheel has the libraries under their numbered names only.
  file(GLOB libraries ${folder}/libparquet.so.* ${folder}/libarrow.so.*)
  if(folder AND libraries AND EXISTS ${folder}/include/parquet/api/reader.h)
    target_include_directories(unspin_arrow SYSTEM INTERFACE ${folder}/include)
    target_link_libraries(unspin_arrow INTERFACE ${libraries})
    set(unspin_arrow_folder ${folder})
    set(unspin_arrow_source "pyarrow in ${folder}")
  endif()
endif()

# Whether this compiler can use it: a wheel is built with another one.
if(unspin_arrow_source AND NOT unspin_arrow_source STREQUAL UNSPIN_ARROW_TRIED)
  file(WRITE ${CMAKE_BINARY_DIR}/arrow/try.cc "#include <parquet/api/reader.h>\n#include <stdexcept>\n
    int main(int, char** argv) { return parquet::ParquetFileReader::OpenFile(argv[0])->metadata()->num_row_groups(); }\n")
  get_target_property(libraries unspin_arrow INTERFACE_LINK_LIBRARIES)
  get_target_property(folders unspin_arrow INTERFACE_INCLUDE_DIRECTORIES)
  if(NOT folders)
    set(folders "")
  endif()
  unset(UNSPIN_ARROW_WORKS CACHE)
  try_compile(UNSPIN_ARROW_WORKS ${CMAKE_BINARY_DIR}/arrow ${CMAKE_BINARY_DIR}/arrow/try.cc
    CMAKE_FLAGS "-DINCLUDE_DIRECTORIES=${folders}" LINK_LIBRARIES ${libraries} CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON
    OUTPUT_VARIABLE UNSPIN_ARROW_OUTPUT)
  set(UNSPIN_ARROW_TRIED "${unspin_arrow_source}" CACHE INTERNAL "what UNSPIN_ARROW_WORKS is about")
  file(WRITE ${CMAKE_BINARY_DIR}/arrow/try.log "${UNSPIN_ARROW_OUTPUT}")
endif()

if(unspin_arrow_source AND UNSPIN_ARROW_WORKS)
  set(UNSPIN_PARQUET_FOUND ON)
  message(STATUS "Parquet files are read, with ${unspin_arrow_source}")
else()
  if(unspin_arrow_source)
    set(why "${unspin_arrow_source} was found, but this compiler cannot use it (${CMAKE_BINARY_DIR}/arrow/try.log)")
  else()
    set(why "Arrow was not found")
  endif()
  set(advice "${why}. Install it (tools/dev/setup does; or pip install pyarrow, and -DUNSPIN_ARROW_PYTHON=THAT_PYTHON; or the \
vcpkg port arrow with the feature parquet)")
  if(UNSPIN_PARQUET STREQUAL AUTO)
    message(STATUS "Parquet files are not read: ${advice}.")
  else()
    message(FATAL_ERROR "${advice}, or configure with -DUNSPIN_PARQUET=OFF.")
  endif()
endif()
