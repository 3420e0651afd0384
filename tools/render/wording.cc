#include "render/wording.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <set>

#include "render/text_page.h"
#include "render/visible.h"
#include "unspin/report/same_address.h"

namespace unspin {

const char* const kCaution =
    "This report states similarity, and the probability that one text derives from the other. "
    "The probability is for two articles that somebody has a reason to compare: before they were read, derivation was "
    "held as likely as not, unless whoever made this report set another value. "
    "Of 200,000 random pairs of articles of different outlets none was named. "
    "What follows from it is for a person to judge.";

std::string Decimal(double value, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, std::isfinite(value) ? value : 0.0);
  return buffer;
}

std::string Percent(double share) {
  if (!(share > 0)) return "0%";
  if (share >= 1) return "100%";
  if (share < 0.01) return "under 1%";
  if (share > 0.99) return "over 99%";
  return Decimal(share * 100, 0) + "%";
}

std::string ProbabilityPercent(double probability) {
  if (!(probability >= 0.001)) return "under 0.1%";
  if (probability > 0.999) return "over 99.9%";
  return Decimal(probability * 100, 1) + "%";
}

std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Count(uint64_t number, std::string_view singular) {
  return Grouped(number) + " " + std::string(singular) + (number == 1 ? "" : "s");
}

std::string Signed(double value) { return (value < 0 ? "−" : "+") + Decimal(std::fabs(value), 2); }

std::string Headline(Verdict verdict, std::string_view name) {
  const std::string quoted = "“" + std::string(name) + "”";
  switch (verdict) {
    case Verdict::kCopy:
      return "Copied from " + quoted;
    case Verdict::kEdited:
      return "Lightly edited from " + quoted;
    case Verdict::kSpun:
      return "Spun from " + quoted;
    case Verdict::kRewritten:
      return "Rewritten from " + quoted;
    case Verdict::kExcerpt:
      return "Holds passages of " + quoted;
    case Verdict::kCommonSource:
      return "Shares a source with " + quoted;
    case Verdict::kIndependent:
      return "Written independently of " + quoted;
    case Verdict::kUnrelated:
      return "Unrelated to " + quoted;
    case Verdict::kInsufficient:
      return "Too little to judge against " + quoted;
  }
  return quoted;
}

size_t CountVersions(const Report& report, const ArticleCard& original) {
  if (original.id.empty()) return 1;
  return static_cast<size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                           [&](const Finding& finding) { return finding.original.id == original.id; }));
}

size_t CountOriginals(const Report& report) {
  std::set<std::string_view> ids;
  size_t nameless = 0;
  for (const Finding& finding : report.findings) {
    if (finding.original.id.empty()) {
      ++nameless;
    } else {
      ids.insert(finding.original.id);
    }
  }
  return ids.size() + nameless;
}

std::string Headline(const Report& report) {
  if (report.error) return "Could not be compared";
  if (report.findings.empty()) {
    if (report.summary.verdict == Verdict::kInsufficient) return "Too little to judge";
    return report.archive ? "No original found in the archive" : "No original found";
  }
  std::string line = Headline(report.summary.verdict, NameOf(report.findings.front().original));
  const size_t originals = CountOriginals(report);
  const size_t versions = CountVersions(report, report.findings.front().original);
  if (versions > 1) line += " (" + Count(versions, "version") + ")";
  if (originals > 1) line += " and " + Count(originals - 1, "other");
  return line;
}

namespace {

// Between spaces, with a letter or a digit.
uint64_t WordsIn(std::string_view text, ByteSpan span) {
  uint64_t words = 0;
  bool counted = false;
  for (size_t at = span.begin; at < std::min<size_t>(span.end, text.size()); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (std::isspace(byte)) counted = false;
    if (counted || (byte < 0x80 && !std::isalnum(byte))) continue;
    counted = true;
    ++words;
  }
  return words;
}

}  // namespace

std::string SetAside(const Report& report) {
  if (report.set_aside.empty()) return "";
  std::string ids;
  for (const std::string& id : report.set_aside) ids += (ids.empty() ? "“" : ", “") + Visible(id) + "”";
  return report.set_aside.size() == 1 ? ids + " in the archive is the suspect's own record, and was set aside."
                                      : ids + " in the archive are the suspect's own records, and were set aside.";
}

std::string ExcludedSentence(const Report& report) {
  uint64_t words = 0;
  for (const ByteSpan& span : report.suspect.excluded) words += WordsIn(report.suspect.text, span);
  if (words == 0) return "";
  return Count(words, "word") + " of the suspect " + (words == 1 ? "was" : "were") +
         " excluded by a person: shown, but not counted.";
}

