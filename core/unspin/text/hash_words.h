// An article's bytes → the hashes of its words alone, many times faster than Tokenize and equal to what it finds.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace unspin {

// Keeps scratch memory and the spellings seen last: one for each thread.
class WordHasher {
 public:
  WordHasher();
  ~WordHasher();
  WordHasher(WordHasher&&) noexcept;
  WordHasher& operator=(WordHasher&&) noexcept;

  // Appends Token::word of every token of Tokenize(text), in order.
  void Append(std::string_view text, std::vector<uint64_t>& hashes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace unspin
