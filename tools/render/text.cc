#include "render/text.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "render/text_page.h"
#include "render/visible.h"
#include "render/wording.h"

namespace unspin {
namespace {

Ink InkOf(Verdict verdict) {
  if (verdict <= Verdict::kRewritten) return Ink::kBad;
  if (verdict <= Verdict::kCommonSource) return Ink::kWarn;
  return verdict == Verdict::kInsufficient ? Ink::kStrong : Ink::kGood;
}

// In columns.
constexpr size_t kIndent = 15;           // of what follows a label
constexpr size_t kMinTableWidth = 60;    // of a page whose lists are tables: each word has 13
constexpr size_t kPercentageWidth = 22;  // of " 34% of the original" beside a bar, and its brackets
constexpr size_t kMinBar = 12, kMaxBar = 60;

// A bar of `columns` for a text of `bytes`: each shows how much of it lies in passages.
std::string CoverageBar(const std::vector<ByteSpan>& spans, uint64_t bytes, size_t columns) {
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

void WriteCard(TextPage& page, std::string_view label, const ArticleCard& card) {
  std::string line = NameOf(card);
  std::vector<std::string> details;
  if (!card.title.empty() || !card.url.empty()) details.push_back(Visible(card.id));
  if (card.version) details.push_back("version " + std::to_string(*card.version));
  if (!card.site.empty()) details.push_back(Visible(card.site));
  if (!card.published.empty()) details.push_back(Visible(Day(card.published)));
  if (!card.title.empty() && !card.url.empty()) details.push_back(Visible(card.url));
  if (card.words) details.push_back(Count(card.words, "word"));
  for (const std::string& detail : details) line += " · " + detail;
  page.Line("  " + std::string(label), kIndent, line);
}

std::string_view Quote(const std::string& text, ByteSpan span) {
  if (span.empty() || span.begin >= text.size()) return {};
  return std::string_view(text).substr(span.begin, span.size());
}

// Both sides of a passage as one text: `[original → suspect]`, `{+inserted+}`, `[-deleted-]`, `~moved~`.
class PassageMerger {
 public:
  PassageMerger(const ReportPassage& passage, const std::string& original, const std::string& suspect)
      : passage_(passage), original_(original), suspect_(suspect), written_(passage.suspect.begin) {}

  // Stops with an ellipsis after `max_words`.
  std::vector<InkedText> Merge(size_t max_words) {
    size_t words = 0;
    const std::vector<WordOperation>& operations = passage_.operations;
    for (size_t i = 0; i < operations.size();) {
      if (words >= max_words) {
        out_.push_back({" …", Ink::kQuiet});
        return std::move(out_);
      }
      // Neighbours that were inserted or deleted together are easier to read in one bracket.
      WordOperation joined = operations[i];
      for (++i, ++words; i < operations.size() && Joins(joined, operations[i]); ++i, ++words) {
        joined.original.end = std::max(joined.original.end, operations[i].original.end);
        joined.suspect.end = std::max(joined.suspect.end, operations[i].suspect.end);
      }
      Write(joined);
    }
    out_.push_back({Visible(Quote(suspect_, {written_, std::max(written_, passage_.suspect.end)}))});
    return std::move(out_);
  }

 private:
  static bool Joins(const WordOperation& joined, const WordOperation& next) {
    constexpr uint32_t kMaxGap = 2;  // bytes between deleted words
    if (next.change != joined.change) return false;
    if (joined.change == WordChange::kInserted) return next.suspect.begin >= joined.suspect.end;
    return joined.change == WordChange::kDeleted && next.original.begin >= joined.original.end &&
           next.original.begin - joined.original.end <= kMaxGap;
  }

  void Write(const WordOperation& operation) {
    const std::string before = Visible(Quote(original_, operation.original));
    const std::string after = Visible(Quote(suspect_, operation.suspect));
    if (!operation.suspect.empty() && operation.suspect.begin >= written_) {
      out_.push_back({Visible(Quote(suspect_, {written_, operation.suspect.begin}))});
      written_ = operation.suspect.end;
    }
    switch (operation.change) {
      case WordChange::kKept:
        out_.push_back({after});
        break;
      case WordChange::kInserted:
        out_.push_back({"{+" + after + "+}", Ink::kNew});
        break;
      case WordChange::kDeleted:
        out_.push_back({" [-" + before + "-] ", Ink::kOld});
        break;
      case WordChange::kMoved:
        out_.push_back({"~" + after + "~", Ink::kNew});
        break;
      case WordChange::kInflected:
      case WordChange::kSynonym:
      case WordChange::kReplaced:
        out_.push_back({"[" + before, Ink::kOld});
        out_.push_back({" → ", Ink::kQuiet});
        out_.push_back({after + "]", Ink::kNew});
        break;
    }
  }

  const ReportPassage& passage_;
  const std::string& original_;
  const std::string& suspect_;
  uint32_t written_;  // the suspect's text before this byte is in `out_`
  std::vector<InkedText> out_;
};

// How telling a passage is: its matched words in any form. Replaced words that nothing relates say nothing.
size_t Weight(const ReportPassage& passage) {
  const auto matched = std::count_if(passage.operations.begin(), passage.operations.end(), [](const WordOperation& op) {
    return !op.original.empty() && !op.suspect.empty() && op.change != WordChange::kReplaced;
  });
  return passage.operations.empty() ? passage.suspect.size() / 8 : static_cast<size_t>(matched);
}

void WritePassages(TextPage& page, const Report& report, const Finding& finding, const TextOptions& options) {
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
    page.Paragraph(
        "", 2,
        {{"Passage " + std::to_string(order[i] + 1) + ": ", Ink::kStrong},
         {Meaning(passage.manner) + ", " + Percent(passage.rewrite) + " rewritten; bytes " +
              Grouped(passage.suspect.begin) + "–" + Grouped(passage.suspect.end) + " of the suspect's text, " +
              Grouped(passage.original.begin) + "–" + Grouped(passage.original.end) + " of the original's",
          Ink::kQuiet}});
    page.Paragraph("", 4,
                   PassageMerger(passage, finding.original.text, report.suspect.text).Merge(options.passage_words));
  }
}

void WriteSubstitutions(TextPage& page, const Finding& finding, size_t limit) {
  if (finding.substitutions.empty() || limit == 0) return;
  std::vector<Substitution> list = finding.substitutions;
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  const size_t rest = list.size() > limit ? list.size() - limit : 0;
  list.resize(list.size() - rest);
  page.Heading("WORDS REPLACED");
  for (const Substitution& substitution : list) {
    const std::string times = substitution.count > 1 ? "×" + std::to_string(substitution.count) : "";
    const std::string source = Name(substitution.source);
    if (page.width() < kMinTableWidth) {
      page.Line("  ", 4,
                Visible(substitution.original) + " → " + Visible(substitution.suspect) +
                    (times.empty() ? "" : "  " + times) + " (" + source + ")");
      continue;
    }
    const size_t column = std::min<size_t>(28, (page.width() - 34) / 2);
    page.Line("  " + page.Cell(substitution.original, column) + " → " + page.Cell(substitution.suspect, column) + "  " +
                  times,
              2 * column + 12, source);
  }
  if (rest) page.Line("", 2, "and " + Grouped(rest) + " more");
}

void WriteReasons(TextPage& page, const Finding& finding) {
  std::vector<Reason> reasons = finding.because;
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return std::fabs(a.weight) > std::fabs(b.weight); });
  if (reasons.empty()) return;
  const auto text_of = [](const Reason& reason) { return Visible(reason.text.empty() ? reason.signal : reason.text); };
  for (const bool favour : {true, false}) {
    page.Heading(favour ? "WHAT SPEAKS FOR DERIVATION" : "WHAT SPEAKS AGAINST");
    bool any = false;
    for (const Reason& reason : reasons) {
      if (reason.weight == 0 || (reason.weight > 0) != favour) continue;
      any = true;
      page.Line("  " + Signed(reason.weight), 10, text_of(reason));
    }
    if (!any) page.Line("", 2, "Nothing that was measured.");
  }
  bool any = false;
  for (const Reason& reason : reasons) {
    if (reason.weight != 0) continue;
    if (!std::exchange(any, true)) page.Heading("WHAT TO KNOW ABOUT IT");
    page.Line("", 2, text_of(reason));
  }
}

