#include "render/html_article.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "render/markup.h"
#include "render/paint.h"
#include "render/visible.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

std::string PassageId(size_t finding, Side side, size_t passage) {
  return "f" + std::to_string(finding) + (side == Side::kSuspect ? "-s" : "-o") + std::to_string(passage + 1);
}

ByteSpan OnSide(const ReportPassage& passage, Side side) {
  return side == Side::kSuspect ? passage.suspect : passage.original;
}

// Where a link to the passage leads on a side. Copies of one text have the same span of the original, which is shown as
// the first one's.
std::string LinkTo(const Finding& finding, size_t number, Side side, size_t passage) {
  const uint32_t begin = OnSide(finding.passages[passage], side).begin;
  size_t first = 0;
  const auto shows = [&](ByteSpan span) { return span.begin <= begin && begin < span.end; };
  while (first < passage && !shows(OnSide(finding.passages[first], side))) ++first;
  return "#" + PassageId(number, side, first);
}

uint64_t BytesOf(const ArticleCard& card) {
  return std::max<uint64_t>(card.text.empty() ? card.bytes : card.text.size(), 1);
}

std::string PassageTitle(const ReportPassage& passage, size_t number) {
  return "Passage " + std::to_string(number + 1) + ": " + Meaning(passage.manner) + ", " + Percent(passage.rewrite) +
         " rewritten";
}

// The bar of one side: a link per passage, hatching for masked text.
std::string Bar(const ArticleCard& card, const Finding& finding, size_t number, Side side) {
  const auto whole = static_cast<double>(BytesOf(card));
  const std::string_view name = side == Side::kSuspect ? "suspect" : "original";
  std::string out = "<div class=\"bar\" role=\"group\" aria-label=\"Passages in the " + std::string(name) + "\">";
  const auto style = [&](ByteSpan span) {
    return "style=\"left:" + Share(span.begin, whole) + ";width:" + Share(span.size(), whole) + "\"";
  };
  for (size_t i = 0; i < finding.passages.size(); ++i) {
    const ReportPassage& passage = finding.passages[i];
    const ByteSpan span = OnSide(passage, side);
    if (span.empty()) continue;
    const std::string title = Text(PassageTitle(passage, i));
    out += "<a class=\"" + std::string(Name(passage.manner)) + "\" href=\"" + LinkTo(finding, number, side, i) +
           "\" data-p=\"" + std::to_string(i + 1) + "\" " + style(span) + " title=\"" + title + "\"><span>" + title +
           "</span></a>";
  }
  for (const ByteSpan& span : card.masked) {
    if (!span.empty()) out += "<i " + style(span) + "></i>";
  }
  return out + "</div>\n";
}

// Polygons that join the passages of the two bars.
std::string Ribbons(const Report& report, const Finding& finding) {
  const double top = 1000 / static_cast<double>(BytesOf(report.suspect));
  const double bottom = 1000 / static_cast<double>(BytesOf(finding.original));
  std::string out = "<svg class=\"ribbons\" viewBox=\"0 0 1000 60\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  for (size_t i = 0; i < finding.passages.size(); ++i) {
    const ReportPassage& passage = finding.passages[i];
    const auto point = [](double x, const char* y) { return Decimal(x, 1) + "," + y + " "; };
    out += "<polygon class=\"" + std::string(Name(passage.manner)) + "\" data-p=\"" + std::to_string(i + 1) +
           "\" points=\"" + point(passage.suspect.begin * top, "0") + point(passage.suspect.end * top, "0") +
           point(passage.original.end * bottom, "60") + point(passage.original.begin * bottom, "60") + "\"/>";
  }
  return out + "</svg>\n";
}

std::string PassageTable(const Finding& finding, size_t number) {
  std::string out =
      "<details class=\"more\"><summary>The passages as a table</summary><div class=\"scroll\"><table><thead><tr>"
      "<th>Passage</th><th>Suspect, bytes</th><th>Original, bytes</th><th>Manner</th><th class=\"n\">Rewritten</th>"
      "</tr></thead><tbody>\n";
  const auto range = [](ByteSpan span) { return Grouped(span.begin) + "–" + Grouped(span.end); };
  for (size_t i = 0; i < finding.passages.size(); ++i) {
    const ReportPassage& passage = finding.passages[i];
    out += "<tr><td>" + std::to_string(i + 1) + "</td><td><a href=\"" + LinkTo(finding, number, Side::kSuspect, i) +
           "\">" + range(passage.suspect) + "</a></td><td><a href=\"" + LinkTo(finding, number, Side::kOriginal, i) +
           "\">" + range(passage.original) + "</a></td><td>" + Name(passage.manner) + ": " + Meaning(passage.manner) +
           "</td><td class=\"n\">" + Percent(passage.rewrite) + "</td></tr>\n";
  }
  return out + "</tbody></table></div></details>\n";
}

