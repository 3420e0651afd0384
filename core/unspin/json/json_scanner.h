// Finds the end of a JSON value in bytes that come chunk by chunk, and the place where it stops being one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace unspin {

// Looks at the order of brackets, names and values, and at line breaks inside strings: enough to notice early that a
// bracket or a quote is missing, so that the values behind it are not lost. It accepts some bytes that are no JSON,
// which a parser must find: commas too many or too few, words and numbers of any form. Linear, without recursion.
class JsonScanner {
 public:
  enum class State : uint8_t { kUnfinished, kEnd, kBroken };

  // Begins a value.
  void Begin();

  // Goes on at json[at], where the last call stopped or Begin was called. Moves `at` behind what was scanned; of a
  // value that ends, behind its last byte; of one that breaks, onto the byte that does not fit. A number or a word
  // outside of brackets ends before the next byte that is none of it. REQUIRES: at <= json.size().
  State Scan(std::string_view json, size_t& at);

  // What does not fit. Static. REQUIRES: Scan returned kBroken.
  std::string_view problem() const { return problem_; }

  // Whether the end of the input may be the end of the value: it is a number or a word outside of brackets.
  bool MayEndHere() const { return in_word_ && is_object_.empty(); }

 private:
  enum class Next : uint8_t { kValue, kName, kColon, kComma };

  // The part of Scan inside of a string. Returns kEnd behind its closing quote.
  State ScanString(std::string_view json, size_t& at);
  State Break(std::string_view problem);
  // The value, or bracket, that ends here may be the whole value.
  State EndValue();
  // One byte outside of strings and words.
  State Take(char c);
  State Close(bool object);

  std::vector<bool> is_object_;  // of the open brackets
  Next next_ = Next::kValue;
  bool in_string_ = false, in_name_ = false, in_word_ = false;
  bool escaped_ = false;  // the next byte of the string is
  std::string_view problem_;
};

}  // namespace unspin