std::string MissingKnowledge(const Report& report) {
  if (!report.archive || report.archive->standing_text) return "";
  return "The archive does not know its standing text, because an early version of the program made it; index the "
         "originals again to learn it.";
}

std::string Meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCopy:
      return "The suspect carries the original over word for word, or very nearly so.";
    case Verdict::kEdited:
      return "The suspect carries the original over with light changes.";
    case Verdict::kSpun:
      return "The suspect follows the original sentence by sentence and in its order; single words were replaced in "
             "place.";
    case Verdict::kRewritten:
      return "The suspect carries the content of the original over in new sentences.";
    case Verdict::kExcerpt:
      return "A part of the suspect was taken from the original; the rest has another origin.";
    case Verdict::kCommonSource:
      return "Both texts hold the same passages, such as agency copy or a statement, and both seem to take them from a "
             "third.";
    case Verdict::kIndependent:
      return "Both texts are about the same matter, each in its own words.";
    case Verdict::kUnrelated:
      return "The texts have nothing in common that would need explaining.";
    case Verdict::kInsufficient:
      return "There is too little text to say anything reliable.";
  }
  return "";
}

std::string Meaning(const Report& report) {
  if (report.error) return Visible(*report.error);
  if (!report.findings.empty() || report.summary.verdict == Verdict::kInsufficient)
    return Meaning(report.summary.verdict);
  return report.archive ? "Nothing in the archive was found that this article derives from."
                        : "Nothing was found that this article derives from.";
}

std::string Meaning(Direction direction) {
  switch (direction) {
    case Direction::kFromOriginal:
      return "By the dates, the original came first.";
    case Direction::kToOriginal:
      return "By the dates, the original given here is the later text: the derivation may run the other way.";
    case Direction::kUnknown:
      return "The dates do not say which text came first.";
  }
  return "";
}

std::string Meaning(WordChange change) {
  switch (change) {
    case WordChange::kKept:
      return "the same word in the same place";
    case WordChange::kInflected:
      return "another form of the same word";
    case WordChange::kSynonym:
      return "replaced by a word of like meaning";
    case WordChange::kReplaced:
      return "replaced by another word in the same place";
    case WordChange::kInserted:
      return "in the suspect only";
    case WordChange::kDeleted:
      return "in the original only";
    case WordChange::kMoved:
      return "kept, in another place";
  }
  return "";
}

std::string Meaning(SubstitutionSource evidence) {
  switch (evidence) {
    case SubstitutionSource::kThesaurus:
      return "synonyms in the thesaurus";
    case SubstitutionSource::kWeakThesaurus:
      return "related in the thesaurus";
    case SubstitutionSource::kSpinDictionary:
      return "in the spin dictionary";
    case SubstitutionSource::kNumber:
      return "the same number";
    case SubstitutionSource::kStem:
      return "the same stem";
    case SubstitutionSource::kContext:
      return "in the same place";
  }
  return "";
}

std::string Meaning(Manner manner) {
  switch (manner) {
    case Manner::kCopy:
      return "word for word";
    case Manner::kEdited:
      return "lightly edited";
    case Manner::kSpun:
      return "words replaced in place";
    case Manner::kRewritten:
      return "in new sentences";
  }
  return "";
}

std::string AlertName(std::string_view kind) {
  if (kind == "hidden-characters") return "Hidden characters";
  if (kind == "look-alike-letters") return "Look-alike letters";
  if (kind == "bidirectional-controls") return "Controls of the writing direction";
  if (kind == "broken-utf-8") return "Broken UTF-8";
  if (kind == "charset-guessed") return "Character set guessed";
  if (kind == "mojibake") return "Characters once read in a wrong set";
  if (kind == "lost-characters") return "Question marks instead of lost characters";
  if (kind == "cut-off") return "Cut off";
  return Visible(kind);
}

bool IsTrickWithCharacters(std::string_view kind) {
  return kind == "hidden-characters" || kind == "look-alike-letters" || kind == "bidirectional-controls";
}

std::vector<SharedPart> SharedParts(const SharedCounts& counts) {
  return {{"narration", counts.narration},
          {"quotations", counts.quotation},
          {"documents", counts.document},
          {"standing text", counts.standing_text},
          {"names and numbers", counts.names_and_numbers}};
}

std::string SharedSentence(const SharedCounts& counts) {
  std::vector<SharedPart> parts = SharedParts(counts);
  std::stable_sort(parts.begin(), parts.end(),
                   [](const SharedPart& a, const SharedPart& b) { return a.words > b.words; });
  uint64_t total = 0;
  for (const SharedPart& part : parts) total += part.words;
  if (total == 0) return "";
  const std::string first(parts.front().name);
  if (parts.front().words == total)
    return total == 1 ? "The one shared word is " + first + "."
                      : "All " + Grouped(total) + " shared words are " + first + ".";
  std::string sentence = Grouped(parts.front().words) + " of the " + Grouped(total) + " shared words " +
                         (parts.front().words == 1 ? "is " : "are ") + first;
  for (auto part = parts.begin() + 1; part != parts.end() && part->words > 0; ++part)
    sentence += ", " + Grouped(part->words) + " " + std::string(part->name);
  return sentence + ".";
}

