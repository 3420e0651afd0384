// A half-open range of sentences of one article.
#pragma once

#include <cstdint>

namespace unspin {

// [begin, end) in a list of sentences, which the user of the span names.
struct SentenceSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
};

}  // namespace unspin
