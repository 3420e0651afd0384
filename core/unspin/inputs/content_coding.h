// What a server compressed for transport → the bytes before: gzip, deflate, Brotli and Zstandard in memory, bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

enum class ContentCoding : uint8_t { kGzip, kDeflate, kBrotli, kZstandard };

// The coding of this name in an HTTP header, in lower case: "br"; nothing for others, "identity" among them.
std::optional<ContentCoding> ContentCodingNamed(std::string_view name);

// The coding that the first bytes prove. Deflate and Brotli have no such bytes.
std::optional<ContentCoding> ContentCodingOf(std::string_view bytes);

struct UnpackedContent {
  enum class End : uint8_t {
    kWhole,
    kCutOff,    // the coded bytes end too early
    kDamaged,   // or are of another coding
    kTooLarge,  // there would be more than the bytes allowed
  };
  std::string bytes;  // up to the end
  End end = End::kWhole;
};

// Bytes behind the coded ones are passed over. Deflate may have zlib's header or none, as servers send both.
UnpackedContent UnpackContent(ContentCoding coding, std::string_view coded, size_t max_bytes);

}  // namespace unspin
