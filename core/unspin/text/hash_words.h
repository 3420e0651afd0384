// An article's bytes → the hashes of its words alone, several times faster than Tokenize and equal to what it finds.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

struct Language;

// Keeps scratch memory and the spellings seen last: one for each thread.
class WordHasher {
 public:
  // `language` outlives the hasher.
  explicit WordHasher(const Language& language);
  ~WordHasher();
  WordHasher(WordHasher&&) noexcept;
  WordHasher& operator=(WordHasher&&) noexcept;

  // Appends Token::word of every token of Tokenize(text, language), in order.
  void Append(std::string_view text, std::vector<uint64_t>& hashes);
  // Likewise, with a stretch of the text for each that Tokenize turns into that word, alone or among others.
  void Append(std::string_view text, std::vector<uint64_t>& hashes, std::vector<ByteSpan>& places);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace unspin