std::string CreditSentence(const Finding& finding, const std::vector<PageMark>& marks) {
  constexpr size_t kMaxShown = 80;  // columns of one credit: a quotation may be long
  if (finding.credit.empty()) {
    const bool known = !finding.original.site.empty() || !finding.original.url.empty();
    if (!known || finding.passages.empty()) return "";
    const bool is_linked = std::any_of(marks.begin(), marks.end(), [&](const PageMark& mark) {
      return mark.kind == "link" && mark.original == finding.original.id;
    });
    return is_linked ? "The suspect's page links the original; its text has no credit beside what is shared."
                     : "No credit to the original was found beside what is shared.";
  }
  std::string sentence;
  for (const Credit& found : finding.credit) {
    const std::string verb = found.kind == "named"    ? "names"
                             : found.kind == "linked" ? "links"
                             : found.kind == "quoted" ? "shows as a quotation"
                                                      : Visible(found.kind);
    sentence += (sentence.empty() ? "The suspect " : "; ") + verb + " “" + Cut(found.text, kMaxShown) + "”";
  }
  return sentence + ".";
}

bool HasBrokenTerm(const Licence& licence) {
  return std::any_of(licence.terms.begin(), licence.terms.end(),
                     [](const LicenceTerm& term) { return term.state == "broken"; });
}

std::string LicenceSentence(const Licence& licence) {
  std::string sentence = Visible(licence.text);
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') sentence[0] = static_cast<char>(sentence[0] - 32);
  return sentence;
}

std::vector<PageMark> ShownMarks(const Report& report) {
  std::vector<PageMark> marks;
  for (const PageMark& mark : report.suspect.marks) {
    if (!mark.original.empty() || mark.kind != "canonical" || !IsSameAddress(mark.value, report.suspect.url))
      marks.push_back(mark);
  }
  return marks;
}

std::string MarkSentence(const Report& report, const PageMark& mark) {
  constexpr size_t kMaxShown = 120;  // columns of a value: an address, or a line of rights
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"canonical", "canonical address"},
      {"syndication-source", "syndicated from"},
      {"original-source", "original source"},
      {"googlebot-news", "for Google News"},
      {"is-based-on", "based on"},
      {"credit-text", "credit"},
      {"copyright-holder", "copyright holder"},
      {"copyright-notice", "copyright notice"},
      {"usage-info", "terms of use"},
      {"usage-terms", "terms of use"},
      {"acquire-license-page", "licences are sold at"},
      {"source-organization", "source organisation"},
      {"link", "links"}};
  std::string name = Visible(mark.kind);
  for (const auto& [kind, words] : kNames) {
    if (kind == mark.kind) name = words;
  }
  std::string sentence = name + ": " + Cut(mark.value, kMaxShown);
  if (mark.original.empty()) return sentence;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    if (report.findings[i].original.id != mark.original) continue;
    return sentence + (report.findings.size() == 1 ? " (the original)" : " (original " + Grouped(i + 1) + ")");
  }
  return sentence;
}

std::string EvidenceInWords(double evidence) {
  const double size = std::fabs(evidence);
  if (!(size >= 0.05)) return "what was found is as likely either way.";
  std::string times;
  if (size >= 6) {
    times = "over a million";
  } else {
    const double ratio = std::pow(10, size);
    // Two digits are all that a likelihood ratio can carry.
    const double unit = std::pow(10, std::floor(std::log10(ratio)) - 1);
    times = ratio < 10 ? "about " + Decimal(ratio, 1)
                       : "about " + Grouped(static_cast<uint64_t>(std::llround(std::round(ratio / unit) * unit)));
  }
  return "what was found is " + times + " times likelier if the suspect " +
         (evidence > 0 ? "derives from the original than if it was written independently."
                       : "was written independently than if it derives from the original.");
}

std::string Day(const std::string& moment) {
  const bool iso = moment.size() > 10 && moment[4] == '-' && moment[7] == '-' && moment[10] == 'T';
  return iso ? moment.substr(0, 10) : moment;
}

std::string NameOf(const ArticleCard& card) {
  if (!card.title.empty()) return Visible(card.title);
  if (!card.url.empty()) return Visible(card.url);
  return card.id.empty() ? "an article without a name" : Visible(card.id);
}

}  // namespace unspin