void WriteFacts(TextPage& page, const Finding& finding) {
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

void WriteLicence(TextPage& page, const Licence& licence) {
  page.Paragraph("  licence", kIndent, {{Visible(licence.text), HasBrokenTerm(licence) ? Ink::kWarn : Ink::kStrong}});
  if (!licence.rule.empty()) page.Line("", kIndent, "rule: " + Visible(licence.rule));
}

void WriteFinding(TextPage& page, const Report& report, const Finding& finding, const TextOptions& options) {
  // Beside its percentage, or above it where the line is short.
  const size_t beside = page.width() - std::min(page.width(), kIndent + kPercentageWidth);
  const size_t bar = beside >= kMinBar ? std::min(kMaxBar, beside) : page.width() - kIndent - 2;
  std::vector<ByteSpan> in_suspect;
  std::vector<ByteSpan> in_original;
  for (const ReportPassage& passage : finding.passages) {
    in_suspect.push_back(passage.suspect);
    in_original.push_back(passage.original);
  }
  WriteCard(page, "original", finding.original);
  if (finding.licence) WriteLicence(page, *finding.licence);
  page.Line("  probability", kIndent,
            ProbabilityPercent(finding.probability) + " that the suspect, or a part of it, derives from this original");
  page.Line("  evidence", kIndent,
            Signed(finding.log10_likelihood_ratio) + ": " + EvidenceInWords(finding.log10_likelihood_ratio));
  page.Line("  rewritten", kIndent, Percent(finding.rewrite) + " of the wording of the taken passages");
  const bool has_passages = !finding.passages.empty();
  page.Line("  coverage", kIndent,
            (has_passages ? CoverageBar(in_suspect, BytesOf(report.suspect), bar) + " " : "") +
                Percent(finding.coverage.suspect) + " of the suspect");
  page.Line("", kIndent,
            (has_passages ? CoverageBar(in_original, BytesOf(finding.original), bar) + " " : "") +
                Percent(finding.coverage.original) + " of the original");
  const WordCounts& words = finding.words;
  page.Line("  words", kIndent,
            Grouped(words.kept) + " kept, " + Grouped(words.inflected) + " inflected, " + Grouped(words.synonym) +
                " synonyms, " + Grouped(words.replaced) + " replaced, " + Grouped(words.inserted) + " inserted, " +
                Grouped(words.deleted) + " deleted, " + Grouped(words.moved) + " moved; longest run word for word " +
                Grouped(finding.longest_verbatim_run) + "; order kept " + Percent(finding.order_kept));
  if (const std::string shared = SharedSentence(finding.shared.suspect); !shared.empty())
    page.Line("  shared", kIndent, shared);
  if (const std::string credit = CreditSentence(finding, report.suspect.marks); !credit.empty())
    page.Line("  credit", kIndent, credit);
  page.Line("  direction", kIndent, Meaning(finding.direction));
  WritePassages(page, report, finding, options);
  WriteSubstitutions(page, finding, options.substitutions);
  WriteFacts(page, finding);
  WriteReasons(page, finding);
}

void WriteAlerts(TextPage& page, const Report& report) {
  if (report.alerts.empty()) return;
  page.Heading("ALERTS");
  for (const Alert& alert : report.alerts) {
    std::string line = AlertName(alert.kind) + ": ";
    line +=
        alert.kind == "charset-guessed" ? "nothing in the suspect names it" : Grouped(alert.count) + " in the suspect";
    const std::string_view example = alert.spans.empty() ? "" : Quote(report.suspect.text, alert.spans.front());
    if (!example.empty()) line += ", such as " + Cut(example, 40);
    page.Paragraph("  !", 4, {{line, Ink::kWarn}});
  }
}

void WriteNotices(TextPage& page, const Report& report) {
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

// The page's own address is shown with the suspect.
void WriteMarks(TextPage& page, const Report& report) {
  const std::vector<PageMark> marks = ShownMarks(report);
  if (marks.empty()) return;
  page.Heading("WHAT THE PAGE SAYS OF ITS SOURCE");
  page.Line("", 2, std::string(kMarksCaution));
  for (const PageMark& mark : marks) page.Line("  ·", 4, MarkSentence(report, mark));
}

}  // namespace

std::string RenderText(const Report& report, const TextOptions& options) {
  TextPage page({options.width, options.colour, options.ascii});
  const Verdict verdict = report.summary.verdict;
  std::string label = Name(verdict);
  std::transform(label.begin(), label.end(), label.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
  page.Paragraph("", 0, {{label, InkOf(verdict)}, {"  " + Headline(report), Ink::kStrong}});
  page.Rule();
  if (report.error) page.Paragraph("  error", kIndent, {{Visible(*report.error), Ink::kBad}});
  WriteCard(page, "suspect", report.suspect);
  if (!report.error) page.Line("  verdict", kIndent, Meaning(report));
  if (!report.set_aside.empty()) page.Line("  set aside", kIndent, SetAside(report));
  if (const std::string excluded = ExcludedSentence(report); !excluded.empty())
    page.Line("  excluded", kIndent, excluded);
  if (const std::string missing = MissingKnowledge(report); !missing.empty()) page.Line("  archive", kIndent, missing);
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
  WriteMarks(page, report);
  page.Blank();
  page.Paragraph("", 0, {{kCaution, Ink::kQuiet}});
  return page.Take();
}

}  // namespace unspin
