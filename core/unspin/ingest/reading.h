// How a text was taken from its record: the format, the character set, and what of a page was left aside.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace unspin {

// What a text is written in.
enum class TextIs : uint8_t {
  kFoundByItself,  // plain text, unless it is certainly HTML or holds character references
  kPlain,          // signs stand for themselves
  kHtml,
};

// Something about a record that a reader of the report must know: bytes that were no text, a guessed character set.
struct ReadingAlert {
  std::string kind;    // "charset-guessed", "broken-utf-8", "mojibake", "lost-characters"; docs/report.md lists all
  uint32_t count = 0;  // of the places
  friend bool operator==(const ReadingAlert&, const ReadingAlert&) = default;
};

// How a text was taken from its record. It is not stored in archives.
struct Reading {
  std::string_view format;   // the name of an input format: "html". Static
  std::string_view charset;  // that the bytes were decoded from, in lower case: "utf-8". Static
  std::string_view chosen;   // of a page, where the text stood: "main-text", "noscript"; empty: all is text. Static
  uint32_t words = 0;        // of a page, that became text, as white space separates them,
  uint32_t page_words = 0;   // and those of all prose that it shows, without menus and labels
  std::string_view rest;     // of a page, what most of the other words are: "comments". Static
  std::vector<ReadingAlert> alerts;
  friend bool operator==(const Reading&, const Reading&) = default;
};

// Whether so much of a page was left aside that a reader of the report should look at the page.
bool LeavesMuchAside(const Reading& reading);

// "read 52 of 640 words; the rest looks like comments"
std::string DescribeReading(const Reading& reading);

}  // namespace unspin
