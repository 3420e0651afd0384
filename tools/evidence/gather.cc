#include "evidence/gather.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <simdjson.h>

#include "evidence/differences.h"
#include "evidence/remake.h"
#include "render/report_line.h"
#include "render/report_options.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"
#include "unspin/json/json_parser.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_table.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

constexpr const char* kCheckAgain = "check the article again, and pack the new report";

absl::Status Refuse(const std::string& suspect, const std::string& why) {
  return absl::FailedPreconditionError("the report on " + suspect + ": " + why);
}

// A report line, taken apart.
struct GivenReport {
  std::string json;  // without white space at its end
  ReportLine line;
  ReportOptions options;
  std::string file_sha256;  // of the suspect; empty: the report has none

  const std::string& id() const { return line.report.suspect.id; }
  bool has_archive() const { return line.report.archive.has_value(); }
};

absl::StatusOr<GivenReport> ReadGiven(std::string_view text) {
  while (!text.empty() && IsWhiteSpace(text.substr(text.size() - 1))) text.remove_suffix(1);
  absl::StatusOr<ReportOptions> options = ReadOptionsInReport(text);
  if (!options.ok()) return options.status();
  std::optional<ReportLine> line = ReportLineReader().Read(text);
  if (!line) return absl::InvalidArgumentError("this JSON is no report of `unspin check`, `compare` or `audit`");
  GivenReport given{std::string(text), *std::move(line), *std::move(options), ""};
  JsonParser parser;
  element json;
  if (parser.Parse(text).get(json)) return absl::InvalidArgumentError("the report is no JSON");
  if (const auto suspect = JsonField(json, "suspect")) given.file_sha256 = JsonTextField(*suspect, "file_sha256");
  if (const auto error = JsonField(json, "error"))
    return Refuse(given.id(), "it has no judgement that could be shown: " + std::string(JsonTextField(json, "error")));
  return given;
}

// What keeps a report from being made again, as far as its line and the options tell.
absl::Status CheckMeans(const GivenReport& given, const GatherOptions& options) {
  const Report& report = given.line.report;
  if (report.version != kVersion)
    return Refuse(given.id(), "unspin.version: it was made by version " + report.version + ", and this program is " +
                                  kVersion + "; " + kCheckAgain);
  if (!given.has_archive()) return absl::OkStatus();
  if (options.archive == nullptr)
    return Refuse(given.id(), "it was checked against an archive; name the archive: --archive DIR");
  const ArchiveStatistics& archive = options.archive->Statistics();
  if (report.archive->fingerprint != archive.fingerprint)
    return Refuse(given.id(), "unspin.archive.fingerprint: the archive was " + report.archive->fingerprint +
                                  ", and it is " + archive.fingerprint + " now, so that it has other articles; " +
                                  kCheckAgain);
  return absl::OkStatus();
}

absl::Status CheckSource(const GivenReport& given, const ArticleCard& card, const Article& article,
                         const std::string& file_sha256) {
  if (!file_sha256.empty() && article.file_sha256 != file_sha256)
    return Refuse(given.id(), card.path +
                                  " is another file than the report was made from (file_sha256: " + file_sha256 +
                                  ", now " + article.file_sha256 + "); find the file as it was, or " + kCheckAgain);
  if (const std::string now = Sha256Hex(article.text); now != card.sha256)
    return Refuse(given.id(), "the text of " + card.path + " is another one than the report was made from (sha256: " +
                                  card.sha256 + ", now " + now + "); find the file as it was, or " + kCheckAgain);
  return absl::OkStatus();
}

// The bytes of the text that the spans of a report name.
absl::StatusOr<std::vector<ByteSpan>> FindExcluded(const GivenReport& given, const Article& suspect) {
  ArticleCard card;
  card.text = suspect.text;
  card.steps = suspect.steps;
  const OffsetMap map(card, given.options.json.offsets);
  std::vector<ByteSpan> excluded;
  for (const RecordSpan& span : given.options.excluded) {
    const ByteSpan found = map.Find(span);
    if (found.empty())
      return Refuse(given.id(), "unspin.options.exclude: there is no text at " + std::to_string(span.begin) + "-" +
                                    std::to_string(span.end));
    excluded.push_back(found);
  }
  return excluded;
}

