#include "unspin/records/reading.h"

#include "unspin/page/main_text.h"

namespace unspin {

bool LeavesMuchAside(const Reading& reading) {
  constexpr uint32_t kMinPageWords = 100;  // a page of less is a message, not an article with something beside it
  constexpr uint32_t kMinShare = 4;        // less than one word in so many was read
  return reading.page_words >= kMinPageWords && uint64_t{reading.words} * kMinShare < reading.page_words;
}

std::string DescribeReading(const Reading& reading) {
  std::string sentence =
      "read " + std::to_string(reading.words) + " of " + std::to_string(reading.page_words) + " words";
  if (!reading.rest.empty()) sentence += "; the rest looks like " + std::string(reading.rest);
  return sentence;
}

std::string_view StaticNameInReading(std::string_view name) { return StaticPlaceOrRest(name); }

}  // namespace unspin
