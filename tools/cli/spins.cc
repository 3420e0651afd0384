// `unspin spins`: lists the spin dictionary of an archive, or compares the spinners of two suspects.
#include <cstdio>

#include <simdjson.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/line_reader.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "unspin/json/json_parser.h"
#include "unspin/spins/spin_dictionary.h"

namespace unspin::cli {
namespace {

enum class ListFormat { kText, kCsv, kJson };
const Names<ListFormat> kListFormatNames = {
    {"text", ListFormat::kText}, {"csv", ListFormat::kCsv}, {"json", ListFormat::kJson}};

struct SpinsOptions {
  std::string archive;
  ListFormat format = ListFormat::kText;
  uint32_t min_articles = SpinDictionary::kMinPairs;
  std::vector<std::string> compare;  // two files of reports
};

// A field of a CSV line as in RFC 4180.
std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

Substitution ReadSubstitution(simdjson::dom::element json) {
  Substitution substitution;
  substitution.original = JsonTextField(json, "original");
  substitution.suspect = JsonTextField(json, "suspect");
  const auto count = JsonField(json, "count");
  uint64_t number = 0;
  substitution.count = count && !count->get(number) ? static_cast<uint32_t>(number) : 1;
  const std::string_view evidence = JsonTextField(json, "evidence");
  substitution.source = evidence == Name(SubstitutionSource::kNumber) ? SubstitutionSource::kNumber
                        : evidence == Name(SubstitutionSource::kStem) ? SubstitutionSource::kStem
                                                                      : SubstitutionSource::kContext;
  return substitution;
}

// Appends the substitutions of a report's first finding. False if `line` is no report.
bool ReadReport(const std::string& line, JsonParser& parser, std::vector<Substitution>& out) {
  simdjson::dom::element report;
  if (parser.Parse(line).get(report)) return false;
  const auto findings = JsonField(report, "findings");
  if (!findings || !findings->is_array()) return false;
  simdjson::dom::element first;
  if (findings->at(0).get(first)) return true;
  const auto substitutions = JsonField(first, "substitutions");
  if (!substitutions || !substitutions->is_array()) return true;
  for (const simdjson::dom::element json : substitutions->get_array()) {
    Substitution substitution = ReadSubstitution(json);
    if (!substitution.original.empty() && !substitution.suspect.empty()) out.push_back(std::move(substitution));
  }
  return true;
}

absl::StatusOr<std::vector<Substitution>> ReadSubstitutions(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines.ok()) return lines.status();
  JsonParser parser;
  std::vector<Substitution> out;
  uint64_t number = 0;
  while (const std::optional<std::string> line = lines->Next()) {
    ++number;
    if (line->empty() || ReadReport(*line, parser, out)) continue;
    return absl::InvalidArgumentError(path + ":" + std::to_string(number) +
                                      ": not a report; make one with `unspin check SUSPECT --archive DIR --json`");
  }
  if (!lines->status().ok()) return lines->status();
  return out;
}

std::string ToJson(const SpinEntry& entry) {
  JsonWriter json;
  json.BeginObject();
  json.Field("original", entry.original);
  json.Field("suspect", entry.suspect);
  json.Field("uses", entry.uses);
  json.Field("pairs", entry.pairs);
  json.EndObject();
  return json.Take();
}

void Print(const std::vector<SpinEntry>& entries, ListFormat format) {
  if (format == ListFormat::kCsv) std::puts("original,suspect,uses,pairs");
  for (const SpinEntry& entry : entries) {
    switch (format) {
      case ListFormat::kText:
        std::printf("%-28s → %-28s %6u uses in %u articles\n", entry.original.c_str(), entry.suspect.c_str(),
                    entry.uses, entry.pairs);
        break;
      case ListFormat::kCsv:
        std::printf("%s,%s,%u,%u\n", CsvField(entry.original).c_str(), CsvField(entry.suspect).c_str(), entry.uses,
                    entry.pairs);
        break;
      case ListFormat::kJson:
        std::puts(ToJson(entry).c_str());
        break;
    }
  }
}

const char* LikenessInWords(const SpinnerLikeness& likeness) {
  constexpr uint32_t kMinCommon = 5;  // phrases
  constexpr double kOneSpinner = 0.5, kUnclear = 0.3;
  if (likeness.common < kMinCommon) return "too few to say whether one spinner made both";
  if (likeness.likeness >= kOneSpinner) return "as texts of one spinner do";
  return likeness.likeness >= kUnclear ? "no clear answer" : "as texts of two spinners do";
}

ExitStatus CompareSuspects(const SpinsOptions& options) {
  const auto left = ReadSubstitutions(options.compare[0]);
  if (!left.ok()) return Fail(left.status());
  const auto right = ReadSubstitutions(options.compare[1]);
  if (!right.ok()) return Fail(right.status());
  const SpinnerLikeness likeness = CompareSpinners(*left, *right);
  if (options.format == ListFormat::kText) {
    std::printf("likeness  %.2f: of %u phrases that both replaced, %u got the same replacement\n", likeness.likeness,
                likeness.common, likeness.equal);
    std::printf("          %s\n", LikenessInWords(likeness));
  }
  Print(likeness.shared, options.format);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

ExitStatus Run(const SpinsOptions& options) {
  if (!options.compare.empty()) return CompareSuspects(options);
  if (options.archive.empty()) return Fail("spins: name an archive, or two files of reports with --compare");
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  const std::vector<SpinEntry> entries = (*archive)->spins().Entries(options.min_articles);
  if (entries.empty()) {
    PrintError("nothing learnt yet that was seen in " + std::to_string(options.min_articles) +
               " articles; learn with: unspin audit SUSPECTS --archive " + options.archive + " --out REPORTS --learn");
  }
  Print(entries, options.format);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddSpins(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "spins", "the spin dictionary learnt with an archive: which words became which",
      Examples("unspin spins archive --format csv > spins.csv", "unspin spins --compare one.json other.json"), Run);
  AddArchiveArgument(command, options.archive);
  AddWordOption(command, "--format", options.format, kListFormatNames,
                WithDefault("text, csv or json", WordFor(kListFormatNames, options.format)));
  command
      .add_option("--least", options.min_articles,
                  WithDefault("list what was seen in at least so many articles", options.min_articles))
      ->check(WholeNumber(1, 1000000));
  command.add_option("--compare", options.compare, "two files of JSON reports: did one spinner make both suspects?")
      ->type_name("FILE")
      ->expected(2);
}

}  // namespace unspin::cli
