#include "unspin/page/block_writer.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "unspin/article/ascii.h"
#include "unspin/page/html_references.h"

namespace unspin {
namespace {

constexpr std::string_view kOpeningMark = "\u201c", kClosingMark = "\u201d";

bool BeginsWithMark(std::string_view text) {
  while (!text.empty() && IsHtmlSpace(text[0])) text.remove_prefix(1);
  for (const std::string_view mark :
       {"\"",     "\u201c",  "\u201e",  "\u2018",  "\u201a",  "\u00ab",  "\u2039",  "\u300c", "\u300e",   "``",
        "&quot;", "&ldquo;", "&lsquo;", "&laquo;", "&bdquo;", "&#8220;", "&#8216;", "&#34;",  "&#x201c;", "&#x201C;"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

// Writes one block: runs of white space become one space, or one line feed where the page breaks the line.
class BlockWriter {
 public:
  BlockWriter(const HtmlPage& page, MappedText& out) : page_(page), out_(out) {}

  void Write(const TextBlocks& found, const TextBlock& block) {
    for (uint32_t run = block.runs_begin; run < block.runs_end; ++run) {
      const HtmlNode& node = page_.nodes[found.runs[run]];
      if (node.tag == HtmlTag::kBr) {
        line_pending_ = true;
        continue;
      }
      if (node.tag == HtmlTag::kQ) {
        WriteMark(found.runs[run]);
        continue;
      }
      HtmlTextCursor cursor(page_.record, node.begin, node.end, node.has_references);
      for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) {
        if (chunk.is_reference) {
          WriteReference(chunk);
        } else {
          WriteText(chunk.bytes, chunk.begin);
        }
      }
    }
  }

 private:
  // A browser shows marks around a <q>: those that it opens with, or closes with if it is open already. Some pages
  // write them as well.
  void WriteMark(uint32_t quotation) {
    if (!open_quotations_.empty() && open_quotations_.back() == quotation) {
      open_quotations_.pop_back();
      out_.AppendInserted(kClosingMark);
    } else if (!BeginsWithMark(page_.record.substr(page_.nodes[quotation].end))) {
      open_quotations_.push_back(quotation);
      FlushSpace();
      out_.AppendInserted(kOpeningMark);
    }
  }

  void WriteReference(const HtmlTextCursor::Chunk& chunk) {
    if (!IsVisible(chunk.bytes) && IsHtmlSpace(chunk.bytes[0])) {
      NoteSpace(chunk.begin);
    } else {
      FlushSpace();
      out_.AppendDecoded(chunk.bytes, chunk.begin, chunk.end);
    }
  }

  // `text` is at `offset` in the record.
  void WriteText(std::string_view text, uint32_t offset) {
    for (size_t i = 0; i < text.size();) {
      const uint32_t begin = offset + static_cast<uint32_t>(i);
      if (IsHtmlSpace(text[i])) {
        NoteSpace(begin);
        ++i;
        continue;
      }
      size_t end = i;
      while (end < text.size() && !IsHtmlSpace(text[end])) ++end;
      FlushSpace();
      out_.Append(text.substr(i, end - i), begin);
      i = end;
    }
  }

  void NoteSpace(uint32_t offset) {
    if (!space_pending_) space_offset_ = offset;
    space_pending_ = true;
  }

  // Writes the white space noted since the last character, unless it is the first of the block.
  void FlushSpace() {
    if (!at_start_ && line_pending_) {
      out_.AppendInserted("\n");
    } else if (!at_start_ && space_pending_) {
      out_.Append(" ", space_offset_);
    }
    at_start_ = space_pending_ = line_pending_ = false;
  }

  const HtmlPage& page_;
  MappedText& out_;
  bool at_start_ = true;
  bool space_pending_ = false;
  bool line_pending_ = false;
  uint32_t space_offset_ = 0;              // in the record, of the first pending space
  std::vector<uint32_t> open_quotations_;  // <q> elements whose mark was written
};

// Writes a block. `goes_on`: the next one belongs to the same <blockquote>.
void WriteBlock(const HtmlPage& page, const TextBlocks& found, const TextBlock& block, bool goes_on, MappedText& out) {
  if (!out.text().empty()) out.AppendInserted("\n\n");
  const bool marked = BeginsWithMark(block.text);
  if (block.quotation > 0 && !marked) out.AppendInserted(kOpeningMark);
  BlockWriter(page, out).Write(found, block);
  if (block.quotation > 0 && !goes_on && !marked) out.AppendInserted(kClosingMark);
}

}  // namespace

void WriteBlocks(const HtmlPage& page, const TextBlocks& found, const std::vector<const TextBlock*>& blocks,
                 MappedText& out) {
  for (size_t i = 0; i < blocks.size(); ++i) {
    const bool goes_on = i + 1 < blocks.size() && blocks[i + 1]->quotation == blocks[i]->quotation;
    WriteBlock(page, found, *blocks[i], goes_on, out);
  }
}

}  // namespace unspin
