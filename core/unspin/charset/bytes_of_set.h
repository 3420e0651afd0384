// The characters of a legacy character set → their bytes.
#pragma once

#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace unspin {

inline constexpr int kNoByte = -1;

class BytesOfSet {
 public:
  // REQUIRES: the name is in charset_table.h, of a set with one byte for each character.
  explicit BytesOfSet(std::string_view name);

  // 0x80 to 0xff; kNoByte for ASCII and what the set does not have. Sets of Windows have the controls of Latin-1 too.
  int ByteOf(char32_t c) const;

  // Whether letters of Cyrillic stand where UTF-8 has its bytes: IBM's set for Russian and KOI8.
  bool mixes_cyrillic() const { return mixes_cyrillic_; }

 private:
  absl::flat_hash_map<char32_t, int> bytes_;
  bool mixes_cyrillic_ = false;
};

}  // namespace unspin
