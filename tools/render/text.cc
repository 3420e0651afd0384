#include "render/text.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "render/visible.h"
#include "render/wording.h"

namespace unspin {
namespace {

enum class Ink { kPlain, kStrong, kQuiet, kBad, kWarn, kGood, kNew, kOld };

const char* Escape(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kStrong:
      return "\x1b[1m";
    case Ink::kQuiet:
      return "\x1b[2m";
    case Ink::kBad:
      return "\x1b[1;31m";
    case Ink::kWarn:
      return "\x1b[1;33m";
    case Ink::kGood:
      return "\x1b[1;32m";
    case Ink::kNew:
      return "\x1b[36m";
    case Ink::kOld:
      return "\x1b[31m";
  }
  return "";
}

Ink InkOf(Verdict verdict) {
  if (verdict <= Verdict::kRewritten) return Ink::kBad;
  if (verdict <= Verdict::kCommonSource) return Ink::kWarn;
  return verdict == Verdict::kInsufficient ? Ink::kStrong : Ink::kGood;
}

// A stretch of text in one ink. Spaces inside it are places to break the line.
struct Piece {
  std::string text;
  Ink ink = Ink::kPlain;
};

std::string Cut(std::string_view text, size_t columns) {
  std::string visible = Visible(text);
  if (DisplayWidth(visible) <= columns) return visible;
  std::string out;
  size_t width = 0;
  for (size_t at = 0; at < visible.size();) {
    const Character character = CharacterAt(visible, at);
    width += DisplayWidth(character.bytes);
    if (width + 1 > columns) break;
    out += character.bytes;
    at += character.bytes.size();
  }
  return out + "…";
}

class Page {
 public:
  explicit Page(const TextOptions& options) : options_(options), width_(std::max<size_t>(options.width, 60)) {}

  size_t width() const { return width_; }
  std::string Take() { return std::move(out_); }

  void Blank() { out_ += '\n'; }
  void Rule() {
    std::string rule;
    for (size_t i = 0; i < width_; ++i) rule += "─";
    Write(rule, Ink::kQuiet);
    out_ += '\n';
  }
  void Heading(std::string_view text) {
    Blank();
    Write(text, Ink::kStrong);
    out_ += '\n';
  }

  // Pieces one after the other, wrapped; the first line behind `label`, the others below it.
  void Paragraph(std::string_view label, size_t indent, const std::vector<Piece>& pieces) {
    const size_t label_width = DisplayWidth(label);
    out_ += label;
    out_.append(indent > label_width ? indent - label_width : 0, ' ');
    size_t column = std::max(indent, label_width);
    bool space = false;
    bool fresh = true;
    for (const Piece& piece : pieces) {
      std::string_view rest = piece.text;
      while (!rest.empty()) {
        if (rest.front() == ' ') {
          space = true;
          rest.remove_prefix(1);
          continue;
        }
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(word.size());
        const size_t size = DisplayWidth(word);
        if (!fresh && space && column + 1 + size > width_) {
          out_ += '\n';
          out_.append(indent, ' ');
          column = indent;
        } else if (space && !fresh) {
          out_ += ' ';
          ++column;
        }
        Write(word, piece.ink);
        column += size;
        space = false;
        fresh = false;
      }
    }
    out_ += '\n';
  }
  void Line(std::string_view label, size_t indent, std::string text) { Paragraph(label, indent, {{std::move(text)}}); }

 private:
  void Write(std::string_view text, Ink ink) {
    const bool coloured = options_.colour && ink != Ink::kPlain;
    if (coloured) out_ += Escape(ink);
    out_ += text;
    if (coloured) out_ += "\x1b[0m";
  }

