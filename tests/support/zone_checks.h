// Texts with a paragraph to look at, and whether its words are of a zone.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "support/english.h"

namespace unspin {

inline constexpr std::string_view kStory =
    "Engineers reopened the bridge on Tuesday after eleven weeks of repairs. Traffic moved slowly at first. The "
    "council "
    "had closed it when divers found cracks in two of the nine piers, and lorries had to go round by the northern "
    "valley "
    "road.";

// Whether all words of `part`, which stands in `text`, are of a zone.
inline bool IsAll(std::string_view text, std::string_view part, Zone zone) {
  const TokenizedArticle article = Tokenize(text);
  const Zones zones = FindZones(text, article);
  const size_t begin = text.find(part);
  EXPECT_NE(begin, std::string_view::npos) << part;
  bool all = true;
  for (size_t token = 0; token < article.tokens.size(); ++token) {
    const uint32_t at = article.tokens[token].source.begin;
    if (at >= begin && at < begin + part.size()) all = all && zones.of_token[token] == zone;
  }
  return all;
}

// A paragraph below a story, with another story behind.
inline std::string Below(std::string_view paragraph) {
  return std::string(kStory) + "\n\n" + std::string(paragraph) + "\n\n" + std::string(kStory);
}

}  // namespace unspin
