// Pages in any character set become UTF-8.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/read_page.h"
#include "unspin/ingest/charset.h"

namespace unspin {
namespace {

using testing::PageText;

TEST(CharsetTest, CharacterSetsAreConverted) {
  EXPECT_EQ(HtmlToUtf8("<meta charset=windows-1252><p>caf\xe9 \x93x\x94"),
            "<meta charset=windows-1252><p>caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d");
  EXPECT_EQ(PageText("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xd0\xd2\xc9\xd7\xc5\xd4"),
            "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82");
  EXPECT_EQ(PageText("<meta charset=iso-8859-1><p>already caf\xc3\xa9</p>"), "already caf\xc3\xa9");
  EXPECT_EQ(PageText("<meta charset=utf-8><p>broken \xff here</p>"), "broken \xef\xbf\xbd here");
  EXPECT_EQ(PageText("\xef\xbb\xbf<p>marked</p>"), "marked");
  EXPECT_EQ(PageText("<p>The caf\xe9 opened, the cr\xe8me was good, and the fa\xe7"
                     "ade was new.</p>"),
            "The caf\xc3\xa9 opened, the cr\xc3\xa8me was good, and the fa\xc3\xa7"
            "ade was new.");
}

}  // namespace
}  // namespace unspin
