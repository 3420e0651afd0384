// One article as it was read: its text, its metadata, where it was found, and how it was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

// Maps an offset in an article's text to the decoded record that the text was extracted from. From `text` up to the
// next step, text and record agree byte for byte.
struct OffsetStep {
  uint32_t text = 0;       // in bytes of Article::text
  uint32_t record = 0;     // the offset in the record, in UTF-8 bytes,
  uint32_t codepoint = 0;  // in code points,
  uint32_t utf16 = 0;      // and in UTF-16 units
  friend bool operator==(const OffsetStep&, const OffsetStep&) = default;
};

// Something about a record that a reader of the report must know: bytes that were no text, a guessed character set.
struct ReadingAlert {
  std::string kind;    // "charset-guessed", "broken-utf-8", "mojibake", "cut-off"; docs/report.md lists all
  uint32_t count = 0;  // of the places
  friend bool operator==(const ReadingAlert&, const ReadingAlert&) = default;
};

// How a text was taken from its record: the format, the character set, and what of a page was left aside. It is not
// stored in archives.
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

// What a page or a feed says about where its text comes from, or about its rights. Anybody can write such a mark, and
// many sites copy it with the text, so that it changes no number of a report.
struct PageMark {
  std::string kind;           // "canonical", "is-based-on", "credit-text"; docs/report.md lists all
  std::string value;          // an address or words
  std::string original = {};  // in a report: the id of the finding's original that the mark names; empty: none
  friend bool operator==(const PageMark&, const PageMark&) = default;
};

// `text` is what is compared. Invalid UTF-8 in it is data, not an error.
struct Article {
  std::string id;
  std::string text;
  std::string title;
  std::string url;
  std::string site;
  std::string published;
  std::string fetched;
  std::string path;                // the file it was read from; "-" for standard input
  std::optional<uint64_t> record;  // its number in the file, from 1, if the file has many
  // SHA-256 of the file's bytes as they were received, before decompression; empty where the file has other records
  // too, or nobody asked (ReaderOptions::hash_files). It is not stored in archives.
  std::string file_sha256;
  std::vector<OffsetStep> steps;  // ascending; empty: the text is the record itself
  // Of a page: lines outside of its main text that name its rights, its author or its source. They are no text of the
  // article, but what became of them in a copy matters.
  std::vector<std::string> notices;
  std::vector<PageMark> marks;  // of syndication and of rights. They are not stored in archives
  Reading reading;
  std::vector<std::pair<std::string, std::string>> kept;  // the JSON fields that were asked for, as raw values
  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace unspin
