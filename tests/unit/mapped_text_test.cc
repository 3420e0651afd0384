// Every byte of an article is mapped to its page.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/article/mapped_text.h"

namespace unspin {
namespace {

using testing::kNewsPage;
using testing::PageArticle;

// The offset in the record of the byte at `position` of the text.
uint32_t RecordPosition(const Article& article, uint32_t position) {
  uint32_t record = position;
  for (const OffsetStep& step : article.steps) {
    if (step.text > position) break;
    record = step.record + (position - step.text);
  }
  return record;
}

// Checks that every step counts right and that text and record agree at every byte outside references and white space.
// Returns how many bytes agreed.
size_t CheckSteps(const Article& article, const std::string& record) {
  size_t agreed = 0;
  for (size_t at = 0; at < article.steps.size(); ++at) {
    const OffsetStep& step = article.steps[at];
    const OffsetStep counted = CountUnits(record, OffsetStep{}, step.record);
    EXPECT_EQ(counted.codepoint, step.codepoint) << "step " << at;
    EXPECT_EQ(counted.utf16, step.utf16) << "step " << at;
    if (at > 0) {
      EXPECT_GE(step.text, article.steps[at - 1].text);
      EXPECT_GE(step.record, article.steps[at - 1].record);
    }
  }
  for (uint32_t at = 0; at < article.text.size(); ++at) {
    const uint32_t there = RecordPosition(article, at);
    EXPECT_LE(there, record.size());
    if (there >= record.size() || article.text[at] == ' ' || article.text[at] == '\n') continue;
    size_t reference = at;  // the text of a reference starts where the record has its "&"
    while (reference > 0 && (static_cast<unsigned char>(article.text[reference]) & 0xc0) == 0x80) --reference;
    const char first = record[RecordPosition(article, static_cast<uint32_t>(reference))];
    // The marks that a <blockquote> or <q> gets stand where the page has a tag.
    const std::string_view mark = std::string_view(article.text).substr(reference, 3);
    if (first == '&' || (first == '<' && (mark == "“" || mark == "”"))) continue;
    EXPECT_EQ(article.text[at], record[there]) << "at byte " << at;
    agreed += article.text[at] == record[there];
  }
  return agreed;
}

TEST(MappedTextTest, EveryByteMapsToThePage) {
  const Article article = PageArticle(kNewsPage);
  EXPECT_GT(CheckSteps(article, kNewsPage), 200u);
  const auto at = static_cast<uint32_t>(article.text.find("cheered"));
  EXPECT_EQ(RecordPosition(article, at), std::string(kNewsPage).find("cheered"));
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.find("& more"))),
            std::string(kNewsPage).find("&amp; more"));
  // The end of the text maps behind the last word, not somewhere into the markup after it.
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.size())),
            std::string(kNewsPage).find("reserved.") + std::string("reserved.").size());
}

TEST(MappedTextTest, AReferenceAtTheEndIsCoveredWhole) {
  const std::string page = "<p>He said AT&amp;T &amp;</p>";
  const Article article = PageArticle(page);
  EXPECT_EQ(article.text, "He said AT&T &");
  EXPECT_EQ(RecordPosition(article, static_cast<uint32_t>(article.text.size())), page.find("</p>"));
}

}  // namespace
}  // namespace unspin
