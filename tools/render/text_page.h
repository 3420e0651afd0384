// A page of text for a terminal or a pipe: ink, wrapped paragraphs, rules and headings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace unspin {

enum class Ink { kPlain, kStrong, kQuiet, kBad, kWarn, kGood, kNew, kOld };

// Text in one ink. It may be wrapped at its spaces.
struct InkedText {
  std::string text;
  Ink ink = Ink::kPlain;
};

// `text` made visible (see visible.h), and cut to at most `columns`, the last of which is then “…”.
std::string Cut(std::string_view text, size_t columns);

// Not safe to share between threads. Texts must be visible: no controls, no broken UTF-8.
class TextPage {
 public:
  // `width` is in columns; at least 60 are used. `colour` writes ANSI escape sequences.
  TextPage(size_t width, bool colour);

  size_t width() const { return width_; }
  std::string Take() { return std::move(out_); }

  void Blank() { out_ += '\n'; }
  void Rule();
  void Heading(std::string_view text);
  // Texts one after the other, wrapped. The first line follows `label`; all are indented by `indent` columns.
  void Paragraph(std::string_view label, size_t indent, const std::vector<InkedText>& texts);
  void Line(std::string_view label, size_t indent, std::string text) { Paragraph(label, indent, {{std::move(text)}}); }

 private:
  void Write(std::string_view text, Ink ink);

  const size_t width_;
  const bool colour_;
  std::string out_;
};

}  // namespace unspin