// Writes one article: paragraphs, inside them passages, inside those the words that changed.
class ArticleWriter {
 public:
  ArticleWriter(const ArticleCard& card, const std::string& counterpart, const Finding& finding, size_t number,
                Side side)
      : card_(card),
        counterpart_(counterpart),
        finding_(finding),
        number_(number),
        side_(side),
        seen_(finding.passages.size(), false),
        blank_lines_(card.text.find("\n\n") != std::string::npos || card.text.find("\n\r\n") != std::string::npos) {}

  std::string Write(const std::vector<Alert>& alerts) {
    for (const PaintedRun& run : Paint(card_, side_, finding_.passages, alerts)) {
      const std::string_view text = std::string_view(card_.text).substr(run.bytes.begin, run.bytes.size());
      for (size_t at = 0; at < text.size();) {
        const size_t line_end = text.find('\n', at);
        const std::string_view line = text.substr(at, line_end == std::string_view::npos ? line_end : line_end - at);
        if (!line.empty()) WriteLine(run, line);
        at += line.size();
        if (line_end == std::string_view::npos) continue;
        EndLine();
        ++at;
      }
    }
    CloseParagraph();
    return std::move(out_);
  }

 private:
  void WriteLine(const PaintedRun& run, std::string_view line) {
    if (std::all_of(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\r' || c == '\t'; })) {
      if (in_paragraph_) out_ += ' ';
      return;
    }
    line_is_blank_ = false;
    if (!in_paragraph_) {
      out_ += "<p>";
      in_paragraph_ = true;
    }
    if (open_ != run.passage) {
      ClosePassage();
      if (run.passage) OpenPassage(*run.passage);
    }
    WriteRun(run, line);
  }

  // In an article with blank lines a single line feed only wraps a line; in others it ends a paragraph.
  void EndLine() {
    if (!blank_lines_ || line_is_blank_) {
      CloseParagraph();
    } else if (in_paragraph_) {
      out_ += '\n';
    }
    line_is_blank_ = true;
  }
  void CloseParagraph() {
    ClosePassage();
    if (in_paragraph_) out_ += "</p>\n";
    in_paragraph_ = false;
  }

  void OpenPassage(uint32_t index) {
    const ReportPassage& passage = finding_.passages[index];
    const std::string label = std::to_string(index + 1);
    const std::string classes = "class=\"pass " + std::string(Name(passage.manner)) + "\" data-p=\"" + label + "\"";
    if (seen_[index]) {
      out_ += "<span " + classes + ">";
    } else {
      const Side other = side_ == Side::kSuspect ? Side::kOriginal : Side::kSuspect;
      const std::string title = Text(PassageTitle(passage, index) + "; go to it in the " +
                                     (other == Side::kSuspect ? "suspect" : "original"));
      out_ += "<span " + classes + " id=\"" + PassageId(number_, side_, index) + "\"><a class=\"chip\" href=\"" +
              LinkTo(finding_, number_, other, index) + "\" title=\"" + title + "\" aria-label=\"" + title + "\">" +
              label + "</a>";
      seen_[index] = true;
    }
    open_ = index;
  }
  void ClosePassage() {
    if (open_) out_ += "</span>";
    open_.reset();
  }

  void WriteRun(const PaintedRun& run, std::string_view text) {
    if (run.masked) out_ += "<span class=\"mask\">";
    if (run.alert) {
      const std::string names = OddCharacters(text);
      out_ += "<span class=\"odd\"" + (names.empty() ? "" : " title=\"" + Text(names) + "\"") + ">";
    }
    const std::string element = Element(run);
    if (!element.empty()) out_ += Opening(run, element);
    AppendArticleText(out_, text, run.alert.has_value());
    if (!element.empty()) out_ += "</" + element + ">";
    if (run.alert) out_ += "</span>";
    if (run.masked) out_ += "</span>";
  }

  static std::string Element(const PaintedRun& run) {
    if (!run.change) return "";
    if (*run.change == WordChange::kInserted) return "ins";
    if (*run.change == WordChange::kDeleted) return "del";
    return "b";
  }

  std::string Opening(const PaintedRun& run, const std::string& element) const {
    const WordChange change = *run.change;
    if (change == WordChange::kInserted || change == WordChange::kDeleted) return "<" + element + ">";
    std::string out = "<" + element + " class=\"" + ClassOf(change) + "\"";
    if (change == WordChange::kMoved) return out + ">";
    const ByteSpan span = side_ == Side::kSuspect ? run.operation->original : run.operation->suspect;
    if (span.empty() || span.begin >= counterpart_.size()) return out + ">";
    const std::string other = Text(std::string_view(counterpart_).substr(span.begin, span.size()));
    out += " data-w=\"" + other + "\" title=\"" + (side_ == Side::kSuspect ? "for “" : "became “") + other + "”";
    if (run.operation->source) out += " · " + Meaning(*run.operation->source);
    return out + "\">";
  }

  // The names of the first four different characters beyond ASCII.
  static std::string OddCharacters(std::string_view text) {
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

  const ArticleCard& card_;
  const std::string& counterpart_;
  const Finding& finding_;
  const size_t number_;
  const Side side_;
  std::vector<bool> seen_;
  const bool blank_lines_;
  std::optional<uint32_t> open_;
  bool in_paragraph_ = false;
  bool line_is_blank_ = true;
  std::string out_;
};

std::string Pane(const Report& report, const Finding& finding, size_t number, Side side) {
  const bool suspect = side == Side::kSuspect;
  const ArticleCard& card = suspect ? report.suspect : finding.original;
  const ArticleCard& other = suspect ? finding.original : report.suspect;
  static const std::vector<Alert> kNoAlerts;
  std::string byline;
  for (const std::string& part : {card.site, Day(card.published)}) {
    if (!part.empty()) byline += (byline.empty() ? "" : " · ") + Text(part);
  }
  ArticleWriter writer(card, other.text, finding, number, side);
  return "<section class=\"pane\" tabindex=\"0\" data-side=\"" + std::string(suspect ? "s" : "o") +
         "\" aria-label=\"Text of the " + (suspect ? "suspect" : "original") + "\">\n<header><p class=\"role\">" +
         (suspect ? "Suspect" : "Original") + "</p><h3 dir=\"auto\">" + Text(NameOf(card)) + "</h3>" +
         (byline.empty() ? "" : "<p class=\"byline\">" + byline + "</p>") +
         "</header>\n<div class=\"text\" dir=\"auto\">\n" + writer.Write(suspect ? report.alerts : kNoAlerts) +
         "</div>\n</section>\n";
}

}  // namespace

char ClassOf(WordChange change) {
  switch (change) {
    case WordChange::kKept:
      return 'k';
    case WordChange::kInflected:
      return 'f';
    case WordChange::kSynonym:
      return 'y';
    case WordChange::kReplaced:
      return 'r';
    case WordChange::kInserted:
      return 'i';
    case WordChange::kDeleted:
      return 'd';
    case WordChange::kMoved:
      return 'm';
  }
  return 'k';
}

std::string PassageMap(const Report& report, const Finding& finding, size_t number) {
  if (finding.passages.empty()) return "";
  std::vector<bool> present(4, false);
  for (const ReportPassage& passage : finding.passages) present[static_cast<size_t>(passage.manner)] = true;
  std::string key;
  for (const Manner manner : {Manner::kCopy, Manner::kEdited, Manner::kSpun, Manner::kRewritten}) {
    if (!present[static_cast<size_t>(manner)]) continue;
    key += "<li><i class=\"" + std::string(Name(manner)) + "\"></i>" + Meaning(manner) + "</li>";
  }
  if (!report.suspect.masked.empty() || !finding.original.masked.empty()) {
    key += "<li><i class=\"masked\"></i>not counted: quotations, notices and the like</li>";
  }
  return "<section class=\"map\">\n<h3>Where the text went</h3>\n<p class=\"note\">Both articles from beginning to "
         "end. "
         "Each block is a passage that they share; choose one to see it.</p>\n<p class=\"side\">Suspect · " +
         Percent(finding.coverage.suspect) + " taken</p>\n" + Bar(report.suspect, finding, number, Side::kSuspect) +
         Ribbons(report, finding) + Bar(finding.original, finding, number, Side::kOriginal) +
         "<p class=\"side\">Original · " + Percent(finding.coverage.original) +
         " carried over</p>\n<ul class=\"key\">" + key + "</ul>\n" + PassageTable(finding, number) + "</section>\n";
}

std::string SideBySide(const Report& report, const Finding& finding, size_t number) {
  if (report.suspect.text.empty() || finding.original.text.empty()) {
    return "<section><h3>The texts</h3><p class=\"note\">This report was made without the texts.</p></section>\n";
  }
  const std::string toggle = "f" + std::to_string(number) + "-inline";
  return "<section class=\"texts\">\n<h3>Both texts, side by side</h3>\n"
         "<p class=\"note\">Numbers mark the passages and lead to their other side; words outside them are pale. "
         "<span class=\"screen\">A marked word says what it stands for when it is pointed at.</span></p>\n<input "
         "type=\"checkbox\" id=\"" +
         toggle + "\"><label for=\"" + toggle +
         "\">Write the replaced words into the text</label>\n<div class=\"panes\">\n" +
         Pane(report, finding, number, Side::kSuspect) + Pane(report, finding, number, Side::kOriginal) +
         "</div>\n</section>\n";
}

}  // namespace unspin::html
