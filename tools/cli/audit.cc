// `unspin audit`: a corpus of suspects → a file with one report per suspect, and what is known of its errors.
#include <cstdio>
#include <limits>
#include <map>
#include <optional>

#include "absl/container/flat_hash_set.h"

#include "cli/audit_sample.h"
#include "cli/audit_summary.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/licences.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/progress.h"
#include "cli/repeated_ids.h"
#include "cli/result_file.h"
#include "cli/spin_learning.h"
#include "cli/temporary_outputs.h"
#include "render/findings_csv.h"
#include "render/json.h"
#include "render/json_writer.h"
#include "render/report_file.h"
#include "render/report_line.h"
#include "render/wording.h"
#include "unspin/audit/audit_counts.h"
#include "unspin/audit/site_counts.h"
#include "unspin/audit/stratified_sample.h"
#include "unspin/base/hash.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/report/site_of.h"

namespace unspin::cli {
namespace {

constexpr char kErrorsGroup[] = "How many findings are false";

struct AuditOptions {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  std::string out;  // file, or "-"
  bool brief = false;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
  bool learn = false;
  bool resume = false, force = false;
  uint64_t sample = 0;  // findings to draw
  uint64_t sample_seed = 1;
  std::string csv, sample_out, readings, summary, licences;  // files; empty: none

  bool checks() const { return !input.inputs.empty() || !archive.empty() || !out.empty() || readings.empty(); }
};

// What is kept of a report.
struct AuditResult {
  std::string json;
  SuspectOutcome outcome;
  std::string site;                   // of the suspect
  std::string csv;                    // with --csv: a line for each of the report's findings
  std::vector<std::string> sampled;   // with --sample: one for each of the outcome's findings
  std::optional<Report> spin_lesson;  // with --learn
  ArticleCard suspect;                // id, sha256, path and record
};

// Suspects that bear the id of another one with another text: their reports are hard to tell apart.
class RepeatedSuspects {
 public:
  void Add(const ArticleCard& suspect) {
    if (!texts_.insert(Hash64(suspect.id + "\n" + suspect.sha256)).second) return;  // the same article again
    if (!ids_.insert(Hash64(suspect.id)).second) names_.emplace(repeated_.size(), suspect.id);
    repeated_.Add(suspect.id, suspect.path, suspect.record.value_or(0));
  }
  void Say() {
    repeated_.Finish();
    repeated_.Say([this](uint64_t article) { return names_[article]; });
  }

 private:
  absl::flat_hash_set<uint64_t> texts_, ids_;  // hashes
  std::map<uint64_t, std::string> names_;      // the ids of articles whose id came before
  RepeatedIds repeated_;
};

// What an audit adds up.
struct AuditTotals {
  explicit AuditTotals(const AuditOptions& options) : sample(options.sample, options.sample_seed) {}

