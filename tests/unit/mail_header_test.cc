#include "unspin/inputs/mail_header.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

constexpr const char* kChrome =
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nSubject: T\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n";
constexpr const char* kExplorer =
    "From: \"Saved by Windows Internet Explorer 8\"\nSubject: T\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html>";
constexpr const char* kOpera =
    "Content-Type: multipart/related; start=<op.mhtml.1@a>; boundary=b\nContent-Location: http://a.example/\n"
    "Subject: =?utf-8?Q?T?=\nMIME-Version: 1.0\n\n--b\n";
constexpr const char* kMail =
    "Return-Path: <a@a.example>\nFrom: a@a.example\nTo: b@b.example\nSubject: x\nMIME-Version: 1.0\n"
    "Content-Type: multipart/related; boundary=b\n\nText";

TEST(MailHeaderTest, SavedPagesAreToldFromMail) {
  for (const std::string page : {kChrome, kExplorer, kOpera}) {
    EXPECT_TRUE(IsSavedPage(page)) << page;
    EXPECT_TRUE(IsSavedPage("\xef\xbb\xbf\r\n" + page)) << page;
    EXPECT_FALSE(IsMail(page)) << page;
  }
  EXPECT_FALSE(IsSavedPage(kMail));
  EXPECT_TRUE(IsMail(kMail));
}

TEST(MailHeaderTest, MailsAreToldByWhatProgramsWrite) {
  EXPECT_TRUE(IsMail("From: a@a.example\nMIME-Version: 1.0\n\nx"));
  EXPECT_TRUE(IsMail("Received: from a by b;\n Mon, 1 Jan 2024\n\nx"));
  EXPECT_TRUE(IsMail("From a@a.example Sat Jan  3 01:05:34 1996\nFrom: a\nSubject: x\n\nx"));
}

TEST(MailHeaderTest, TextsThatBeginLikeMailAreNone) {
  for (const std::string text :
       {"", "From: the editor\nSubject: ferries\n\nThe ferry sails again.",
        "From Orrevik to Halmsund\n\nThe ferry sails.", "Date: 3 May\nMIME-Version: 1.0\n\nText", "Note: Received: yes",
        "From: a\n\nMIME-Version: 1.0\n"}) {
    EXPECT_FALSE(IsMail(text)) << text;
    EXPECT_FALSE(IsSavedPage(text)) << text;
  }
}

}  // namespace
}  // namespace unspin
