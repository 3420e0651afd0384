# Finds every library that the project uses, once. Debian names some of them differently from vcpkg.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(ZLIB REQUIRED)
include(LibArchive)
find_package(LibXml2 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(simdjson CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(HIGHWAY REQUIRED IMPORTED_TARGET libhwy)
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
if(UNSPIN_TESTS OR UNSPIN_BENCH)
  find_package(nlohmann_json CONFIG REQUIRED)  # reads what the program wrote
  find_package(Eigen3 CONFIG REQUIRED)         # fits models
endif()

# Reports are made of many small lists, so the allocator shows in the speed of the program (docs/decisions/0027-allocator.md).
# The library is not linked to it: its users keep their own.
if(UNSPIN_MIMALLOC)
  if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    message(FATAL_ERROR "Sanitizers bring their own allocator: configure with -DUNSPIN_MIMALLOC=OFF, as the presets do.")
  endif()
  find_package(mimalloc QUIET)
  foreach(target IN ITEMS mimalloc mimalloc-static)
    if(TARGET ${target} AND NOT UNSPIN_MIMALLOC_TARGET)
      set(UNSPIN_MIMALLOC_TARGET ${target})
    endif()
  endforeach()
  if(NOT UNSPIN_MIMALLOC_TARGET)
    message(FATAL_ERROR
      "mimalloc was not found. Install it (Debian, Ubuntu: apt-get install libmimalloc-dev; elsewhere the vcpkg port mimalloc), "
      "or configure with -DUNSPIN_MIMALLOC=OFF: the program then uses the allocator of the C library, and `audit` and `align` "
      "take a twentieth longer.")
  endif()
endif()
