// The memory allocator that the running program uses.
#pragma once

#include <string>

namespace unspin::cli {

// "mimalloc 2.0.9", or "C library". Asks mimalloc whether memory from malloc is its own, so that a program that is
// linked to it but does not use it says so.
std::string AllocatorName();

}  // namespace unspin::cli
