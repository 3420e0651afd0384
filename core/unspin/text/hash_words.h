// An article's bytes → the hashes of its words: those of Tokenize, several times faster.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

struct Language;

// Keeps scratch memory and the spellings seen last. One per thread.
class WordHasher {
 public:
  // `language` outlives the hasher.
  explicit WordHasher(const Language& language);
  ~WordHasher();
  WordHasher(WordHasher&&) noexcept;
  WordHasher& operator=(WordHasher&&) noexcept;

  // Appends Token::word of every token of Tokenize(text, language), in order.
  void Append(std::string_view text, std::vector<uint64_t>& hashes);
  // Appends to `sources` as well, for each hash: bytes of the text that contain the word. Tokenize of these bytes alone
  // yields the word, and perhaps others.
  void Append(std::string_view text, std::vector<uint64_t>& hashes, std::vector<ByteSpan>& sources);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace unspin
