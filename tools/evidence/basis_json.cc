#include "evidence/basis_json.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "evidence/record_json.h"
#include "render/json_writer.h"
#include "unspin/base/sha256.h"
#include "unspin/json/json_parser.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

constexpr uint64_t kBasisFormat = 1;
constexpr size_t kHexDigits = 16;     // of a run
constexpr size_t kSha256Digits = 64;  // hexadecimal

absl::Status Wrong(std::string_view what) {
  return absl::InvalidArgumentError("the basis of the check makes no sense: " + std::string(what));
}

std::string HexOf(uint64_t number) {
  std::string hex;
  for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[number >> shift & 15];
  return hex;
}

bool IsHex(std::string_view text, size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// REQUIRES: IsHex(hex, kHexDigits).
uint64_t NumberOfHex(std::string_view hex) {
  uint64_t number = 0;
  for (const char c : hex) number = number << 4 | static_cast<uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
  return number;
}

std::optional<uint64_t> NumberField(element object, std::string_view name) {
  const auto field = JsonField(object, name);
  uint64_t number = 0;
  if (!field || field->get(number)) return std::nullopt;
  return number;
}

void WriteStandingRuns(const BasisOriginal& original, const WordsOfRuns& words, JsonWriter& json) {
  json.Key("standing_runs");
  json.BeginArray();
  for (const uint64_t run : original.standing_runs) {
    json.BeginObject();
    json.Field("run", HexOf(run));
    if (const auto found = words.find(run); found != words.end()) json.Field("words", found->second);
    json.EndObject();
  }
  json.EndArray();
}

void WriteOriginal(const BasisOriginal& original, bool with_text, const WordsOfRuns& words, JsonWriter& json) {
  json.BeginObject();
  json.Field("version", original.stored.version);
  json.Field("sha256", original.stored.sha256);
  WriteRecordFields(original.stored.article, with_text, json);
  if (original.is_suspects_file) json.Field("is_suspects_file", true);
  if (!original.standing_runs.empty()) WriteStandingRuns(original, words, json);
  json.EndObject();
}

absl::Status ReadArchive(element basis, std::optional<ArchiveIdentity>& archive) {
  const auto field = JsonField(basis, "archive");
  if (!field) return absl::OkStatus();
  const auto articles = NumberField(*field, "articles");
  const auto standing = JsonField(*field, "standing_text");
  bool standing_text = false;
  if (!articles || !standing || standing->get(standing_text)) return Wrong("the archive");
  archive = ArchiveIdentity{std::string(JsonTextField(*field, "fingerprint")), *articles, standing_text};
  return absl::OkStatus();
}

absl::Status ReadStandingRuns(element object, std::vector<uint64_t>& runs) {
  const auto field = JsonField(object, "standing_runs");
  if (!field) return absl::OkStatus();
  simdjson::dom::array list;
  if (field->get(list)) return Wrong("the standing runs");
  for (const element item : list) {
    const std::string_view hex = JsonTextField(item, "run");
    if (!IsHex(hex, kHexDigits)) return Wrong("a standing run");
    const uint64_t run = NumberOfHex(hex);
    if (!runs.empty() && run <= runs.back()) return Wrong("the order of the standing runs");
    runs.push_back(run);
  }
  return absl::OkStatus();
}

absl::StatusOr<BasisOriginal> ReadOriginal(element object) {
  absl::StatusOr<Article> article = ReadRecordFields(object);
  if (!article.ok()) return article.status();
  BasisOriginal original;
  original.stored.article = *std::move(article);
  const auto version = NumberField(object, "version");
  if (!version || *version > std::numeric_limits<uint32_t>::max()) return Wrong("the version of an article");
  original.stored.version = static_cast<uint32_t>(*version);
  original.stored.sha256 = JsonTextField(object, "sha256");
  if (!IsHex(original.stored.sha256, kSha256Digits)) return Wrong("the SHA-256 of an article");
  const std::string& text = original.stored.article.text;
  if (!text.empty() && Sha256Hex(text) != original.stored.sha256)
    return Wrong("an article has another text than its SHA-256 says");
  if (const auto same = JsonField(object, "is_suspects_file"); same && same->get(original.is_suspects_file))
    return Wrong("is_suspects_file");
  if (absl::Status runs = ReadStandingRuns(object, original.standing_runs); !runs.ok()) return runs;
  return original;
}

absl::Status ReadReplacements(element basis, std::vector<LearntReplacement>& replacements) {
  const auto field = JsonField(basis, "replacements");
  simdjson::dom::array list;
  if (!field || field->get(list)) return Wrong("the replacements");
  for (const element item : list) {
    absl::StatusOr<std::string> original = ReadBytes(item, "original"), suspect = ReadBytes(item, "suspect");
    if (!original.ok() || !suspect.ok()) return Wrong("a replacement");
    LearntReplacement replacement{*std::move(original), *std::move(suspect)};
    if (!replacements.empty() && replacement <= replacements.back()) return Wrong("the order of the replacements");
    replacements.push_back(std::move(replacement));
  }
  return absl::OkStatus();
}

}  // namespace

std::string RenderBasis(const CheckBasis& basis, bool with_texts, const WordsOfRuns& words) {
  JsonWriter json;
  json.BeginObject();
  json.Field("unspin_basis", kBasisFormat);
  if (basis.archive) {
    json.Key("archive");
    json.BeginObject();
    json.Field("fingerprint", basis.archive->fingerprint);
    json.Field("articles", basis.archive->articles);
    json.Field("standing_text", basis.archive->standing_text);
    json.EndObject();
  }
  json.Key("originals");
  json.BeginArray();
  for (const BasisOriginal& original : basis.originals) WriteOriginal(original, with_texts, words, json);
  json.EndArray();
  json.Key("replacements");
  json.BeginArray();
  for (const LearntReplacement& replacement : basis.replacements) {
    json.BeginObject();
    WriteBytes("original", replacement.original, json);
    WriteBytes("suspect", replacement.suspect, json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return json.Take();
}

absl::StatusOr<CheckBasis> ParseBasis(std::string_view json, size_t max_originals) {
  JsonParser parser;
  element object;
  if (const auto error = parser.Parse(json).get(object)) return Wrong(simdjson::error_message(error));
  if (NumberField(object, "unspin_basis") != kBasisFormat)
    return Wrong("it is none, or of a later program than this one");
  CheckBasis basis;
  if (absl::Status status = ReadArchive(object, basis.archive); !status.ok()) return status;
  const auto field = JsonField(object, "originals");
  simdjson::dom::array originals;
  if (!field || field->get(originals)) return Wrong("the originals");
  for (const element item : originals) {
    if (basis.originals.size() == max_originals)
      return Wrong("it has more than " + std::to_string(max_originals) + " originals, the most that are read");
    absl::StatusOr<BasisOriginal> original = ReadOriginal(item);
    if (!original.ok()) return original.status();
    basis.originals.push_back(*std::move(original));
  }
  if (absl::Status status = ReadReplacements(object, basis.replacements); !status.ok()) return status;
  return basis;
}

absl::Status SetText(std::string text, StoredArticle& stored) {
  if (Sha256Hex(text) != stored.sha256)
    return absl::InvalidArgumentError("the text of the original " + stored.article.id +
                                      " is another one than its SHA-256 says");
  stored.article.text = std::move(text);
  return absl::OkStatus();
}

}  // namespace unspin::evidence
