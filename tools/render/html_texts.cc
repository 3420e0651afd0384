#include "render/html_texts.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "render/html_text_writer.h"
#include "render/markup.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

const std::vector<Alert> kNoAlerts;

std::vector<ShownPassage> PassagesOf(const Finding& finding, size_t number) {
  std::vector<ShownPassage> passages;
  uint32_t operations = 0;
  for (size_t i = 0; i < finding.passages.size(); ++i) {
    passages.push_back({&finding.passages[i], number, i, operations});
    operations += static_cast<uint32_t>(finding.passages[i].operations.size());
  }
  return passages;
}

std::vector<ShownPassage> PassagesOf(const Report& report) {
  std::vector<ShownPassage> all;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const std::vector<ShownPassage> passages = PassagesOf(report.findings[i], i);
    all.insert(all.end(), passages.begin(), passages.end());
  }
  return all;
}

std::string ExcludedNote(const Report& report) {
  const std::string sentence = ExcludedSentence(report);
  if (sentence.empty()) return "";
  return "<p class=\"note\"><a href=\"#" + ExcludedId(0) + "\">" + sentence + "</a></p>\n";
}

}  // namespace

PaintedText::PaintedText(const ArticleCard& card, Side side, std::vector<ShownPassage> passages,
                         const std::vector<Alert>& alerts)
    : card_(card), side_(side), passages_(std::move(passages)) {
  std::vector<const ReportPassage*> list;
  for (const ShownPassage& passage : passages_) list.push_back(passage.passage);
  runs_ = Paint(card, side, list, alerts);
}

size_t PaintedText::ShownAt(uint32_t byte, size_t otherwise) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), byte,
                                      [](uint32_t at, const PaintedRun& run) { return at < run.bytes.begin; });
  if (after == runs_.begin()) return otherwise;
  return std::prev(after)->passage.value_or(static_cast<uint32_t>(otherwise));
}

Texts::Texts(const Report& report)
    : report_(report), suspect_(report.suspect, Side::kSuspect, PassagesOf(report), report.alerts) {
  size_t first = 0;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    first_passage_.push_back(first);
    first += finding.passages.size();
    originals_.emplace_back(finding.original, Side::kOriginal, PassagesOf(finding, i), kNoAlerts);
  }
}

std::string Texts::PassageId(Side side, const ShownPassage& passage) const {
  return "f" + std::to_string(passage.finding + 1) + (side == Side::kSuspect ? "-s" : "-o") +
         std::to_string(passage.number + 1);
}

std::string Texts::LinkTo(Side side, size_t finding, size_t passage) const {
  const ReportPassage& wanted = report_.findings[finding].passages[passage];
  const PaintedText& text = side == Side::kSuspect ? suspect_ : originals_[finding];
  const size_t index = side == Side::kSuspect ? first_passage_[finding] + passage : passage;
  const uint32_t begin = side == Side::kSuspect ? wanted.suspect.begin : wanted.original.begin;
  return "#" + PassageId(side, text.passages()[text.ShownAt(begin, index)]);
}

std::string Texts::AttributesOf(size_t finding, size_t passage) const {
  const ReportPassage& of = report_.findings[finding].passages[passage];
  return "data-f=\"" + std::to_string(finding + 1) + "\" data-p=\"" + std::to_string(passage + 1) +
         "\" data-suspect=\"" + Range(of.suspect) + "\" data-original=\"" + Range(of.original) + "\"";
}

bool Texts::HasTexts() const {
  return !report_.suspect.text.empty() &&
         std::any_of(report_.findings.begin(), report_.findings.end(),
                     [](const Finding& finding) { return !finding.original.text.empty(); });
}

// What the script paints into the suspect's text when another finding is chosen: passages as
// "suspect bytes,original bytes,manner", then words as "bytes,class,number".
std::string Texts::MarksOf(size_t finding) const {
  std::string passages, words;
  uint32_t number = 0;
  for (const ReportPassage& passage : report_.findings[finding].passages) {
    passages += (passages.empty() ? "" : " ") + Range(passage.suspect) + "," + Range(passage.original) + "," +
                Name(passage.manner);
    for (const WordOperation& operation : passage.operations) {
      ++number;
      if (operation.change == WordChange::kKept || operation.suspect.empty()) continue;
      words += (words.empty() ? "" : " ") + Range(operation.suspect) + "," + ClassOf(operation.change) + "," +
               std::to_string(number - 1);
    }
  }
  return " data-passages=\"" + passages + "\" data-words=\"" + words + "\"";
}

