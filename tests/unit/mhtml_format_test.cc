// Pages that a browser saved in one file.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "support/input_files.h"
#include "unspin/ingest/reader.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Problem;
using testing::ReadAll;

class MhtmlFormatTest : public ::testing::Test {
 protected:
  Record Read(const std::string& bytes, const std::string& name = "a.mhtml") {
    return ReadAll({files_.Write(name, bytes)}).at(0);
  }
  InputFiles files_;
};

const std::string kText =
    "The night ferry between the two towns will sail again in May, ten years after the last crossing, the "
    "harbour board announced on Wednesday, and hotels along the coast have begun to hire cooks.";
const std::string kPage =
    "<html><head><title>Ferry returns</title><link rel=\"canonical\" "
    "href=\"https://b.example/first\"></head><body><p>" +
    kText + "</p></body></html>";

std::string Saved(const std::string& root_header, const std::string& page, const std::string& start = "") {
  return "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/ferry\r\nSubject: x\r\n"
         "Date: Mon, 30 Nov 2026 01:12:23 GMT\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
         "\ttype=\"text/html\";" +
         start + "\r\n\tboundary=\"--b\"\r\n\r\n\r\n----b\r\nContent-Type: text/css\r\n\r\np {}\r\n----b\r\n" +
         root_header + "\r\n\r\n" + page + "\r\n----b--\r\n";
}

TEST_F(MhtmlFormatTest, ThePageAmongThePartsIsRead) {
  for (const char* name : {"a.mhtml", "a.txt", "a"}) {
    const Record record = Read(Saved("Content-Type: text/html", kPage), name);
    const Article& article = std::get<Article>(record);
    EXPECT_EQ(article.text, kText);
    EXPECT_EQ(article.title, "Ferry returns");
    EXPECT_EQ(article.url, "https://a.example/ferry");
    EXPECT_EQ(article.fetched, "Mon, 30 Nov 2026 01:12:23 GMT");
    EXPECT_EQ(article.published, "");
    EXPECT_EQ(article.reading.format, "mhtml");
  }
}

TEST_F(MhtmlFormatTest, TheCharacterSetOfThePartCounts) {
  const Record record =
      Read(Saved("Content-Type: text/html; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: quoted-printable",
                 "<p>" + kText + " Caf=E9 d=E9j=E0 vu.</p>"));
  EXPECT_TRUE(std::get<Article>(record).text.ends_with("Caf\u00e9 d\u00e9j\u00e0 vu."))
      << std::get<Article>(record).text;
}

TEST_F(MhtmlFormatTest, TheStartNamesThePage) {
  const std::string parts =
      "Content-Type: text/html\r\n\r\n<p>frame</p>\r\n----b\r\nContent-ID: <main@a>\r\nContent-Type: text/html";
  EXPECT_EQ(std::get<Article>(Read(Saved(parts, kPage, " start=\"<main@a>\";"))).text, kText);
}

TEST_F(MhtmlFormatTest, APageThatIsTheWholeMessageIsRead) {
  EXPECT_EQ(std::get<Article>(
                Read("From: <Saved by Microsoft Internet Explorer 5>\nMIME-Version: 1.0\nContent-Type: text/html\n"
                     "Content-Location: http://a.example/x\n\n" +
                     kPage))
                .url,
            "http://a.example/x");
}

TEST_F(MhtmlFormatTest, WhatHoldsNoPageIsBad) {
  EXPECT_NE(Problem(Read(Saved("Content-Type: image/png", "x"))).find("no page in this MHTML file"), std::string::npos);
  EXPECT_NE(Problem(Read(Saved("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", "***"))).find("damaged"),
            std::string::npos);
  EXPECT_NE(Problem(Read("Hello", "a.mht")).find("no page in this MHTML file"), std::string::npos);
}

}  // namespace
}  // namespace unspin
