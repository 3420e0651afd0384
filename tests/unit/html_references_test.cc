// Character references are decoded.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/html_references.h"

namespace unspin {
namespace {

using testing::PageText;
using testing::Repeated;

TEST(HtmlReferencesTest, ReferencesAreDecodedAsTheStandardAsks) {
  EXPECT_EQ(
      PageText("<p>&lt;b&gt; &#65;&#x42; &#150; &#0; &#xD800; &#99999999; &notit; &not; &copy2 &comma; &bogus; & &; "
               "&#; &#x;</p>"),
      "<b> AB \xe2\x80\x93 \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xc2\xacit; \xc2\xac \xc2\xa9"
      "2 , &bogus; & &; &#; &#x;");
  EXPECT_EQ(PageText("<p>a&#32;&#32;b&Tab;c</p>"), "a b c");
}

TEST(HtmlReferencesTest, NullsAreNoText) {
  using namespace std::string_literals;
  const std::string story = Repeated("The bridge is open again. ", 9) + "It is.";  // few NULs make no binary file
  EXPECT_EQ(PageText("<p>\0a\0\0b&amp\0;c\0</p><p>"s + story + "</p>"), "ab&;c\n\n" + story);
}

TEST(HtmlReferencesTest, RawTextHasNone) {
  const std::string_view text = "a &amp; b";
  HtmlTextCursor cursor(text, 0, static_cast<uint32_t>(text.size()), false);
  HtmlTextCursor::Chunk chunk;
  ASSERT_TRUE(cursor.Next(chunk));
  EXPECT_EQ(chunk.bytes, text);
  EXPECT_FALSE(cursor.Next(chunk));
}

}  // namespace
}  // namespace unspin
