#include "unspin/page/prose_words.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(ProseWordsTest, LinesOfAuthorAndDateHaveNone) {
  for (const char* line : {"By Ann Writer | September 1, 2026 | 5 min read", "Von Jan van der Berg, 3. September 2026",
                           "Publicado el 3 de septiembre de 2026", "le 3 septembre 2026 à 10h15", "Updated 2 hours ago",
                           "Posted on Sept. 3rd at 10:15 pm EST", "作者：李明", ""})
    EXPECT_EQ(CountProseWords(line), 0u) << line;
}

TEST(ProseWordsTest, SentencesHaveThem) {
  EXPECT_EQ(CountProseWords("She sank on 3 February 1894"), 1u);
  EXPECT_EQ(CountProseWords("The old bridge fell in a storm."), 4u);
  EXPECT_EQ(CountProseWords("Его построили давно"), 2u);
  EXPECT_EQ(CountProseWords("他出生，在北京。"), 2u);
}

}  // namespace
}  // namespace unspin