  const TextOptions& options_;
  const size_t width_;
  std::string out_;
};

constexpr size_t kIndent = 15;

// Which columns of a bar stand for bytes inside passages, and how much of each.
std::string Strip(const std::vector<ByteSpan>& spans, uint64_t bytes, size_t columns) {
  std::vector<double> filled(columns, 0.0);
  const double column_bytes = static_cast<double>(std::max<uint64_t>(bytes, 1)) / static_cast<double>(columns);
  for (const ByteSpan& span : spans) {
    for (size_t column = 0; column < columns; ++column) {
      const double begin = std::max<double>(span.begin, static_cast<double>(column) * column_bytes);
      const double end = std::min<double>(span.end, static_cast<double>(column + 1) * column_bytes);
      if (end > begin) filled[column] += (end - begin) / column_bytes;
    }
  }
  std::string bar = "[";
  for (const double share : filled) bar += share < 0.1 ? "·" : share < 0.5 ? "▒" : "█";
  return bar + "]";
}

uint64_t BytesOf(const ArticleCard& card) { return card.text.empty() ? card.bytes : card.text.size(); }

void WriteCard(Page& page, std::string_view label, const ArticleCard& card) {
  std::string line = NameOf(card);
  std::vector<std::string> parts;
  if (!card.title.empty() || !card.url.empty()) parts.push_back(Visible(card.id));
  if (card.version) parts.push_back("version " + std::to_string(*card.version));
  if (!card.site.empty()) parts.push_back(Visible(card.site));
  if (!card.published.empty()) parts.push_back(Visible(Day(card.published)));
  if (!card.title.empty() && !card.url.empty()) parts.push_back(Visible(card.url));
  if (card.words) parts.push_back(Count(card.words, "word"));
  for (const std::string& part : parts) line += " · " + part;
  page.Line("  " + std::string(label), kIndent, line);
}

std::string_view Quote(const std::string& text, ByteSpan span) {
  if (span.empty() || span.begin >= text.size()) return {};
  return std::string_view(text).substr(span.begin, span.size());
}

// Both sides of a passage as one text: `[original → suspect]`, `{+inserted+}`, `[-deleted-]`, `~moved~`.
std::vector<Piece> Merge(const ReportPassage& passage, const std::string& original, const std::string& suspect,
                         size_t words) {
  std::vector<Piece> pieces;
  uint32_t at = passage.suspect.begin;
  size_t shown = 0;
  for (size_t i = 0; i < passage.operations.size(); ++i) {
    if (shown >= words) {
      pieces.push_back({" …", Ink::kQuiet});
      return pieces;
    }
    const WordOperation& operation = passage.operations[i];
    ByteSpan in_original = operation.original;
    ByteSpan in_suspect = operation.suspect;
    // Neighbours that were inserted or deleted together read better in one bracket.
    const auto joins = [&](const WordOperation& next) {
      if (next.change != operation.change) return false;
      if (operation.change == WordChange::kInserted) return next.suspect.begin >= in_suspect.end;
      return operation.change == WordChange::kDeleted && next.original.begin >= in_original.end &&
             next.original.begin - in_original.end <= 2;
    };
    while (i + 1 < passage.operations.size() && joins(passage.operations[i + 1])) {
      ++i;
      in_original.end = std::max(in_original.end, passage.operations[i].original.end);
      in_suspect.end = std::max(in_suspect.end, passage.operations[i].suspect.end);
      ++shown;
    }
    const std::string before = Visible(Quote(original, in_original));
    const std::string after = Visible(Quote(suspect, in_suspect));
    if (!in_suspect.empty() && in_suspect.begin >= at) {
      pieces.push_back({Visible(Quote(suspect, {at, in_suspect.begin}))});
      at = in_suspect.end;
    }
    switch (operation.change) {
      case WordChange::kKept:
        pieces.push_back({after});
        break;
      case WordChange::kInserted:
        pieces.push_back({"{+" + after + "+}", Ink::kNew});
        break;
      case WordChange::kDeleted:
        pieces.push_back({" [-" + before + "-] ", Ink::kOld});
        break;
      case WordChange::kMoved:
        pieces.push_back({"~" + after + "~", Ink::kNew});
        break;
      case WordChange::kInflected:
      case WordChange::kSynonym:
      case WordChange::kReplaced:
        pieces.push_back({"[" + before, Ink::kOld});
        pieces.push_back({" → ", Ink::kQuiet});
        pieces.push_back({after + "]", Ink::kNew});
        break;
    }
    ++shown;
  }
  pieces.push_back({Visible(Quote(suspect, {at, std::max(at, passage.suspect.end)}))});
  return pieces;
}

// How much a passage tells: matched words, whatever their form, since foreign ones say nothing.
size_t Weight(const ReportPassage& passage) {
  const auto matched = std::count_if(passage.operations.begin(), passage.operations.end(), [](const WordOperation& op) {
    return !op.original.empty() && !op.suspect.empty() && op.change != WordChange::kReplaced;
  });
  return passage.operations.empty() ? passage.suspect.size() / 8 : static_cast<size_t>(matched);
}

void WritePassages(Page& page, const Report& report, const Finding& finding, const TextOptions& options) {
  if (finding.passages.empty() || report.suspect.text.empty() || options.passages == 0) return;
  std::vector<size_t> order(finding.passages.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return Weight(finding.passages[a]) > Weight(finding.passages[b]); });
  const size_t shown = std::min(options.passages, order.size());
  page.Heading(shown == finding.passages.size()
                   ? "PASSAGES"
                   : "THE MOST TELLING OF " + Grouped(finding.passages.size()) + " PASSAGES");
  page.Line("", 2, "[original → suspect]  {+inserted+}  [-deleted-]  ~moved~");
  for (size_t i = 0; i < shown; ++i) {
    const ReportPassage& passage = finding.passages[order[i]];
    page.Blank();
    page.Paragraph("", 2,
                   {{"Passage " + std::to_string(order[i] + 1) + ": ", Ink::kStrong},
                    {Meaning(passage.manner) + ", " + Percent(passage.rewrite) + " rewritten; bytes " +
                         Grouped(passage.suspect.begin) + "–" + Grouped(passage.suspect.end) + " of the suspect, " +
                         Grouped(passage.original.begin) + "–" + Grouped(passage.original.end) + " of the original",
                     Ink::kQuiet}});
    page.Paragraph("", 4, Merge(passage, finding.original.text, report.suspect.text, options.passage_words));
  }
}

