#include "render/text_page.h"

#include <sstream>

#include <gtest/gtest.h>

#include "render/visible.h"

namespace unspin {
namespace {

constexpr char kLongText[] = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(TextPageTest, NoPageIsNarrowerThanItsMinimum) {
  EXPECT_EQ(TextPage({.width = 0}).width(), TextPage::kMinWidth);
  EXPECT_EQ(TextPage({.width = 77}).width(), 77u);
}

TEST(TextPageTest, LinesAfterTheFirstAreIndented) {
  TextPage page({.width = 40});
  page.Line("label", 8, kLongText);
  const auto lines = LinesOf(page.Take());
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "label   one two three four five six");
  EXPECT_EQ(lines[1], "        seven eight nine ten eleven");
  EXPECT_EQ(lines[2], "        twelve thirteen fourteen");
}

TEST(TextPageTest, TextsWithoutASpaceBetweenThemStayTogether) {
  TextPage page({.width = 40});
  page.Paragraph("", 0, {{"12345678901234567890 1234567890123 "}, {"abc", Ink::kNew}, {"def"}});
  EXPECT_EQ(page.Take(), "12345678901234567890 1234567890123\nabcdef\n");
}

TEST(TextPageTest, AWordWiderThanALineIsBroken) {
  TextPage page({.width = 40});
  page.Line("", 10, std::string(70, 'x'));
  const std::string indent(10, ' ');
  EXPECT_EQ(page.Take(), indent + std::string(30, 'x') + "\n" + indent + std::string(30, 'x') + "\n" + indent +
                             std::string(10, 'x') + "\n");
}

TEST(TextPageTest, WideCharactersAreNotCutApart) {
  std::string wide;
  for (int i = 0; i < 45; ++i) wide += "京";
  TextPage page({.width = 41});
  page.Line("", 0, wide);
  const auto lines = LinesOf(page.Take());
  ASSERT_EQ(lines.size(), 3u);
  for (const std::string& line : lines) {
    EXPECT_LE(DisplayWidth(line), 40u);
    EXPECT_EQ(line.find("\xef\xbf\xbd"), std::string::npos);
  }
}

TEST(TextPageTest, AnAddressStaysInOnePiece) {
  const std::string address = "https://post.example/" + std::string(60, 'x');
  TextPage page({.width = 40});
  page.Line("", 4, "see " + address);
  EXPECT_EQ(page.Take(), "    see\n    " + address + "\n");
}

TEST(TextPageTest, AStretchOfOneInkHasOnePairOfEscapes) {
  TextPage page({.width = 80, .colour = true});
  page.Paragraph("", 0,
                 {{"some plain", Ink::kPlain}, {" two strong", Ink::kStrong}, {" words", Ink::kStrong}, {" end"}});
  EXPECT_EQ(page.Take(), "some plain \x1b[1mtwo strong words\x1b[0m end\n");
}

TEST(TextPageTest, InkEndsWithItsLine) {
  TextPage page({.width = 40, .colour = true});
  page.Paragraph("", 4, {{kLongText, Ink::kStrong}});
  const auto lines = LinesOf(page.Take());
  EXPECT_GT(lines.size(), 1u);
  for (const std::string& line : lines) {
    EXPECT_TRUE(line.starts_with("    \x1b[1m")) << line;
    EXPECT_TRUE(line.ends_with("\x1b[0m")) << line;
  }
}

TEST(TextPageTest, APageOfAsciiHasNothingElse) {
  TextPage page({.width = 40, .ascii = true});
  page.Rule();
  page.Heading("“Heading”");
  page.Line("· label", 10, "old → new …");
  EXPECT_EQ(page.Take(), std::string(40, '-') + "\n\n\"Heading\"\n. label   old -> new ...\n");
}

TEST(TextPageTest, ACellHasItsWidth) {
  for (const bool ascii : {false, true}) {
    const TextPage page({.width = 80, .ascii = ascii});
    for (const char* text : {"", "short", "exactly ten", "longer than ten columns", "京京京京京京京", "…………………………"})
      EXPECT_EQ(DisplayWidth(page.Cell(text, 10)), 10u) << text;
  }
  EXPECT_EQ(TextPage({}).Cell("longer than ten", 10), "longer th…");
  EXPECT_EQ(TextPage({.width = 80, .ascii = true}).Cell("longer than ten", 10), "longer th~");
}

}  // namespace
}  // namespace unspin
