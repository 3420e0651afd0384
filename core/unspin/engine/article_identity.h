// What an archive must know of an article to tell whether it is new, without reading its text.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace unspin {

// A hash of 128 bits: in any archive that fits on disks, two ids hash alike with negligible probability.
struct IdHash {
  uint64_t high = 0, low = 0;
  friend auto operator<=>(const IdHash&, const IdHash&) = default;
  template <typename State>
  friend State AbslHashValue(State state, const IdHash& id) {
    return State::combine(std::move(state), id.high, id.low);
  }
};
IdHash HashId(std::string_view id);

struct ArticleIdentity {
  // A row of the section "identities": id (high, low) · text (high, low) · version · article · bytes of the text
  static constexpr size_t kEncodedSize = 4 * sizeof(uint64_t) + 2 * sizeof(uint32_t) + sizeof(uint64_t);

  IdHash id;
  IdHash text;  // the first half of the SHA-256 of the text
  uint32_t version = 1;
  uint32_t article = 0;  // position in the segment
  uint64_t text_bytes = 0;

  // `sha256` of the text, in lower-case hexadecimal.
  static ArticleIdentity Of(std::string_view id, uint64_t text_bytes, std::string_view sha256, uint32_t version,
                            uint32_t article);

  void AppendTo(std::string& section) const;
  // REQUIRES: row.size() >= kEncodedSize.
  static ArticleIdentity Decode(std::string_view row);

  // The order of the rows of a segment: by id, then by version.
  bool Precedes(const ArticleIdentity& other) const;
  // One addend of the archive's fingerprint. Does not depend on segments.
  uint64_t Fingerprint() const;
  friend auto operator<=>(const ArticleIdentity&, const ArticleIdentity&) = default;
};

}  // namespace unspin
