// Whether a text of a feed is the whole article or only tells the reader to follow the link.
#pragma once

#include <cstdint>
#include <string_view>

namespace unspin {

enum class FeedText : uint8_t {
  kContent,  // the field that is meant for the whole text
  kSummary,  // the field that is meant for a summary, where many feeds put the whole text
};

// A text of 200 words or more is no teaser: it is worth comparing even if it goes on elsewhere. A shorter one is a
// teaser if it ends with an ellipsis in brackets, or with a line or a sentence such as "Read more" or "Continue
// reading". A summary is one, besides, if it has fewer than 100 words or ends with an ellipsis. (Teasers of news feeds
// have 20 to 60 words; that short reports are lost whose feed has them in full as summaries is the price of this rule.)
// What WordPress adds at the end, "The post … appeared first on …", is looked past. `text` is free of markup. Linear.
bool IsTeaser(std::string_view text, FeedText field);

}  // namespace unspin
