# Finds libarchive. With UNSPIN_PORTABLE its static library, for programs that run elsewhere (docs/packages.md): of it we use
# the readers of xz, lzma and bzip2 only. Debian's shared one brings libnettle, libacl and liblz4 along, and needs glibc 2.36.
include_guard(GLOBAL)

option(UNSPIN_PORTABLE "Build for machines with an older glibc: libarchive is linked statically" OFF)

if(NOT UNSPIN_PORTABLE)
  find_package(LibArchive REQUIRED)
  return()
endif()

find_path(LibArchive_INCLUDE_DIR archive.h REQUIRED)
find_package(BZip2 REQUIRED)
find_package(LibLZMA REQUIRED)
find_library(UNSPIN_STATIC_LIBARCHIVE NAMES libarchive.a REQUIRED)
add_library(LibArchive::LibArchive INTERFACE IMPORTED GLOBAL)
target_include_directories(LibArchive::LibArchive INTERFACE ${LibArchive_INCLUDE_DIR})
target_link_libraries(LibArchive::LibArchive INTERFACE ${UNSPIN_STATIC_LIBARCHIVE} BZip2::BZip2 LibLZMA::LibLZMA ZLIB::ZLIB)
