#include "evidence/notice_facts.h"

#include <cassert>
#include <string_view>

#include "render/visible.h"
#include "render/wording.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/report/same_address.h"

namespace unspin::evidence {
namespace {

// Whether a pair of brackets with this inside is a box to be ticked, or one that is.
bool IsBox(std::string_view inside) {
  const size_t begin = inside.find_first_not_of(' ');
  if (begin == std::string_view::npos) return !inside.empty();
  inside = inside.substr(begin, inside.find_last_not_of(' ') + 1 - begin);
  return inside == "x" || inside == "X" || inside == "✓" || inside == "✔";
}

// With "( )" for "[ ]": only the form has statements to be confirmed.
std::string WithoutBoxes(std::string text) {
  for (size_t open = text.find('['); open != std::string::npos; open = text.find('[', open + 1)) {
    const size_t close = text.find(']', open);
    if (close == std::string::npos) break;
    if (!IsBox(std::string_view(text).substr(open + 1, close - open - 1))) continue;
    text[open] = '(';
    text[close] = ')';
  }
  return text;
}

std::string OneLine(const std::string& text) {
  return WithoutBoxes(QuoteOf(text, {0, static_cast<uint32_t>(text.size())}));
}

// Letters of all scripts may be in an address. Blanks, controls, quotation marks, brackets of markup and what nobody
// sees are in none.
bool MayBeInAddress(char32_t code) {
  if (code < 0x80)
    return code > ' ' && code != 0x7f && std::string_view("\"'`<>\\^{|}").find(char(code)) == std::string_view::npos;
  const bool is_punctuation = (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f);
  constexpr std::u32string_view kOthers = U"\u00a0\u00ab\u00bb\u1680\ufffd";  // blanks, guillemets, broken bytes
  return !is_punctuation && !IsHidden(code) && kOthers.find(code) == std::u32string_view::npos;
}

// `text` where it is one address of HTTP and nothing else; else empty, so that a person fills it in.
std::string Address(const std::string& text) {
  const size_t host = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : text.size();
  const std::string_view authority = std::string_view(text).substr(host, text.find_first_of("/?#", host) - host);
  // A name before the host ("https://ours.example@theirs.example/") hides where the address leads.
  if (authority.empty() || authority.find('@') != std::string_view::npos) return "";
  for (size_t at = 0; at < text.size();) {
    const Character character = CharacterAt(text, at);
    if (!MayBeInAddress(character.code)) return "";
    at += character.bytes.size();
  }
  return WithoutBoxes(text) == text ? text : "";
}

// Whether the suspect is a page that was saved by itself: then nothing but the page tells its address, unless a person
// gave it, and a copy often names the page that it was copied from.
bool NamesItself(const ArticleCard& suspect) { return !suspect.record && !suspect.reading.chosen.empty(); }

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
  if (!is_originals && !ClaimsSiteOf(suspect, original)) return;
  claimed.swap(url);
  values["self_named"].clear();
}

}  // namespace

NoticeFields NoticeFacts(const Report& report, size_t finding, const FieldValues& words, const ProofLimits& limits) {
  assert(finding < report.findings.size());
  const Finding& found = report.findings[finding];
  const WordCounts& counts = found.words;
  NoticeFields fields;
  FieldValues& values = fields.values;
  values["original.title"] = OneLine(found.original.title);
  values["original.url"] = Address(found.original.url);
  values["original.published"] = OneLine(found.original.published);
  values["suspect.title"] = OneLine(report.suspect.title);
  values["suspect.url"] = Address(report.suspect.url);
  values["self_named"] = !values["suspect.url"].empty() && NamesItself(report.suspect) ? "1" : "";
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
