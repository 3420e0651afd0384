// Cuts a web page into tags and runs of text, as the HTML standard's tokenizer does.
//
// html5lib's tokenizer tests are its measure (tests/html5lib/).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/page/html.h"

namespace unspin {

enum class HtmlTokenKind {
  kText,
  kStartTag,
  kEndTag,
  kComment,  // also what the standard reads as one: "<?php … >", "</3>"
  kDoctype
};

// All offsets are bytes of the record.
struct HtmlToken {
  HtmlTokenKind kind = HtmlTokenKind::kText;
  size_t begin = 0;
  size_t end = 0;
  std::string_view name;        // of a tag, as written
  size_t attributes_begin = 0;  // of a start tag: its attributes are the last ones of the list, from this one on
  bool self_closing = false;    // of a tag: "/>"
  bool has_references = true;   // of text
};

// What the text is that follows, which decides what ends it.
enum class HtmlContent {
  kData,       // elements and text
  kRcdata,     // text with references, up to the element's end tag: a title
  kRawText,    // text without references, up to the element's end tag: a style
  kScript,     // raw text, in which a script within a comment does not end the element
  kPlaintext,  // raw text up to the end of the record
  kCdata       // raw text up to "]]>"
};

// Borrows the record and the list of attributes. Time is linear in the record, whatever its bytes.
class HtmlTokenizer {
 public:
  HtmlTokenizer(std::string_view record, std::vector<HtmlAttribute>& attributes)
      : record_(record), attributes_(attributes) {}

  // Reads the next token. Returns false at the end of the record. Appends the attributes of a start tag to the list. A
  // tag that the record ends within is none.
  bool Next(HtmlToken& token);

  // Says what follows the tag that was read last. `name`: of its element, in lower case, borrowed until its end tag is
  // read; without a name, no end tag ends the text.
  void SetContent(HtmlContent content, std::string_view name);

  // Whether "<![CDATA[" begins raw text up to "]]>", as it does inside of <svg> and <math>. Elsewhere it is a comment.
  void AllowCdata(bool allowed) { cdata_allowed_ = allowed; }

 private:
  bool IsMarkup(size_t offset) const;
  void ReadText(HtmlToken& token);
  bool ReadCdata(HtmlToken& token);
  bool ReadContent(HtmlToken& token);
  bool ReadMarkup(HtmlToken& token);
  bool ReadTag(HtmlToken& token);
  size_t EndOfElementText() const;
  bool IsTagAt(size_t offset, std::string_view prefix, std::string_view name) const;
  size_t EndOfScript() const;

  const std::string_view record_;
  std::vector<HtmlAttribute>& attributes_;
  size_t offset_ = 0;
  HtmlContent content_ = HtmlContent::kData;
  std::string_view element_;  // whose end tag ends the content
  bool cdata_allowed_ = false;
};

// `lower` is in lower case.
bool EqualIgnoringCase(std::string_view text, std::string_view lower);

}  // namespace unspin
