// `unspin audit`: a corpus of suspects → a file with one report per suspect.
#include <cstdio>
#include <iterator>
#include <optional>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/report_file.h"
#include "cli/spin_learning.h"
#include "render/json.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct AuditOptions {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  std::string out;  // file, or "-"
  bool brief = false;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
  bool learn = false;
  bool resume = false;
};

// What is kept of a report.
struct AuditResult {
  std::string json;
  Verdict verdict = Verdict::kUnrelated;
  std::optional<Report> spin_lesson;  // with --learn
};

struct Counts {
  uint64_t suspects = 0;
  uint64_t of_verdict[static_cast<size_t>(Verdict::kInsufficient) + 1] = {};
};

// Passes the suspects that `out` has reports of. Fails where its last report is of another suspect.
absl::Status SkipResumed(Input& input, const ReportFile& out, const std::string& path) {
  for (uint64_t skipped = 0; skipped < out.resumed(); ++skipped) {
    const std::optional<Article> article = input.Next();
    if (!article)
      return absl::InvalidArgumentError(path +
                                        " holds more reports than the input has suspects: is it of another run?");
    if (skipped + 1 == out.resumed() && article->id != out.last_id()) {
      return absl::InvalidArgumentError(path + ": report " + std::to_string(out.resumed()) + " is of “" +
                                        out.last_id() + "”, but that suspect of the input is “" + article->id +
                                        "”; resume with the same input, or without --resume to begin again");
    }
  }
  return absl::OkStatus();
}

// Fails only where the archive is damaged; what could not be written is told by `out`.
absl::Status CheckAll(const AuditOptions& options, const Archive& archive, Input& input, ReportFile& out,
                      SpinDictionary& spins, Progress& progress, Counts& counts) {
  const Engine engine;
  CheckOptions check = options.check;
  check.details = !options.brief;
  const JsonOptions json{.full = !options.brief, .offsets = options.offsets};
  absl::Status failure;
  RunOrderedPipeline(
      ThreadCount(options.common), [&] { return input.Next(); }, [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, const Article& article) -> absl::StatusOr<AuditResult> {
        const auto report = engine.Check(article, archive, check, *workspace);
        if (!report.ok()) return report.status();
        AuditResult result{RenderJson(*report, json), report->summary.verdict, std::nullopt};
        if (options.learn) result.spin_lesson = SpinLesson(*report);
        return result;
      },
      [&](absl::StatusOr<AuditResult> result) {
        if (!result.ok()) {
          failure = result.status();
          return false;
        }
        if (result->spin_lesson) spins.Learn(*result->spin_lesson);
        ++counts.of_verdict[static_cast<size_t>(result->verdict)];
        const bool written = out.Write(std::move(result->json));
        progress.Update(++counts.suspects, input.bytes_read(), input.bytes_total());
        return written;
      });
  return failure;
}

void PrintSummary(const Counts& counts, const Input& input, double seconds) {
  std::fprintf(stderr, "%llu suspects in %.1f s, %llu bad records:", static_cast<unsigned long long>(counts.suspects),
               seconds, static_cast<unsigned long long>(input.bad()));
  for (size_t verdict = 0; verdict < std::size(counts.of_verdict); ++verdict) {
    if (counts.of_verdict[verdict] == 0) continue;
    std::fprintf(stderr, " %s %llu", Name(static_cast<Verdict>(verdict)),
                 static_cast<unsigned long long>(counts.of_verdict[verdict]));
  }
  std::fputc('\n', stderr);
}

ExitStatus Run(const AuditOptions& options) {
  auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  auto out = ReportFile::Open(options.out, options.resume);
  if (!out.ok()) return Fail(out.status());
  if (const absl::Status skipped = SkipResumed(**input, *out, options.out); !skipped.ok()) return Fail(skipped);
  if (out->resumed() > 0 && !options.common.quiet)
    std::fprintf(stderr, "%llu reports are there, going on behind them\n",
                 static_cast<unsigned long long>(out->resumed()));
  SpinDictionary spins = (*archive)->spins();
  Progress progress("auditing", options.common.quiet);
  Counts counts;
  const absl::Status checked = CheckAll(options, **archive, **input, *out, spins, progress, counts);
  const absl::Status written = out->Close();
  if (!checked.ok()) return Fail(checked);
  if (!written.ok()) return Fail(written);
  if (options.learn) {
    const absl::Status saved = SaveSpins(options.archive, (*archive)->spins(), spins, options.common.quiet);
    if (!saved.ok()) return Fail(saved);
  }
  if (!options.common.quiet) PrintSummary(counts, **input, progress.seconds());
  return (*input)->Status();
}

}  // namespace

void AddAudit(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "audit", "check a whole corpus: one report per suspect, in input order",
                 Examples("unspin audit crawl.jsonl.zst --archive archive --out reports.jsonl",
                          "unspin audit crawl/ --archive archive --out - --all --keep section | jq .summary.verdict"),
                 Run);
  AddInputOptions(command, options.input, "suspect articles: files, folders or - for standard input");
  command.add_option("--archive", options.archive, "folder of the archive")->required();
  command.add_option("--out", options.out, "file for the reports, JSON Lines; - for standard output")->required();
  command.add_option("--keep", options.input.reader.keep, "input fields copied into each report")->delimiter(',');
  command.add_flag("--brief", options.brief, "leave passages and substitutions out");
  auto* resume = command.add_flag("--resume", options.resume,
                                  "go on where an earlier run of the same input ended: its reports stay");
  AddCheckOptions(command, options.check);
  AddOffsetsOption(command, options.offsets);
  AddLearnOption(command, options.learn)->excludes(resume);
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
