#include "server/suspect_check.h"

#include <algorithm>
#include <array>
#include <utility>

#include <simdjson.h>

#include "render/offsets.h"
#include "render/report_options.h"
#include "unspin/json/json_parser.h"

namespace unspin::server {
namespace {

// As in the options of the command line (cli/options.cc).
constexpr uint64_t kMaxFindings = 1000;
constexpr uint64_t kMaxCandidates = 1000;  // fewer than there: a request shall not hold a worker for minutes
constexpr double kMinPrior = 1e-9;         // log odds stay finite

// Of a suspect that was a body once, so it was below the limit of its time, decompressed too.
constexpr uint64_t kMaxStoredBytes = uint64_t{1} << 30;

struct MetadataField {
  const char* name;  // in queries and in the `suspect` of a report
  std::string Article::* field;
};
constexpr MetadataField kMetadata[] = {{"id", &Article::id},
                                       {"url", &Article::url},
                                       {"site", &Article::site},
                                       {"title", &Article::title},
                                       {"published", &Article::published},
                                       {"fetched", &Article::fetched}};

// The suspect of a case as its report names it.
absl::StatusOr<ReadArticle> ReadSuspect(const Case& of) {
  const BodyKind kind{of.suspect.content_type, of.row.name.empty() ? "-" : of.row.name, kMaxStoredBytes};
  auto read = ReadBody(of.suspect.bytes, kind);
  if (!std::holds_alternative<ReadArticle>(read))
    return absl::InternalError("the stored bytes of the case cannot be read any more");
  auto suspect = std::get<ReadArticle>(std::move(read));
  JsonParser parser;
  simdjson::dom::element report;
  if (parser.Parse(of.report).get(report) != simdjson::SUCCESS) return suspect;
  const auto named = JsonField(report, "suspect");
  for (const MetadataField& field : kMetadata) {
    if (named) suspect.article.*field.field = std::string(JsonTextField(*named, field.name));
  }
  return suspect;
}

JsonOptions JsonOfCase(const ReaderOptions& reader, const CheckOptions& check,
                       const std::vector<RecordSpan>& excluded) {
  return {true, kCaseOffsets, OptionsInReports(reader, check, kCaseOffsets, excluded)};
}

absl::StatusOr<CheckedSuspect> CheckWithBasis(Service& service, CaseSuspect suspect, Workspace& workspace) {
  const std::shared_ptr<const Archive> archive = service.archive().Get();
  CheckBasis basis;
  auto report = service.engine().Check(suspect.article, *archive, suspect.check, workspace, &basis);
  if (!report.ok()) return report.status();
  return CheckedSuspect{*std::move(report), std::move(suspect.json), std::move(suspect.article.text), std::move(basis)};
}

constexpr std::array<OffsetUnit, 4> kOffsetUnits = {OffsetUnit::kByte, OffsetUnit::kCodepoint, OffsetUnit::kUtf16,
                                                    OffsetUnit::kText};

// "www.daily.example/story" → "https://www.daily.example/story": people copy addresses as their browser shows them.
// Anything else stays as it is.
std::string WholeAddress(std::string url) {
  constexpr std::string_view kHostBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.";
  const size_t end = url.find_first_not_of(kHostBytes);
  const std::string_view host = std::string_view(url).substr(0, end);
  const size_t dot = host.rfind('.');
  const bool is_domain = !host.starts_with('.') && dot != std::string_view::npos && dot + 1 < host.size();
  // A name with a dot and nothing behind it may be that of a file.
  const bool is_address = end == std::string::npos ? host.starts_with("www.") : url[end] == '/';
  return is_domain && is_address ? "https://" + url : url;
}

}  // namespace

CheckOptions CheckOptionsOf(Arguments& arguments) {
  CheckOptions options;
  options.limit = static_cast<uint32_t>(arguments.Number("limit", options.limit, 1, kMaxFindings));
  options.candidates = static_cast<uint32_t>(arguments.Number("candidates", options.candidates, 1, kMaxCandidates));
  options.all = arguments.Flag("all");
  options.prior = arguments.Real("prior", options.prior, kMinPrior, 1 - kMinPrior);
  return options;
}

OffsetUnit OffsetsOf(Arguments& arguments) {
  std::array<std::string_view, kOffsetUnits.size()> words;
  for (size_t i = 0; i < words.size(); ++i) words[i] = Name(kOffsetUnits[i]);
  const std::string word = arguments.Word("offsets", words, words[0]);
  const auto unit = std::find(words.begin(), words.end(), word);
  return unit == words.end() ? OffsetUnit::kByte : kOffsetUnits[static_cast<size_t>(unit - words.begin())];
}

void TakeMetadata(const Request& request, Article& article) {
  for (const MetadataField& field : kMetadata) {
    if (auto value = request.Query(field.name); value && !value->empty()) article.*field.field = *std::move(value);
  }
  article.url = WholeAddress(std::move(article.url));
}

absl::StatusOr<CheckedSuspect> CheckArticle(Service& service, ReadArticle suspect, const CheckOptions& options,
                                            OffsetUnit offsets, Workspace& workspace) {
  const std::shared_ptr<const Archive> archive = service.archive().Get();
  auto report = service.engine().Check(suspect.article, *archive, options, workspace);
  if (!report.ok()) return report.status();
  return CheckedSuspect{*std::move(report),
                        {true, offsets, OptionsInReports(suspect.options, options, offsets)},
                        std::move(suspect.article.text)};
}

absl::StatusOr<CheckedSuspect> CheckNewCase(Service& service, ReadArticle suspect, Workspace& workspace) {
  const CheckOptions options;
  return CheckWithBasis(
      service,
      {std::move(suspect.article), suspect.options, options, JsonOfCase(suspect.options, options, /*excluded=*/{})},
      workspace);
}

absl::StatusOr<CaseSuspect> ReadCaseSuspect(const Case& of, const std::vector<Exclusion>& exclusions) {
  auto suspect = ReadSuspect(of);
  if (!suspect.ok()) return suspect.status();
  CheckOptions options;
  std::vector<RecordSpan> excluded;  // for the report's options
  for (const Exclusion& exclusion : exclusions) {
    if (!exclusion.undone.empty()) continue;
    const NewExclusion& what = exclusion.what;
    if (what.kind == "source") {
      options.exclude.originals.push_back(what.original);
      continue;
    }
    options.exclude.spans.push_back({static_cast<uint32_t>(what.begin), static_cast<uint32_t>(what.end)});
    excluded.push_back({what.begin, what.end});
  }
  JsonOptions json = JsonOfCase(suspect->options, options, excluded);
  return CaseSuspect{std::move(suspect->article), std::move(suspect->options), std::move(options), std::move(json)};
}

absl::StatusOr<CheckedSuspect> CheckCase(Service& service, const Case& of, const std::vector<Exclusion>& exclusions,
                                         Workspace& workspace) {
  auto suspect = ReadCaseSuspect(of, exclusions);
  if (!suspect.ok()) return suspect.status();
  return CheckWithBasis(service, *std::move(suspect), workspace);
}

}  // namespace unspin::server
