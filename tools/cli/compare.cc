// `unspin compare`: one suspect and one original, or a file of pairs, without an archive.
#include <cstdio>
#include <optional>

#include <simdjson.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/exclusions.h"
#include "cli/html_pages.h"
#include "cli/licences.h"
#include "cli/line_reader.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/progress.h"
#include "cli/repeated_messages.h"
#include "cli/terminal.h"
#include "render/json.h"
#include "render/text.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/json/json_parser.h"
#include "unspin/records/clean_text.h"
#include "unspin/records/reading.h"

namespace unspin::cli {
namespace {

struct CompareOptions {
  CommonOptions common;
  std::string original, suspect;  // files
  std::string pairs;              // file of pairs, instead of the two
  ReaderOptions reader;
  bool json = false;
  bool full = false;
  std::string html;  // file; empty: none
  double prior = CheckOptions().prior;
  OffsetUnit offsets = OffsetUnit::kByte;
  ExcludeOptions exclude;
  std::string licences;  // file; empty: none
};

// Reads the only article of a file.
absl::StatusOr<Article> ReadOneArticle(const std::string& path, const ReaderOptions& options) {
  auto reader = ArticleReader::Open({path}, options);
  if (!reader.ok()) return reader.status();
  std::optional<Record> record = (*reader)->Next();
  if (!record) return absl::InvalidArgumentError(path + ": holds no article");
  if (const auto* bad = std::get_if<BadRecord>(&*record))
    return absl::InvalidArgumentError(bad->location + ": " + bad->message);
  const auto& article = std::get<Article>(*record);
  if (LeavesMuchAside(article.reading)) PrintError(article.id + ": " + DescribeReading(article.reading));
  if ((*reader)->Next())
    return absl::InvalidArgumentError(
        path + ": holds more than one article; `compare` takes one on each side, `--pairs` many");
  return std::get<Article>(*std::move(record));
}

ExitStatus CompareFiles(const CompareOptions& options) {
  if (options.json && options.html == "-") return Fail("compare: --json and --html - both write to standard output");
  CommandFiles files{{options.original, options.suspect, options.licences}, "", {}, {}};
  AddPages(options.html, files);
  if (const absl::Status guarded = GuardOutputs(files); !guarded.ok()) return Fail(guarded);
  const auto original = ReadOneArticle(options.original, options.reader);
  if (!original.ok()) return Fail(original.status());
  ReaderOptions of_suspect = options.reader;
  of_suspect.hash_files = true;
  const auto suspect = ReadOneArticle(options.suspect, of_suspect);
  if (!suspect.ok()) return Fail(suspect.status());
  const absl::StatusOr<LicenceTable> licences = LicenceTable::Read(options.licences);
  if (!licences.ok()) return Fail(licences.status());
  auto pages = HtmlPages::Open(options.html, false);
  if (!pages.ok()) return Fail(pages.status());
  const Engine engine;
  Workspace workspace(engine);
  CheckOptions check;
  check.prior = options.prior;
  ExcludeOptions exclude = options.exclude;
  if (const absl::Status read = ReadSpans(exclude); !read.ok()) return Fail(read);
  const absl::Status found = FindExcluded(exclude, options.offsets, *suspect, check.exclude.spans);
  if (!found.ok()) return Fail(found);
  Report report = engine.Compare(*original, *suspect, check, workspace);
  licences->Apply(report);
  if (options.json) {
    const std::string said =
        OptionsInReports(options.reader, check, options.offsets, exclude.spans, licences->sha256());
    std::puts(RenderJson(report, {true, options.offsets, said}).c_str());
  } else if (!pages->to_standard_output()) {
    std::fputs(RenderText(report, TerminalText()).c_str(), stdout);
  }
  absl::Status written = pages->Add(report);
  if (written.ok()) written = pages->Finish();
  if (!written.ok()) return Fail(written);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

// A line of the file of pairs.
struct PairLine {
  uint64_t number;  // from 1
  std::string text;
  uint64_t bytes_read;  // of the file, up to the end of this line
};

struct PairResult {
  std::string json;
  std::string location, error;  // of a bad line; empty: the pair was compared
  uint64_t bytes_read = 0;
};

// Buffers of one thread.
struct PairState {
  explicit PairState(const Engine& engine) : workspace(engine) {}

  JsonParser parser;
  Workspace workspace;
};

// Fills the two articles; returns what is wrong with the line, if anything.
std::string ReadPair(const std::string& line, JsonParser& parser, Article& original, Article& suspect) {
  simdjson::dom::element pair;
  if (parser.Parse(line).get(pair) || !pair.is_object())
    return "not a JSON object; write one object with `original` and `suspect` per line";
  original.text = JsonTextField(pair, "original");
  suspect.text = JsonTextField(pair, "suspect");
  original.id = JsonTextField(pair, "original_id");
  suspect.id = JsonTextField(pair, "suspect_id");
  if (suspect.text.empty()) return "`suspect` is missing or holds no text";
  if (original.text.empty()) return "`original` is missing or holds no text";
  CleanText(TextIs::kFoundByItself, original);
  CleanText(TextIs::kFoundByItself, suspect);
  return "";
}

PairResult ComparePair(const Engine& engine, const CompareOptions& options, PairState& state, const PairLine& line) {
  const std::string location = options.pairs + ":" + std::to_string(line.number);
  Article original, suspect;
  const std::string error = ReadPair(line.text, state.parser, original, suspect);
  if (original.id.empty()) original.id = location + "/original";
  if (suspect.id.empty()) suspect.id = location + "/suspect";
  suspect.path = options.pairs;
  suspect.record = line.number;
  CheckOptions check;
  check.prior = options.prior;
  const std::string said = OptionsInReports(options.reader, check, options.offsets);
  check.details = options.full || options.offsets != OffsetUnit::kByte;
  const Report report = error.empty() ? engine.Compare(original, suspect, check, state.workspace)
                                      : engine.Failed(suspect.id, location + ": " + error);
  return {RenderJson(report, {options.full, options.offsets, said}), location, error, line.bytes_read};
}

ExitStatus ComparePairs(const CompareOptions& options) {
  auto lines = LineReader::Open(options.pairs);
  if (!lines.ok()) return Fail(lines.status());
  const Engine engine;
  Progress progress("comparing", options.common.quiet || ResultsGoToTerminal());
  RepeatedMessages messages;
  uint64_t lines_read = 0, bytes_read = 0, compared = 0, bad = 0;
  RunOrderedPipeline(
      ThreadCount(options.common),
      [&]() -> std::optional<PairLine> {
        std::optional<std::string> text = lines->Next();
        if (!text) return std::nullopt;
        bytes_read += text->size() + 1;
        return PairLine{++lines_read, *std::move(text), bytes_read};
      },
      [&] { return std::make_unique<PairState>(engine); },
      [&](std::unique_ptr<PairState>& state, const PairLine& line) {
        return ComparePair(engine, options, *state, line);
      },
      [&](const PairResult& result) {
        if (!result.error.empty()) {
          ++bad;
          messages.Add(result.location, result.error);
        }
        std::puts(result.json.c_str());
        progress.Update(++compared, result.bytes_read, std::nullopt);
        return std::ferror(stdout) == 0;
      });
  progress.Finish();
  messages.Finish();
  if (!lines->status().ok()) return Fail(lines->status());
  if (!ResultsWritten()) return ExitStatus::kFailed;
  return bad > 0 ? ExitStatus::kSkipped : ExitStatus::kDone;
}

ExitStatus Run(const CompareOptions& options) {
  if (!options.pairs.empty()) {
    if (!options.exclude.names.empty())
      return Fail("compare: --exclude names words of one suspect; leave it out, or compare one pair without --pairs");
    if (!options.licences.empty())
      return Fail(
          "compare: --licences is about sites, which a file of pairs does not name; leave it out, or compare one pair "
          "without --pairs");
    return ComparePairs(options);
  }
  if (options.original.empty() || options.suspect.empty())
    return Fail("compare: name ORIGINAL and SUSPECT, or --pairs FILE");
  return CompareFiles(options);
}

}  // namespace

void AddCompare(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "compare", "compare one suspect with one original, or many pairs, without an archive",
                 Examples("unspin compare original.txt suspect.html --html report.html",
                          "unspin compare --pairs pairs.jsonl > reports.jsonl"),
                 Run);
  auto* original = command.add_option("original", options.original, "file of the original")->type_name("ORIGINAL");
  auto* suspect = command.add_option("suspect", options.suspect, "file of the suspect")->type_name("SUSPECT");
  command.add_option("--pairs", options.pairs, "JSON Lines with `original` and `suspect` texts; one report per line")
      ->type_name("FILE")
      ->excludes(original)
      ->excludes(suspect);
  command.add_flag("--full", options.full, "with --pairs: list passages and substitutions too");
  command.add_flag("--json", options.json, "the report as JSON");
  command.add_option("--html", options.html, "write the report as a page to FILE; - for standard output")
      ->type_name("FILE");
  AddPriorOption(command, options.prior);
  AddExcludeOption(command, options.exclude);
  AddLicencesOption(command, options.licences);
  AddReaderOptions(command, options.reader);
  AddOffsetsOption(command, options.offsets);
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