std::string Texts::Pane(const PaintedText& text, size_t finding) const {
  const ArticleCard& card = text.card();
  const bool suspect = text.side() == Side::kSuspect;
  const bool several = report_.findings.size() > 1;
  std::string byline;
  for (const std::string& part : {card.site, Day(card.published)}) {
    if (!part.empty()) byline += (byline.empty() ? "" : " · ") + Text(part);
  }
  const std::string number = std::to_string(finding + 1);
  const std::string role = suspect ? "Suspect" : "Original" + (several ? " " + number : "");
  std::string attributes = " data-side=\"s\"";
  if (!suspect) {
    attributes = " data-side=\"o\" data-f=\"" + number + "\" data-original-id=\"" + Text(card.id) + "\"" +
                 (several ? MarksOf(finding) : "");
  }
  return "<section class=\"pane\" tabindex=\"0\"" + attributes + " aria-label=\"Text: " + role +
         "\">\n<header><p class=\"role\">" + role + "</p><h3 dir=\"auto\">" + Text(NameOf(card)) + "</h3>" +
         (byline.empty() ? "" : "<p class=\"byline\">" + byline + "</p>") +
         "</header>\n<div class=\"text\" dir=\"auto\">\n" +
         (card.text.empty() ? "<p class=\"note\">This report was made without the text.</p>\n"
                            : TextWriter(*this, report_, text).Write()) +
         "</div>\n</section>\n";
}

// Boxes that need no script come first; the others are shown by the script that makes them work.
std::string Texts::Toolbar() const {
  std::string options;
  for (size_t i = 0; i < report_.findings.size(); ++i) {
    options += "<option value=\"" + std::to_string(i + 1) + "\">" + std::to_string(i + 1) + ": " +
               Text(NameOf(report_.findings[i].original)) + "</option>";
  }
  return "<div class=\"tools\" role=\"group\" aria-label=\"How the texts are shown\">\n" +
         (report_.findings.size() > 1
              ? "<label class=\"scripted\" hidden>Original <select class=\"which\">" + options + "</select></label>\n"
              : std::string()) +
         "<span class=\"scripted steps\" hidden><button type=\"button\" class=\"previous\" aria-keyshortcuts=\"p\">"
         "← Previous <kbd>p</kbd></button> <button type=\"button\" class=\"next\" aria-keyshortcuts=\"n\">Next → "
         "<kbd>n</kbd></button> <span class=\"where\" role=\"status\"></span></span>\n"
         "<label><input type=\"checkbox\" class=\"only-taken\"> only what was taken</label>\n"
         "<label><input type=\"checkbox\" class=\"inline-words\"> replaced words in the text</label>\n"
         "<label class=\"scripted\" hidden><input type=\"checkbox\" class=\"locked\" checked> scroll together"
         "</label>\n</div>\n";
}

// The text that an editor judges, where there is nothing to lay beside it.
std::string Texts::SuspectAlone() const {
  const ArticleCard& card = suspect_.card();
  if (card.text.empty()) return "";
  const std::string says = report_.error                                       ? "It was not checked."
                           : report_.summary.verdict == Verdict::kInsufficient ? "It is too short to be judged."
                           : report_.archive ? "Nothing of the archive was found in it."
                                             : "Nothing of the other article was found in it.";
  const std::string legend =
      card.masked.empty() ? "" : "<ul class=\"legend\">\n" + LegendOfUncounted(report_) + "</ul>\n";
  return "<section class=\"texts\" id=\"unspin-texts\">\n<h2>The suspect’s text</h2>\n<p class=\"note\">" + says +
         "</p>\n" + ExcludedNote(report_) + legend + "<div class=\"alone\">\n" + Pane(suspect_, 0) +
         "</div>\n</section>\n";
}

std::string Texts::Render() const {
  if (report_.findings.empty()) return SuspectAlone();
  std::string out = "<section class=\"texts\" id=\"unspin-texts\">\n<h2>Both texts, side by side</h2>\n";
  if (!HasTexts()) return out + "<p class=\"note\">This report was made without the texts.</p></section>\n";
  out +=
      "<p class=\"note\">Numbers mark the passages and lead to their other side; words outside them are pale. "
      "<span class=\"screen\">A marked word says what it stands for when it is pointed at.</span></p>\n";
  if (report_.findings.size() > 1) {
    out +=
        "<p class=\"note unscripted\">The suspect stands once. Where several originals have a passage of it, its "
        "words are marked against the first of them.</p>\n";
  }
  out += ExcludedNote(report_);
  out += Toolbar() + "<div class=\"panes\">\n" + Pane(suspect_, 0) + "<div class=\"originals\">\n";
  for (size_t i = 0; i < originals_.size(); ++i) out += Pane(originals_[i], i);
  return out + "</div>\n</div>\n</section>\n";
}

std::string Range(ByteSpan span) { return std::to_string(span.begin) + "-" + std::to_string(span.end); }

std::string ExcludedId(size_t index) { return "unspin-excluded-" + std::to_string(index + 1); }

std::string LegendOfUncounted(const Report& report) {
  return "<li><span class=\"mask\">greyed</span> <span>not counted: quotations, notices, bylines</span></li>\n" +
         std::string(report.suspect.excluded.empty()
                         ? ""
                         : "<li><span class=\"excluded\">hatched</span> <span>excluded by a "
                           "person: shown, not counted</span></li>\n");
}

std::string PassageLabel(const Report& report, size_t finding, size_t passage) {
  return (report.findings.size() > 1 ? std::to_string(finding + 1) + "." : "") + std::to_string(passage + 1);
}

std::string PassageTitle(const Report& report, size_t finding, size_t passage) {
  const ReportPassage& of = report.findings[finding].passages[passage];
  return "Passage " + PassageLabel(report, finding, passage) + ": " + Meaning(of.manner) + ", " + Percent(of.rewrite) +
         " rewritten";
}

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

}  // namespace unspin::html