absl::Status CheckEqual(const GivenReport& given, const std::string& made) {
  if (made == given.json) return absl::OkStatus();
  std::vector<std::string> found = DifferencesOf(given.json, made, Compared::kAsJson, "the report");
  // The id is a hash of the rest, so that it differs wherever anything does.
  if (found.size() > 1 && found.front().starts_with("id: ")) found.erase(found.begin());
  return Refuse(given.id(), found.front() + "; " + kCheckAgain);
}

// The lines of a chained log that concern a report: those that name it, its text or its file, and all about the same
// case.
absl::StatusOr<std::vector<std::string>> LogOf(const GivenReport& given, const std::vector<std::string>& log) {
  const std::string wanted[] = {given.line.id, Sha256Hex(given.json), given.line.report.suspect.sha256,
                                given.file_sha256};
  JsonParser parser;
  const auto case_of = [&](const std::string& line) -> std::optional<int64_t> {
    element event;
    if (parser.Parse(line).get(event)) return std::nullopt;
    const auto field = JsonField(event, "case");
    int64_t number = 0;
    if (!field || field->get(number)) return std::nullopt;
    return number;
  };
  const auto names_report = [&](const std::string& line) {
    return std::any_of(std::begin(wanted), std::end(wanted), [&](const std::string& name) {
      return !name.empty() && line.find('"' + name + '"') != std::string::npos;
    });
  };
  std::set<int64_t> cases;
  for (const std::string& line : log) {
    if (const auto number = names_report(line) ? case_of(line) : std::nullopt) cases.insert(*number);
  }
  if (cases.size() > 1)
    return Refuse(given.id(), "the log has events of cases " + std::to_string(*cases.begin()) + " and " +
                                  std::to_string(*cases.rbegin()) + " about it; give the lines of one case");
  std::vector<std::string> kept;
  for (const std::string& line : log) {
    const bool may_be_of_case =
        !cases.empty() && line.find("\"case\":" + std::to_string(*cases.begin()) + ",") != std::string::npos;
    if (names_report(line) || (may_be_of_case && case_of(line) == *cases.begin())) kept.push_back(line);
  }
  return kept;
}

// Makes the report by an archive or by the original's file, and the basis with it.
absl::StatusOr<Report> MakeWithBasis(const GivenReport& given, const GatherOptions& options, const Engine& engine,
                                     Workspace& workspace, SourceFiles& files, Evidence& evidence) {
  if (given.has_archive())
    return engine.Check(evidence.suspect, *options.archive, evidence.check, workspace, &evidence.basis);
  if (given.line.report.findings.size() != 1) return Refuse(given.id(), "it compares two articles and has no finding");
  const ArticleCard& card = given.line.report.findings.front().original;
  if (card.path.empty())
    return Refuse(given.id(), "it is of `compare --pairs`, and its original has no file; compare two files");
  ReaderOptions reader = evidence.reader;
  reader.hash_files = false;
  absl::StatusOr<SourceFiles::Source> original = files.Find(card.path, card.record, reader);
  if (!original.ok()) return original.status();
  if (absl::Status same = CheckSource(given, card, original->article, ""); !same.ok()) return same;
  BasisOriginal& of_basis = evidence.basis.originals.emplace_back();
  of_basis.stored = {original->article, 1, card.sha256};
  evidence.original_file = std::move(original->file);
  return engine.Compare(of_basis.stored.article, evidence.suspect, evidence.check, workspace);
}