void WriteSubstitutions(Page& page, const Finding& finding, size_t limit) {
  if (finding.substitutions.empty() || limit == 0) return;
  std::vector<Substitution> list = finding.substitutions;
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  const size_t rest = list.size() > limit ? list.size() - limit : 0;
  list.resize(list.size() - rest);
  page.Heading("WORDS REPLACED");
  const size_t column = std::min<size_t>(28, (page.width() - 34) / 2);
  for (const Substitution& substitution : list) {
    const std::string before = Cut(substitution.original, column);
    const std::string after = Cut(substitution.suspect, column);
    std::string line = "  " + before + std::string(column - DisplayWidth(before), ' ') + " → " + after +
                       std::string(column - DisplayWidth(after), ' ') + "  ";
    line += (substitution.count > 1 ? "×" + std::to_string(substitution.count) : "");
    page.Line(line, 2 * column + 12, Name(substitution.source));
  }
  if (rest) page.Line("", 2, "and " + Grouped(rest) + " more");
}

void WriteReasons(Page& page, const Finding& finding) {
  std::vector<Reason> reasons = finding.because;
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return std::fabs(a.weight) > std::fabs(b.weight); });
  for (const bool favour : {true, false}) {
    bool any = false;
    for (const Reason& reason : reasons) {
      if ((reason.weight >= 0) != favour) continue;
      if (!any) page.Heading(favour ? "WHAT SPEAKS FOR DERIVATION" : "WHAT SPEAKS AGAINST");
      any = true;
      page.Line("  " + Signed(reason.weight), 10, Visible(reason.text.empty() ? reason.signal : reason.text));
    }
    if (!any && !favour && !reasons.empty()) {
      page.Heading("WHAT SPEAKS AGAINST");
      page.Line("", 2, "Nothing that was measured.");
    }
  }
}

void WriteFacts(Page& page, const Finding& finding) {
  const auto kept =
      std::count_if(finding.facts.begin(), finding.facts.end(), [](const Fact& fact) { return fact.state == "kept"; });
  if (finding.facts.empty()) return;
  page.Heading("FACTS");
  page.Line("", 2,
            Grouped(static_cast<uint64_t>(kept)) + " of " + Count(finding.facts.size(), "fact") +
                " of the original kept (names, numbers, dates, quotations).");
  for (const Fact& fact : finding.facts) {
    if (fact.state != "altered") continue;
    page.Line("  altered", kIndent, Visible(fact.original) + " → " + Visible(fact.suspect));
  }
}