  uint64_t now = 0;  // suspects of this run
  AuditCounts all;   // with the reports that were there
  SiteCounts sites;  // likewise
  StratifiedSample sample;
  RepeatedSuspects repeated;
};

// Passes the suspects that `out` has reports of. Fails where a report is of another suspect.
absl::Status SkipResumed(Input& input, const ReportFile& out, const std::string& path) {
  for (uint64_t skipped = 0; skipped < out.resumed(); ++skipped) {
    const std::optional<Article> article = input.Next();
    if (!article)
      return absl::InvalidArgumentError(path +
                                        " holds more reports than the input has suspects: is it of another run?");
    if (absl::Status status = out.CheckSuspect(skipped, *article); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// Rows are made of the line, as those of earlier runs are, so that both have the same bytes.
std::string FindingRows(const std::string& line) {
  const auto report = ReportLineReader().Read(line);
  return report ? RenderFindingsCsv(report->report, report->id) : "";
}

// --sample and --brief exclude each other, so that a sampled report has the passages.
AuditResult ResultOf(const Report& report, const AuditOptions& options, const JsonOptions& json) {
  AuditResult result{RenderJson(report, json), OutcomeOf(report), SiteOf(report.suspect), {}, {}, std::nullopt, {}};
  // As --resume will read it, so that the sums are equal.
  for (FindingOutcome& finding : result.outcome.findings)
    finding.probability = JsonWriter::Rounded(finding.probability);
  if (!options.csv.empty() && !report.findings.empty()) result.csv = FindingRows(result.json);
  result.suspect.id = report.suspect.id;
  result.suspect.sha256 = report.suspect.sha256;
  result.suspect.path = report.suspect.path;
  result.suspect.record = report.suspect.record;
  if (options.learn) result.spin_lesson = SpinLesson(report);
  if (options.sample == 0) return result;
  for (const Finding& finding : report.findings) result.sampled.push_back(SampledFinding(report, finding));
  return result;
}

void Add(AuditResult& result, AuditTotals& totals) {
  ++totals.now;
  totals.all.Add(result.outcome);
  totals.sites.Add(result.site, result.outcome);
  totals.repeated.Add(result.suspect);
  for (size_t i = 0; i < result.sampled.size(); ++i) {
    const FindingOutcome& finding = result.outcome.findings[i];
    if (NamesOriginal(finding.verdict))
      totals.sample.Add(StratumOf(finding.verdict, finding.probability), std::move(result.sampled[i]));
  }
}

// Fails only where the archive is damaged; what could not be written is told by `out`.
absl::Status CheckAll(const AuditOptions& options, const Archive& archive, const JsonOptions& json, Input& input,
                      const LicenceTable& licences, ReportFile& out, ResultFile* csv, SpinDictionary& spins,
                      Progress& progress, AuditTotals& totals, const Engine& engine) {
  absl::Status failure;
  RunOrderedPipeline(
      ThreadCount(options.common), [&] { return input.Next(); }, [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, const Article& article) -> absl::StatusOr<AuditResult> {
        absl::StatusOr<Report> report = engine.Check(article, archive, options.check, *workspace);
        if (!report.ok()) return report.status();
        licences.Apply(*report);
        return ResultOf(*report, options, json);
      },
      [&](absl::StatusOr<AuditResult> result) {
        if (!result.ok()) {
          failure = result.status();
          return false;
        }
        if (result->spin_lesson) spins.Learn(*result->spin_lesson);
        Add(*result, totals);
        const bool written = out.Write(std::move(result->json));
        if (csv != nullptr) csv->Write(result->csv);
        progress.Update(totals.now, input.bytes_read(), input.bytes_total());
        return written;
      });
  return failure;
}

void PrintSummary(const AuditTotals& totals, const Input& input, double seconds) {
  const AuditCounts& counts = totals.all;
  std::string words = Count(counts.suspects, "suspect");
  if (totals.now < counts.suspects) words += ", " + Grouped(totals.now) + " of them now,";
  words += " in " + Decimal(seconds, 1) + " s, " + Count(input.bad(), "bad record");
  if (counts.suspects > 0) words += ":";
  for (size_t verdict = 0; verdict < kVerdicts; ++verdict) {
    if (counts.suspects_of[verdict] > 0)
      words += std::string(" ") + Name(static_cast<Verdict>(verdict)) + " " + Grouped(counts.suspects_of[verdict]);
  }
  if (counts.far_apart > 0)
    words += "\n" + Grouped(counts.far_apart) + " of " + Count(counts.dated, "finding") + " with two dates are over " +
             Grouped(kMaxDaysApart) + " days apart: so many are false, or more";
  if (const std::string licences = LicencesInWords(counts); !licences.empty()) words += "\n" + licences;
  std::fprintf(stderr, "%s\n", words.c_str());
  std::fputs(LargestSitesInWords(totals.sites).c_str(), stderr);
}

AuditSummary::Run SummaryOf(const AuditTotals& totals, const ArchiveStatistics& archive, uint64_t bad_records) {
  AuditSummary::Run run{archive.fingerprint, archive.articles, bad_records, totals.all, {}, {}};
  run.sites = totals.sites.Largest(AuditSummary::kMaxSites, run.other_sites);
  return run;
}

ReportOrigin OriginOf(const Archive& archive, const Engine& engine, const JsonOptions& json) {
  const ArchiveStatistics& statistics = archive.Statistics();
  return {kVersion, engine.ModelName(), {statistics.fingerprint, statistics.articles}, json.options};
}

// Checks the inputs. The summary gets what was counted.
ExitStatus RunChecks(const AuditOptions& options, AuditSummary& summary) {
  const EarlierReports earlier = options.resume  ? EarlierReports::kResume
                                 : options.force ? EarlierReports::kReplace
                                                 : EarlierReports::kRefuse;
  if (const absl::Status status = ReportFile::CheckEarlier(options.out, earlier); !status.ok()) return Fail(status);
  if (earlier == EarlierReports::kRefuse && HoldsSomething(options.csv))
    return Fail(options.csv + ": the file is there and holds something; replace it with --force, or name another");
  const absl::StatusOr<LicenceTable> licences = LicenceTable::Read(options.licences);
  if (!licences.ok()) return Fail(licences.status());
  auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  AuditTotals totals(options);
  const Engine engine;
  const JsonOptions json{
      !options.brief, options.offsets,
      OptionsInReports(options.input.reader, options.check, options.offsets, {}, licences->sha256())};
  // The table is written anew, also behind earlier reports, so that it is whole or not there.
  const TemporaryOutputs temporary(options.csv.empty() ? "-" : options.csv);
  std::optional<ResultFile> csv;
  if (!options.csv.empty()) csv.emplace(options.csv).Write(FindingsCsvHeader());
  auto out = ReportFile::Open(options.out, earlier, OriginOf(**archive, engine, json), [&](const ReportLine& line) {
    const SuspectOutcome outcome = OutcomeOf(line.report);
    totals.all.Add(outcome);
    totals.sites.Add(SiteOf(line.report.suspect), outcome);
    if (csv) csv->Write(RenderFindingsCsv(line.report, line.id));
  });
  if (!out.ok()) return Fail(out.status());
  const OnInterrupt on_interrupt([&] {
    const std::string reports = Grouped(out->Flush());
    PrintError("stopped after " + reports + " reports" + (options.out == "-" ? "" : "; go on with --resume"));
  });
  if (const absl::Status skipped = SkipResumed(**input, *out, options.out); !skipped.ok()) return Fail(skipped);
  if (out->resumed() > 0 && !options.common.quiet)
    std::fprintf(stderr, "%s are there, going on behind them\n", Count(out->resumed(), "report").c_str());
  SpinDictionary spins = (*archive)->spins();
  Progress progress("auditing", options.common.quiet || (options.out == "-" && ResultsGoToTerminal()));
  const absl::Status checked = CheckAll(options, **archive, json, **input, *licences, *out, csv ? &*csv : nullptr,
                                        spins, progress, totals, engine);
  const double seconds = progress.Finish();
  const int write_error = out->Close();
  if (!checked.ok()) return Fail(checked);
  if (write_error != 0) return FailToWrite(options.out, write_error);
  if (options.learn) {
    const absl::Status saved = SaveSpins(options.archive, (*archive)->spins(), spins, options.common.quiet);
    if (!saved.ok()) return Fail(saved);
  }
  if (options.sample > 0 && !WriteSample(options.sample_out, totals.sample, totals.all)) return ExitStatus::kFailed;
  totals.repeated.Say();
  const ExitStatus status = (*input)->Finish();
  if (csv && status != ExitStatus::kFailed && !csv->Finish()) return ExitStatus::kFailed;
  if (!options.common.quiet) PrintSummary(totals, **input, seconds);
  summary.run = SummaryOf(totals, (*archive)->Statistics(), (*input)->bad());
  return status;
}

ExitStatus Run(const AuditOptions& options) {
  CommandFiles files{options.input.inputs,
                     options.archive,
                     {{"--out", options.out},
                      {"--csv", options.csv},
                      {"--summary", options.summary},
                      {"--sample-out", options.sample_out}},
                     {}};
  files.inputs.push_back(options.readings);
  files.inputs.push_back(options.licences);
  if (const absl::Status guarded = GuardOutputs(files); !guarded.ok()) return Fail(guarded);
  AuditSummary summary;
  if (!options.readings.empty()) {
    auto readings = ReadReadings(options.readings);
    if (!readings.ok()) return Fail(readings.status());
    summary.readings = *std::move(readings);
  }
  ExitStatus status = ExitStatus::kDone;
  if (options.checks()) {
    if (options.input.inputs.empty()) throw CLI::RequiredError("inputs");
    if (options.archive.empty()) throw CLI::RequiredError("--archive");
    if (options.out.empty()) throw CLI::RequiredError("--out");
    AuditOptions checked = options;
    checked.check.details = !options.brief;
    status = RunChecks(checked, summary);
    if (status == ExitStatus::kFailed) return status;
  }
  if (!options.summary.empty() && !WriteAuditSummary(options.summary, summary)) return ExitStatus::kFailed;
  if (summary.readings && !options.common.quiet)
    std::fprintf(stderr, "%s\n", PrecisionInWords(*summary.readings).c_str());
  return status;
}

// --sample and what belongs to it, and --readings.
void AddErrorOptions(CLI::App& command, AuditOptions& options, CLI::Option* brief, CLI::Option* resume) {
  auto* sample = command
                     .add_option("--sample", options.sample,
                                 "findings to draw at random for a person to read: the same number of each verdict and "
                                 "range of probability, as far as there are so many")
                     ->check(WholeNumber(1, 1000000))
                     ->group(kErrorsGroup)
                     ->excludes(brief)
                     ->excludes(resume);
  auto* sample_out = command.add_option("--sample-out", options.sample_out,
                                        "file for them, JSON Lines with the shared passages side by side");
  sample_out->group(kErrorsGroup);
  sample->needs(sample_out);
  sample_out->needs(sample);
  command
      .add_option("--sample-seed", options.sample_seed,
                  WithDefault("another number draws other findings", options.sample_seed))
      ->check(WholeNumber(0, std::numeric_limits<uint64_t>::max()))
      ->group(kErrorsGroup)
      ->needs(sample);
  command
      .add_option("--readings", options.readings,
                  "a file of --sample-out with readings: states precision by verdict, with a 95 % interval")
      ->group(kErrorsGroup);
}

}  // namespace

void AddAudit(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "audit", "check a whole corpus: one report per suspect, in input order",
      "A run that was stopped goes on with --resume and the same input, archive and options; the table is written at\n"
      "its end.\n\n"
      "An audit can say how many of its findings are false. Draw some of them with --sample, write “derived”,\n"
      "“innocent” or “unsure” into the field `reading` of each line, and give the file back with --readings.\n" +
          Examples("unspin audit crawl.jsonl.zst --archive archive --out reports.jsonl --csv findings.csv --sample 200 "
                   "--sample-out sample.jsonl",
                   "unspin audit --readings sample.jsonl --summary precision.json"),
      Run);
  AddInputOptions(command, options.input, "suspect articles: files, folders or - for standard input");
  command.get_option("inputs")->required(false);  // with --readings there may be none
  AddArchiveOption(command, options.archive, options.input.inputs, false, "folder of the archive");
  command.add_option("--out", options.out, "file for the reports, JSON Lines; - for standard output");
  command
      .add_option("--keep", options.input.reader.keep, "input fields copied into each report, with commas between them")
      ->type_name("NAME")
      ->delimiter(',');
  auto* brief = command.add_flag("--brief", options.brief, "leave passages and substitutions out");
  auto* resume = command.add_flag("--resume", options.resume,
                                  "go on where an earlier run of the same input ended: its reports stay");
  command.add_flag("--force", options.force, "replace the reports that are in the file already")->excludes(resume);
  command.add_option(
      "--csv", options.csv,
      "file for a table of the findings, a line each, that spreadsheets open; written anew with --resume");
  command.add_option("--summary", options.summary,
                     "file for counts, also by site, the expected share of false findings, findings whose articles "
                     "appeared over a week apart and, with --readings, the precision, JSON; - for standard output");
  AddErrorOptions(command, options, brief, resume);
  AddCheckOptions(command, options.check);
  AddLicencesOption(command, options.licences);
  AddOffsetsOption(command, options.offsets);
  AddLearnOption(command, options.learn)->excludes(resume);
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
