# With UNSPIN_PCH the standard headers and Abseil's are parsed once for all files, which nearly halves the time of a first build.
# It is off by default: a compiler cache cannot serve such a build, and a missing #include would not be noticed.
include_guard(GLOBAL)

if(UNSPIN_PCH)
  set(headers <algorithm> <array> <charconv> <cmath> <cstdint> <functional> <map> <memory> <optional> <string> <string_view>
              <utility> <vector> <absl/container/flat_hash_map.h> <absl/container/flat_hash_set.h> <absl/status/statusor.h>
              <absl/strings/str_cat.h> <absl/strings/str_split.h>)
  foreach(target unspin_core unspin_render unspin_cli)
    set(more)
    if(target STREQUAL unspin_cli)
      set(more <CLI/CLI.hpp>)
    endif()
    target_precompile_headers(${target} PRIVATE ${headers} ${more})
  endforeach()
endif()