void WriteFinding(Page& page, const Report& report, const Finding& finding, const TextOptions& options) {
  const size_t bar = std::min<size_t>(60, page.width() - kIndent - 22);
  std::vector<ByteSpan> in_suspect;
  std::vector<ByteSpan> in_original;
  for (const ReportPassage& passage : finding.passages) {
    in_suspect.push_back(passage.suspect);
    in_original.push_back(passage.original);
  }
  WriteCard(page, "original", finding.original);
  page.Line("  probability", kIndent,
            ProbabilityPercent(finding.probability) + " that the suspect, or a part of it, derives from this original");
  page.Line("  evidence", kIndent,
            Signed(finding.log10_likelihood_ratio) + ": " + EvidenceInWords(finding.log10_likelihood_ratio));
  page.Line("  rewritten", kIndent, Percent(finding.rewrite) + " of the wording of the taken passages");
  const bool strips = !finding.passages.empty();
  page.Line("  coverage", kIndent,
            (strips ? Strip(in_suspect, BytesOf(report.suspect), bar) + " " : "") + Percent(finding.coverage.suspect) +
                " of the suspect");
  page.Line("", kIndent,
            (strips ? Strip(in_original, BytesOf(finding.original), bar) + " " : "") +
                Percent(finding.coverage.original) + " of the original");
  const WordCounts& words = finding.words;
  page.Line("  words", kIndent,
            Grouped(words.kept) + " kept, " + Grouped(words.inflected) + " inflected, " + Grouped(words.synonym) +
                " synonyms, " + Grouped(words.replaced) + " replaced, " + Grouped(words.inserted) + " inserted, " +
                Grouped(words.deleted) + " deleted, " + Grouped(words.moved) + " moved; longest run word for word " +
                Grouped(finding.longest_verbatim_run) + "; order kept " + Percent(finding.order_kept));
  page.Line("  direction", kIndent, Meaning(finding.direction));
  WritePassages(page, report, finding, options);
  WriteSubstitutions(page, finding, options.substitutions);
  WriteFacts(page, finding);
  WriteReasons(page, finding);
}

void WriteAlerts(Page& page, const Report& report) {
  if (report.alerts.empty()) return;
  page.Heading("ALERTS");
  for (const Alert& alert : report.alerts) {
    std::string line = AlertName(alert.kind) + ": " + Grouped(alert.count) + " in the suspect";
    const std::string_view example = alert.spans.empty() ? "" : Quote(report.suspect.text, alert.spans.front());
    if (!example.empty()) line += ", such as " + Cut(example, 40);
    page.Paragraph("  !", 4, {{line, Ink::kWarn}});
  }
}

void WriteNotices(Page& page, const Report& report) {
  if (report.notices.empty()) return;
  page.Heading("NOTICES");
  for (const Notice& notice : report.notices) {
    std::string line = Visible(notice.kind) + " " + Visible(notice.state) + ": ";
    if (notice.original == notice.suspect || notice.suspect.empty()) {
      line += Cut(notice.original, 120);
    } else {
      line += notice.original.empty() ? "" : Cut(notice.original, 120) + " → ";
      line += Cut(notice.suspect, 120);
    }
    page.Line("  ·", 4, line);
  }
}

}  // namespace

std::string RenderText(const Report& report, const TextOptions& options) {
  Page page(options);
  const Verdict verdict = report.summary.verdict;
  std::string label = Name(verdict);
  std::transform(label.begin(), label.end(), label.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
  page.Paragraph("", 0, {{label, InkOf(verdict)}, {"  " + Headline(report), Ink::kStrong}});
  page.Rule();
  if (report.error) page.Paragraph("  error", kIndent, {{Visible(*report.error), Ink::kBad}});
  WriteCard(page, "suspect", report.suspect);
  if (!report.error) page.Line("  verdict", kIndent, Meaning(report));
  for (size_t i = 0; i < report.findings.size(); ++i) {
    if (i > 0) {
      page.Blank();
      page.Paragraph("", 0,
                     {{Headline(report.findings[i].verdict, NameOf(report.findings[i].original)), Ink::kStrong}});
      page.Rule();
    }
    WriteFinding(page, report, report.findings[i], options);
  }
  WriteAlerts(page, report);
  WriteNotices(page, report);
  page.Blank();
  page.Paragraph("", 0, {{kCaution, Ink::kQuiet}});
  return page.Take();
}

}  // namespace unspin
