#include "cli/options.h"

#include "cli/nearest_word.h"
#include "unspin/inputs/input_formats.h"

#include <sys/stat.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace unspin::cli {
namespace {

template <typename Value>
Names<Value> NamesOf(std::initializer_list<Value> values) {
  Names<Value> names;
  for (const Value value : values) names[Name(value)] = value;
  return names;
}

const Names<OffsetUnit> kUnitNames =
    NamesOf({OffsetUnit::kByte, OffsetUnit::kCodepoint, OffsetUnit::kUtf16, OffsetUnit::kText});
const Names<TextIs> kTextIsNames = NamesOf({TextIs::kFoundByItself, TextIs::kPlain, TextIs::kHtml});

struct FieldOption {
  const char* name;  // without dashes
  std::string FieldNames::* field;
  const char* help;
};

constexpr FieldOption kFieldOptions[] = {
    {"id-field", &FieldNames::id, "field or column that holds the id; a path for nested fields: meta.id"},
    {"text-field", &FieldNames::text, "field that holds the text"},
    {"title-field", &FieldNames::title, "field that holds the title"},
    {"url-field", &FieldNames::url, "field that holds the address"},
    {"site-field", &FieldNames::site, "field that holds the site"},
    {"published-field", &FieldNames::published, "field that holds the date of publication"},
    {"fetched-field", &FieldNames::fetched, "field that says when it was fetched"}};

// "a, b or c"
std::string Listed(const std::vector<std::string>& words) {
  std::string list = words.front();
  for (size_t i = 1; i < words.size(); ++i) list += (i + 1 < words.size() ? ", " : " or ") + words[i];
  return list;
}

// Marks an option that a command asks for itself, after it has looked for the value elsewhere.
CLI::Validator RequiredMark() {
  return CLI::Validator([](const std::string&) { return std::string(); }, "required", kRequiredMark);
}

bool IsArchive(const std::string& folder) {
  struct stat about;
  return stat((folder + "/MANIFEST").c_str(), &about) == 0;
}

}  // namespace

const Names<Measure> kMeasureNames = {{"jaccard", Measure::kJaccard}, {"containment", Measure::kContainment}};
const Names<Prefer> kPreferNames = {
    {"longest", Prefer::kMaxLength}, {"earliest", Prefer::kEarliest}, {"first", Prefer::kFirst}};

Names<Verdict> VerdictNames() {
  Names<Verdict> names;
  for (int verdict = 0; verdict < static_cast<int>(Verdict::kInsufficient); ++verdict)
    names[Name(static_cast<Verdict>(verdict))] = static_cast<Verdict>(verdict);
  return names;
}

CLI::Option* AddWordOption(CLI::App& command, const std::string& name, const std::vector<std::string>& words,
                           const std::function<void(const std::string&)>& take, const std::string& help) {
  const auto check = [words](const std::string& word) -> std::string {
    if (std::find(words.begin(), words.end(), word) != words.end()) return "";
    return word + ": write " + Listed(words) + DidYouMean(word, words);
  };
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : "|") + word;
  return command.add_option_function<std::string>(name, take, help)
      ->type_name("WORD")
      ->check(CLI::Validator(check, list, kWordsValidator));
}

unsigned ThreadCount(const CommonOptions& options) {
  return options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
}

CLI::Validator WholeNumber(uint64_t min, uint64_t max) {
  const std::string range = absl::StrCat(min, " to ", max);
  const auto check = [=](const std::string& text) -> std::string {
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    return is_number && min <= number && number <= max ? "" : text + ": write a whole number from " + range;
  };
  return CLI::Validator(check, range, kRangeValidator);
}

CLI::Validator RealNumber(double min, double max) {
  // With all digits: a bound that is rounded could be refused itself.
  const auto shown = [](double bound) {
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, bound).ptr);
  };
  const std::string range = shown(min) + " to " + shown(max);
  const auto check = [=](const std::string& text) -> std::string {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const bool is_number = !text.empty() && end == text.c_str() + text.size();
    return is_number && min <= number && number <= max ? "" : text + ": write a number from " + range;
  };
  return CLI::Validator(check, range, kRangeValidator);
}

void AddArchiveArgument(CLI::App& command, std::string& archive, bool is_required) {
  auto* argument = command.add_option("archive", archive, "folder of the archive")->type_name("ARCHIVE");
  command.add_option("--archive", archive, "the same as an option, as other commands take it")
      ->type_name("FOLDER")
      ->excludes(argument);
  if (!is_required) return;
  argument->check(RequiredMark());
  command.parse_complete_callback([&archive] {
    if (archive.empty()) throw CLI::RequiredError("archive");
  });
}