// Sets what a table of licences says of the report, and keeps the rules that matter for it.
absl::Status AddLicences(const GivenReport& given, const GatherOptions& options, Evidence& evidence) {
  evidence.licences_in_report = !given.options.licences.empty();
  if (evidence.licences_in_report && !options.licences_given)
    return Refuse(given.id(), "it was made with a table of licences; name the same table: --licences FILE");
  if (!options.licences_given) return absl::OkStatus();
  if (evidence.licences_in_report && Sha256Hex(options.licences) != given.options.licences)
    return Refuse(given.id(),
                  "unspin.options.licences: it was made with another table of licences; name the table as "
                  "it was, or check the article again with this one");
  const absl::StatusOr<std::vector<LicenceRule>> rules = ParseLicences(options.licences, "--licences");
  if (!rules.ok()) return rules.status();
  evidence.licences = RenderLicences(RulesFor(*rules, evidence.report));
  if (evidence.licences_in_report) ApplyLicences(*rules, evidence.report);
  return absl::OkStatus();
}

}  // namespace

EvidenceGatherer::EvidenceGatherer(const GatherOptions& options, const Engine& engine, Workspace& workspace)
    : options_(options), engine_(engine), workspace_(workspace) {}

absl::StatusOr<Evidence> EvidenceGatherer::Gather(std::string_view report_line) {
  const absl::StatusOr<GivenReport> given = ReadGiven(report_line);
  if (!given.ok()) return given.status();
  if (absl::Status means = CheckMeans(*given, options_); !means.ok()) return means;
  if (!files_ || options_of_files_ != given->line.options) files_ = std::make_unique<SourceFiles>(options_.suspects);
  options_of_files_ = given->line.options;

  Evidence evidence;
  evidence.reader = given->options.reader;
  evidence.check = given->options.check;
  evidence.json = given->options.json;
  const ArticleCard& card = given->line.report.suspect;
  absl::StatusOr<SourceFiles::Source> suspect = files_->Find(card.path, card.record, evidence.reader);
  if (!suspect.ok()) return suspect.status();
  if (absl::Status same = CheckSource(*given, card, suspect->article, given->file_sha256); !same.ok()) return same;
  evidence.suspect_file = std::move(suspect->file);
  evidence.suspect = std::move(suspect->article);
  absl::StatusOr<std::vector<ByteSpan>> excluded = FindExcluded(*given, evidence.suspect);
  if (!excluded.ok()) return excluded.status();
  evidence.check.exclude.spans = *std::move(excluded);

  absl::StatusOr<Report> made = MakeWithBasis(*given, options_, engine_, workspace_, *files_, evidence);
  if (!made.ok()) return made.status();
  evidence.report = *std::move(made);
  if (absl::Status licences = AddLicences(*given, options_, evidence); !licences.ok()) return licences;
  if (absl::Status equal = CheckEqual(*given, RenderJson(evidence.report, evidence.json)); !equal.ok()) return equal;
  if (!evidence.check.details) {
    evidence.check.details = evidence.json.full = true;
    evidence.json.options = OptionsInReports(evidence.reader, evidence.check, evidence.json.offsets,
                                             given->options.excluded, given->options.licences);
  }
  // From the basis alone, as everybody else will make it.
  absl::StatusOr<Report> again = RemakeReport(evidence, engine_, workspace_);
  if (!again.ok()) return again.status();
  evidence.report = *std::move(again);
  evidence.report_json = RenderJson(evidence.report, evidence.json);
  if (given->options.check.details) {
    if (absl::Status equal = CheckEqual(*given, evidence.report_json); !equal.ok()) return equal;
  }
  absl::StatusOr<std::vector<std::string>> log = LogOf(*given, options_.log);
  if (!log.ok()) return log.status();
  evidence.log = *std::move(log);
  return evidence;
}

absl::StatusOr<Evidence> GatherEvidence(std::string_view report_line, const GatherOptions& options,
                                        const Engine& engine, Workspace& workspace) {
  return EvidenceGatherer(options, engine, workspace).Gather(report_line);
}

}  // namespace unspin::evidence
