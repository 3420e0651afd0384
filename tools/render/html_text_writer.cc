#include "render/html_text_writer.h"

#include <algorithm>

#include "render/markup.h"
#include "render/visible.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

bool IsBlank(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\r' || c == '\t'; });
}

std::string_view ElementOf(const PaintedRun& run) {
  if (!run.change) return "";
  if (*run.change == WordChange::kInserted) return "ins";
  if (*run.change == WordChange::kDeleted) return "del";
  return "b";
}

// The names of the first four different characters beyond ASCII.
std::string OddCharacters(std::string_view text) {
  std::vector<char32_t> odd;
  for (size_t at = 0; at < text.size() && odd.size() < 4;) {
    const Character character = CharacterAt(text, at);
    at += character.bytes.size();
    if (character.code < 0x80 || std::find(odd.begin(), odd.end(), character.code) != odd.end()) continue;
    odd.push_back(character.code);
  }
  std::string names;
  for (const char32_t code : odd) names += (names.empty() ? "" : ", ") + CharacterName(code);
  return names;
}

}  // namespace

TextWriter::TextWriter(const Texts& texts, const Report& report, const PaintedText& text)
    : texts_(texts),
      report_(report),
      text_(text),
      body_(text.card().text),
      seen_(text.passages().size(), false),
      seen_excluded_(text.card().excluded.size(), false),
      blank_lines_(body_.find("\n\n") != std::string::npos || body_.find("\n\r\n") != std::string::npos) {}

std::string TextWriter::Write() {
  for (const PaintedRun& run : text_.runs()) {
    const std::string_view text = std::string_view(body_).substr(run.bytes.begin, run.bytes.size());
    for (size_t at = 0; at < text.size();) {
      const size_t line_end = text.find('\n', at);
      const std::string_view line = text.substr(at, line_end == std::string_view::npos ? line_end : line_end - at);
      if (!line.empty()) WriteLine(run, line, run.bytes.begin + at);
      at += line.size();
      if (line_end == std::string_view::npos) continue;
      EndLine();
      ++at;
    }
  }
  CloseParagraph();
  return std::move(out_);
}

void TextWriter::WriteLine(const PaintedRun& run, std::string_view line, size_t begin) {
  if (IsBlank(line)) {
    if (in_paragraph_) AppendArticleText(out_, line, false);
    return;
  }
  line_is_blank_ = false;
  if (!in_paragraph_) {
    out_ += "<p data-at=\"" + std::to_string(begin) + "\">";
    in_paragraph_ = true;
  }
  Open(run.passage);
  WriteRun(run, line);
}

// In an article with blank lines a single line feed only wraps a line; in others it ends a paragraph.
void TextWriter::EndLine() {
  if (!blank_lines_ || line_is_blank_) {
    CloseParagraph();
  } else if (in_paragraph_) {
    out_ += '\n';
  }
  line_is_blank_ = true;
}

void TextWriter::CloseParagraph() {
  if (in_span_) out_ += "</span>";
  if (in_paragraph_) out_ += "</p>\n";
  in_span_ = in_paragraph_ = false;
}

void TextWriter::Open(std::optional<uint32_t> passage) {
  if (in_span_ && open_ == passage) return;
  if (in_span_) out_ += "</span>";
  if (passage) {
    OpenPassage(*passage);
  } else {
    out_ += "<span class=\"out\">";
  }
  in_span_ = true;
  open_ = passage;
}

void TextWriter::OpenPassage(uint32_t index) {
  const ShownPassage& shown = text_.passages()[index];
  const std::string attributes = "class=\"pass " + std::string(Name(shown.passage->manner)) + "\" " +
                                 texts_.AttributesOf(shown.finding, shown.number);
  if (seen_[index]) {
    out_ += "<span " + attributes + ">";
    return;
  }
  seen_[index] = true;
  const Side other = text_.side() == Side::kSuspect ? Side::kOriginal : Side::kSuspect;
  const std::string title = Text(PassageTitle(report_, shown.finding, shown.number) + "; go to it in the " +
                                 (other == Side::kSuspect ? "suspect" : "original"));
  out_ += "<span " + attributes + " id=\"" + texts_.PassageId(text_.side(), shown) + "\"><a class=\"chip\" href=\"" +
          texts_.LinkTo(other, shown.finding, shown.number) + "\" title=\"" + title + "\" aria-label=\"" + title +
          "\">" + PassageLabel(report_, shown.finding, shown.number) + "</a>";
}

void TextWriter::WriteRun(const PaintedRun& run, std::string_view text) {
  if (run.excluded) {
    out_ += OpeningExcluded(*run.excluded);
  } else if (run.masked) {
    out_ += "<span class=\"mask\">";
  }
  if (run.alert) {
    const std::string names = OddCharacters(text);
    out_ += "<span class=\"odd\"" + (names.empty() ? "" : " title=\"" + Text(names) + "\"") + ">";
  }
  const std::string_view element = ElementOf(run);
  if (!element.empty()) out_ += Opening(run, element);
  AppendArticleText(out_, text, run.alert.has_value());
  if (!element.empty()) out_ += "</" + std::string(element) + ">";
  if (run.alert) out_ += "</span>";
  if (run.excluded || run.masked) out_ += "</span>";
}

// The style writes "excluded" before the first piece of a span, which is the one with an id.
std::string TextWriter::OpeningExcluded(uint32_t index) {
  const bool first = !seen_excluded_[index];
  seen_excluded_[index] = true;
  return "<span class=\"excluded\"" + (first ? " id=\"" + ExcludedId(index) + "\"" : std::string()) +
         " data-excluded=\"" + Range(text_.card().excluded[index]) + "\">";
}

std::string TextWriter::Opening(const PaintedRun& run, std::string_view element) const {
  const WordChange change = *run.change;
  const ShownPassage& shown = text_.passages()[*run.passage];
  const auto number = shown.first_operation + (run.operation - shown.passage->operations.data());
  std::string out = "<" + std::string(element) + " data-d=\"" + std::to_string(number) + "\"";
  if (change == WordChange::kInserted || change == WordChange::kDeleted) return out + ">";
  out += " class=\"" + std::string(1, ClassOf(change)) + "\"";
  if (change == WordChange::kMoved) return out + ">";
  const bool suspect = text_.side() == Side::kSuspect;
  const std::string& counterpart = suspect ? report_.findings[shown.finding].original.text : report_.suspect.text;
  const ByteSpan span = suspect ? run.operation->original : run.operation->suspect;
  if (span.empty() || span.begin >= counterpart.size()) return out + ">";
  const std::string other = Text(std::string_view(counterpart).substr(span.begin, span.size()));
  out += " data-w=\"" + other + "\" title=\"" + (suspect ? "for “" : "became “") + other + "”";
  if (run.operation->source) out += " · " + Meaning(*run.operation->source);
  return out + "\">";
}

}  // namespace unspin::html
