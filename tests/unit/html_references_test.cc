// Character references are decoded.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/ingest/html_references.h"

namespace unspin {
namespace {

using testing::PageText;

TEST(HtmlReferencesTest, ReferencesAreDecodedAsTheStandardAsks) {
  EXPECT_EQ(
      PageText("<p>&lt;b&gt; &#65;&#x42; &#150; &#0; &#xD800; &#99999999; &notit; &not; &copy2 &comma; &bogus; & &; "
               "&#; &#x;</p>"),
      "<b> AB \xe2\x80\x93 \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xc2\xacit; \xc2\xac \xc2\xa9"
      "2 , &bogus; & &; &#; &#x;");
  EXPECT_EQ(PageText("<p>a&#32;&#32;b&Tab;c</p>"), "a b c");
}

}  // namespace
}  // namespace unspin