void AddArchiveOption(CLI::App& command, std::string& archive, std::vector<std::string>& arguments, bool is_required,
                      const std::string& help) {
  auto* option = command.add_option("--archive", archive, help + "; an archive may also stand behind the arguments");
  if (is_required) option->check(RequiredMark());
  command.parse_complete_callback([&archive, &arguments, is_required] {
    if (archive.empty() && arguments.size() > 1 && IsArchive(arguments.back())) {
      archive = std::move(arguments.back());
      arguments.pop_back();
    }
    if (is_required && archive.empty()) throw CLI::RequiredError("--archive");
  });
}

void AddQuietOption(CLI::App& command, bool& quiet, const char* help) {
  command.add_flag("--quiet", quiet, help)->group(kGeneralGroup);
}

void AddCommonOptions(CLI::App& command, CommonOptions& options) {
  command.add_option("--threads", options.threads, "threads to work with (default: all cores)")
      ->check(WholeNumber(1, kMaxThreads))
      ->group(kGeneralGroup);
  AddQuietOption(command, options.quiet, "no progress and no summary on standard error");
}

void AddReaderOptions(CLI::App& command, ReaderOptions& options) {
  std::vector<std::string> formats = InputFormatNames();
  formats.insert(formats.begin(), "auto");
  AddWordOption(
      command, "--format", formats, [&options](const std::string& name) { options.format = InputFormatNamed(name); },
      Listed(formats) + " (default: by content and name)")
      ->group(kReadingGroup);
  for (const auto& [name, field, help] : kFieldOptions) {
    std::string& value = options.fields.*field;
    command.add_option("--" + std::string(name), value, WithDefault(help, value))
        ->type_name("NAME")
        ->group(kReadingGroup);
  }
  command
      .add_flag_callback(
          "--no-header", [&options] { options.has_header = false; },
          "a table (CSV) begins with a row of data: give columns by number, --text-field 3")
      ->group(kReadingGroup);
  AddWordOption(command, "--text-is", options.text_is, kTextIsNames,
                "what texts are written in: plain, html or auto (default: auto, each text by itself)")
      ->group(kReadingGroup);
}

void AddInputOptions(CLI::App& command, InputOptions& options, const char* help) {
  command.add_option("inputs", options.inputs, help)->type_name("INPUT")->required();
  AddReaderOptions(command, options.reader);
  command
      .add_option("--max-bad", options.max_bad,
                  WithDefault("share of bad records that still counts as done", options.max_bad))
      ->check(RealNumber(0, 1))
      ->group(kReadingGroup);
  command.add_flag("--strict", options.strict, "stop at the first bad record")->group(kReadingGroup);
}

void AddPriorOption(CLI::App& command, double& prior) {
  constexpr double kMinPrior = 1e-9;  // log odds stay finite
  command.add_option("--prior", prior, WithDefault("probability of derivation before the evidence", prior))
      ->check(RealNumber(kMinPrior, 1 - kMinPrior))
      ->group(kJudgingGroup);
}

void AddSearchOptions(CLI::App& command, CheckOptions& options) {
  command.add_option("--limit", options.limit, WithDefault("originals listed per suspect", options.limit))
      ->check(WholeNumber(1, 1000))
      ->group(kJudgingGroup);
  AddPriorOption(command, options.prior);
  command
      .add_option("--candidates", options.candidates,
                  WithDefault("articles of the archive to compare with the suspect, at most", options.candidates))
      ->check(WholeNumber(1, 100000))
      ->group(kJudgingGroup);
}

void AddCheckOptions(CLI::App& command, CheckOptions& options) {
  AddSearchOptions(command, options);
  command.add_flag("--all", options.all, "list findings weaker than an excerpt as well")->group(kJudgingGroup);
}

CLI::Option* AddLearnOption(CLI::App& command, bool& learn) {
  return command.add_flag("--learn", learn, "add what confirmed findings replaced to the archive's spin dictionary");
}

void AddOffsetsOption(CLI::App& command, OffsetUnit& unit) {
  AddWordOption(command, "--offsets", unit, kUnitNames,
                WithDefault("unit of spans: byte, codepoint or utf16 of the record; text: bytes of its text",
                            WordFor(kUnitNames, unit)))
      ->group(kJudgingGroup);
}

void AddDedupOptions(CLI::App& command, DedupOptions& options) {
  AddWordOption(command, "--measure", options.measure, kMeasureNames,
                WithDefault("jaccard: shared shingles of all; containment: of the smaller article's",
                            WordFor(kMeasureNames, options.measure)))
      ->group(kClusteringGroup);
  command
      .add_option("--threshold", options.threshold,
                  WithDefault("least similarity to the representative", options.threshold))
      ->check(RealNumber(kMinThreshold, 1))
      ->group(kClusteringGroup);
  command.add_option("--shingle", options.shingle, WithDefault("words of a shingle", options.shingle))
      ->check(WholeNumber(1, kMaxShingle))
      ->group(kClusteringGroup);
  AddWordOption(command, "--prefer", options.prefer, kPreferNames,
                WithDefault("which article represents the others: longest, earliest or first",
                            WordFor(kPreferNames, options.prefer)))
      ->group(kClusteringGroup);
}

}  // namespace unspin::cli
