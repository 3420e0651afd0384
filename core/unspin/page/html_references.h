// Character references of HTML: "&eacute;", "&#8217;", "&#x2019;".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

// The context of a character reference. In attributes, a name without its semicolon before "=" or a letter or digit is
// not a reference.
enum class ReferenceContext { kText, kAttribute };

// Decodes the character reference at the start of `text` ("&amp;…") into `characters` and returns its size in bytes; 0
// if there is none.
size_t DecodeReference(std::string_view text, ReferenceContext context, std::string& characters);

// Walks through a run of text and cuts it at character references, and at U+0000, which is no text.
class HtmlTextCursor {
 public:
  struct Chunk {
    std::string_view bytes;  // decoded, not empty; valid until the next call
    uint32_t begin = 0;      // [begin, end) in the record
    uint32_t end = 0;
    bool is_reference = false;
  };

  // The run is [begin, end) of the record; without references, "&amp;" stays. REQUIRES: begin <= end <= record.size().
  HtmlTextCursor(std::string_view record, uint32_t begin, uint32_t end, bool has_references = true);
  // Returns false at the end of the run.
  bool Next(Chunk& chunk);

 private:
  // The first `c` at `offset` or behind it; end_ if there is none.
  uint32_t Find(char c, uint32_t offset) const;

  std::string_view record_;
  uint32_t next_;  // offset in the record
  uint32_t end_;
  uint32_t ampersand_;  // the next ones
  uint32_t null_;
  std::string decoded_;
};

}  // namespace unspin
