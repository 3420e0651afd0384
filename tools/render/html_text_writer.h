// Writes one painted text as HTML: paragraphs, inside them passages, inside those the words that changed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "render/html_texts.h"

namespace unspin::html {

// Each paragraph names the byte of the text that it begins with, and what is shown otherwise than it stands in the text
// names its length in bytes: a script can tell the bytes of a selection.
class TextWriter {
 public:
  TextWriter(const Texts& texts, const Report& report, const PaintedText& text);
  std::string Write();

 private:
  void WriteLine(const PaintedRun& run, std::string_view line, size_t begin);
  void EndLine();
  void CloseParagraph();
  void Open(std::optional<uint32_t> passage);
  void OpenPassage(uint32_t index);
  void WriteRun(const PaintedRun& run, std::string_view text);
  std::string OpeningExcluded(uint32_t index);
  std::string Opening(const PaintedRun& run, std::string_view element) const;

  const Texts& texts_;
  const Report& report_;
  const PaintedText& text_;
  const std::string& body_;
  std::vector<bool> seen_;           // passages
  std::vector<bool> seen_excluded_;  // spans of the card
  const bool blank_lines_;
  bool in_paragraph_ = false;
  bool in_span_ = false;          // of a passage, or of what is outside all
  std::optional<uint32_t> open_;  // the passage of that span
  bool line_is_blank_ = true;
  std::string out_;
};

}  // namespace unspin::html
