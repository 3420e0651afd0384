#include "unspin/inputs/payload_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

using namespace std::string_literals;

std::string NameOf(const std::string& head, std::string_view type = "text/html",
                   std::string_view uri = "http://a.example/") {
  const PayloadKind kind = KindOfPayload(head, type, uri);
  return kind.is == PayloadIs::kPage ? "page" : kind.is == PayloadIs::kText ? "text" : std::string(kind.name);
}

TEST(PayloadKindTest, PagesAreKnownByTheirBytesWhateverTheyAreCalled) {
  for (const std::string_view type : {"text/html", "image/jpeg", "application/json", "", "text/plain"}) {
    EXPECT_EQ(NameOf("<!DOCTYPE html><html>", type), "page") << type;
  }
  EXPECT_EQ(NameOf("<?xml version='1.0'?>\n<!-- a --><html xmlns='b'>", "application/xml"), "page");
  EXPECT_EQ(NameOf("\n\n  <custom-page><p>Text", "text/html"), "page");
  EXPECT_EQ(NameOf("Text with <b>one</b> tag", "text/html"), "page");
}

TEST(PayloadKindTest, OtherFilesThatAreCalledPagesAreNamed) {
  EXPECT_EQ(NameOf("%PDF-1.7\n"), "PDFs");
  EXPECT_EQ(NameOf("\x89PNG\r\n\x1a\n..."), "pictures");
  EXPECT_EQ(NameOf("<svg xmlns='a'>"), "pictures");
  EXPECT_EQ(NameOf("<?xml version='1.0'?><rss version='2.0'>"), "feeds");
  EXPECT_EQ(NameOf("<?xml version='1.0'?>\n<urlset>"), "site maps");
  EXPECT_EQ(NameOf("<?xml version='1.0'?>\n<other>", "text/xml"), "XML files");
  EXPECT_EQ(NameOf("{\"a\": 1}"), "JSON files");
  EXPECT_EQ(NameOf("[{\"a\": 1}]"), "JSON files");
  EXPECT_EQ(NameOf("(function() { return 1; })();"), "scripts");
  EXPECT_EQ(NameOf("@charset \"utf-8\"; body{}"), "style sheets");
  EXPECT_EQ(NameOf("PK\x03\x04..."), "archives or office documents");
  EXPECT_EQ(NameOf(std::string(300, '\0')), "files of other kinds");
  EXPECT_EQ(NameOf(" \r\n"), "empty answers");
}

TEST(PayloadKindTest, ThePathOfAPlainTextSaysWhatItIs) {
  EXPECT_EQ(NameOf("Text.", "text/plain"), "text");
  EXPECT_EQ(NameOf("Text.", ""), "text");
  EXPECT_EQ(NameOf("a = 1", "text/plain", "http://a.example/b.js?v=1"), "scripts");
  EXPECT_EQ(NameOf("User-agent: *", "text/plain", "http://a.example/robots.txt"), "files for machines (robots.txt)");
  EXPECT_EQ(NameOf("Text.", "text/html", "http://a.example/b.html"), "text");
}

TEST(PayloadKindTest, ALabelCountsWhereBytesSayNothing) {
  EXPECT_EQ(NameOf("a { b: c }", "text/css"), "style sheets");
  EXPECT_EQ(NameOf("a;b", "application/javascript"), "scripts");
  EXPECT_EQ(NameOf("a;b", "text/csv"), "tables");
  EXPECT_EQ(NameOf("a", "application/vnd.b+json"), "JSON files");
  EXPECT_EQ(NameOf("a", "application/octet-stream"), "files of other kinds");
  EXPECT_EQ(NameOf("a", "text/dns"), "DNS answers");
}

TEST(PayloadKindTest, PagesInWideCharactersAreNoBinaryData) {
  std::string wide = "\xff\xfe"s;
  for (const char c : "<html><p>Some words of a page"s) wide += {c, '\0'};
  EXPECT_EQ(NameOf(wide), "page");
}

}  // namespace
}  // namespace unspin
