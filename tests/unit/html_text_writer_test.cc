#include "render/html_text_writer.h"

#include <gtest/gtest.h>

namespace unspin::html {
namespace {

bool Holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string Written(const Report& report) {
  const Texts texts(report);
  return TextWriter(texts, report, PaintedText(report.suspect, Side::kSuspect, {}, report.alerts)).Write();
}

Report Of(std::string text) {
  Report report;
  report.suspect.text = std::move(text);
  return report;
}

TEST(HtmlTextWriterTest, AParagraphNamesTheByteThatItBeginsWith) {
  const std::string html = Written(Of("Één.\n\nTwo."));
  EXPECT_TRUE(Holds(html, "<p data-at=\"0\"><span class=\"out\">Één.")) << html;
  EXPECT_TRUE(Holds(html, "<p data-at=\"8\"><span class=\"out\">Two.</span></p>")) << html;
}

TEST(HtmlTextWriterTest, ALineFeedWrapsWhereBlankLinesPartParagraphs) {
  EXPECT_TRUE(Holds(Written(Of("One\nline\n\nTwo")), "One\nline"));
  EXPECT_FALSE(Holds(Written(Of("One\nTwo")), "One\nTwo"));
}

TEST(HtmlTextWriterTest, ExcludedWordsNameAllBytesOfTheirSpanInEachPiece) {
  Report report = Of("Ab cd.\n\nEf gh.");
  report.suspect.excluded = report.suspect.masked = {{3, 10}};
  const std::string html = Written(report);
  EXPECT_TRUE(Holds(html, "Ab <span class=\"excluded\" id=\"unspin-excluded-1\" data-excluded=\"3-10\">cd.</span>"))
      << html;
  EXPECT_TRUE(Holds(html, "<span class=\"excluded\" data-excluded=\"3-10\">Ef</span> gh.")) << html;
}

TEST(HtmlTextWriterTest, ExcludedWordsAreNotMarkedAsMaskedToo) {
  Report report = Of("Ab cd ef");
  report.suspect.masked = {{0, 2}, {3, 5}};
  report.suspect.excluded = {{3, 5}};
  const std::string html = Written(report);
  EXPECT_TRUE(Holds(html, "<span class=\"mask\">Ab</span>")) << html;
  EXPECT_FALSE(Holds(html, "<span class=\"mask\">cd")) << html;
}

TEST(HtmlTextWriterTest, MarkupInATextIsText) { EXPECT_TRUE(Holds(Written(Of("<script>")), "&lt;script&gt;")); }

}  // namespace
}  // namespace unspin::html
