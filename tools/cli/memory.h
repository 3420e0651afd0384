// Where the small lists lie that articles are made of.
#pragma once

namespace unspin::cli {

// Lets memory be of large pages and stay the program's own, where its allocator can do that: a page that the system has
// to clear and to map takes as long as hundreds of allocations. To be called before much was allocated, and by what
// makes many small lists: large ones that grow and go would take a third more memory.
void PreferLargePages();

}  // namespace unspin::cli
