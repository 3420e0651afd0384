#include "evidence/notice_facts.h"

#include <cassert>

#include "render/wording.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/report/same_address.h"

namespace unspin::evidence {
namespace {

std::string OneLine(const std::string& text) { return QuoteOf(text, {0, static_cast<uint32_t>(text.size())}); }

// REQUIRES: the file of the language has the word; a test reads every file.
std::string Word(const FieldValues& words, const std::string& name) {
  const auto word = words.find(name);
  return word == words.end() ? "" : word->second;
}

// Percent (render/wording.h) in the language of the notice.
std::string ShareIn(const FieldValues& words, double share) {
  std::string text = Percent(share);
  text.pop_back();
  text += Word(words, "percent");
  for (const std::string comparison : {"under", "over"}) {
    if (text.starts_with(comparison)) text.replace(0, comparison.size(), Word(words, comparison));
  }
  return text;
}

void AddProof(const Report& report, size_t finding, const ProofLimits& limits, NoticeFields& fields, uint32_t& words) {
  std::vector<FieldValues>& proof = fields.lists["proof"];
  for (const QuotedPair& pair : ProofWords(report, finding, limits)) {
    words -= pair.words;
    proof.push_back({{"proof.number", std::to_string(proof.size() + 1)},
                     {"proof.original", QuoteOf(report.findings[finding].original.text, pair.original)},
                     {"proof.suspect", QuoteOf(report.suspect.text, pair.suspect)}});
  }
  fields.values["proof"] = proof.empty() ? "" : std::to_string(proof.size());
}

// Those of the first finding's original: a report knows no others.
void AddNotices(const Report& report, size_t finding, const FieldValues& words, NoticeFields& fields,
                uint32_t words_left) {
  std::vector<FieldValues>& notices = fields.lists["notices"];
  for (const Notice& notice : report.notices) {
    if (finding != 0 || (notice.state != "removed" && notice.state != "altered")) continue;
    const uint32_t quoted = CountWords(notice.original) + CountWords(notice.suspect);
    const bool fits = quoted <= words_left;
    if (fits) words_left -= quoted;
    notices.push_back({{"notices.kind", Word(words, "kind." + notice.kind)},
                       {"notices.state", Word(words, "state." + notice.state)},
                       {"notices.original", fits ? OneLine(notice.original) : ""},
                       {"notices.suspect", fits ? OneLine(notice.suspect) : ""},
                       {"notices.left_out", fits ? "" : "1"}});
  }
  fields.values["altered"] = notices.empty() ? "" : std::to_string(notices.size());
}

void AddLicence(const std::optional<Licence>& licence, FieldValues& values) {
  values["licence.none"] = licence ? "" : "1";
  values["licence.unruled"] = licence && licence->rule.empty() ? "1" : "";
  values["licence.rule"] = licence ? OneLine(licence->rule) : "";
  values["licence.text"] = licence ? OneLine(licence->text) : "";
}

// A copy that kept the original's canonical link names the original's address as its own: no notice may ask that the
// original be removed.
void LeaveClaimedAddress(const ArticleCard& suspect, const ArticleCard& original, FieldValues& values) {
  const bool is_originals =
      !suspect.url.empty() && (IsSameAddress(suspect.url, original.url) || IsSameAddress(suspect.url, original.id));
  std::string& url = values["suspect.url"];
  std::string& claimed = values["suspect.claimed"];
  if (is_originals || ClaimsSiteOf(suspect, original)) claimed.swap(url);
}

}  // namespace

NoticeFields NoticeFacts(const Report& report, size_t finding, const FieldValues& words, const ProofLimits& limits) {
  assert(finding < report.findings.size());
  const Finding& found = report.findings[finding];
  const WordCounts& counts = found.words;
  NoticeFields fields;
  FieldValues& values = fields.values;
  values["original.title"] = OneLine(found.original.title);
  values["original.url"] = OneLine(found.original.url);
  values["original.published"] = OneLine(found.original.published);
  values["suspect.title"] = OneLine(report.suspect.title);
  values["suspect.url"] = OneLine(report.suspect.url);
  values["suspect.published"] = OneLine(report.suspect.published);
  values["suspect.fetched"] = OneLine(report.suspect.fetched);
  values["share"] = ShareIn(words, found.coverage.original);
  values["passages"] = std::to_string(found.passages.size());
  values["longest_run"] = std::to_string(found.longest_verbatim_run);
  values["words.same"] = std::to_string(counts.kept);
  values["words.changed"] = std::to_string(counts.inflected + counts.synonym + counts.replaced);
  values["earlier"] = found.direction == Direction::kFromOriginal ? "1" : "";
  values["later"] = found.direction == Direction::kToOriginal ? "1" : "";
  values["undated"] = found.direction == Direction::kUnknown ? "1" : "";
  LeaveClaimedAddress(report.suspect, found.original, values);
  AddLicence(found.licence, values);
  uint32_t words_left = kMaxProofWords;
  AddProof(report, finding, limits, fields, words_left);
  AddNotices(report, finding, words, fields, words_left);
  return fields;
}

}  // namespace unspin::evidence
