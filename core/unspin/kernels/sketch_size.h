// The size of a sketch, known to the type in sketch/ and to the kernels that fill and compare sketches.
#pragma once

#include <cstddef>
#include <cstdint>

namespace unspin {

inline constexpr size_t kSketchSize = 128;                // components, of 32 bits
inline constexpr uint32_t kEmptyComponent = 0xffffffffu;  // of the sketch of an empty set, and of no other

}  // namespace unspin
