// Options that several commands share: their values, and how they are declared for CLI11.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "render/offsets.h"
#include "render/report_options.h"
#include "unspin/dedup/options.h"
#include "unspin/unspin.h"

namespace CLI {
class App;
class Option;
class Validator;
}  // namespace CLI

namespace unspin::cli {

// Headings of help texts. Options that only one command has are under CLI11's own, "Options".
inline constexpr char kReadingGroup[] = "Reading the input";
inline constexpr char kJudgingGroup[] = "Judging";
inline constexpr char kClusteringGroup[] = "Similarity";
inline constexpr char kGeneralGroup[] = "General";

// Names of the validators whose descriptions say what a value may be: words with | between them, and "1 to 1000".
inline constexpr char kWordsValidator[] = "words";
inline constexpr char kRangeValidator[] = "range";
// Name of the validator of an option that help texts call required and CLI11 does not.
inline constexpr char kRequiredMark[] = "required";

inline constexpr unsigned kMaxThreads = 1024;  // more than any machine has

inline constexpr unsigned kMaxShingle = 32;  // words; longer ones are seldom shared

struct CommonOptions {
  unsigned threads = 0;  // 0: all cores
  bool quiet = false;
};

struct InputOptions {
  std::vector<std::string> inputs;  // files, folders or "-"
  ReaderOptions reader;
  double max_bad = 0;   // share of bad records that still counts as done
  bool strict = false;  // stop at the first bad record
};

// Threads to use: all cores for 0.
unsigned ThreadCount(const CommonOptions& options);

// The archive, as an argument or as --archive.
void AddArchiveArgument(CLI::App& command, std::string& archive, bool is_required = true);
// The archive of a command whose arguments are many: --archive or, where that is not given, the last of `arguments` if
// it is an archive and not the only one.
void AddArchiveOption(CLI::App& command, std::string& archive, std::vector<std::string>& arguments, bool is_required,
                      const std::string& help);
void AddQuietOption(CLI::App& command, bool& quiet,
                    const char* help = "accepted as by all commands; there is no progress to leave out");
// --threads and --quiet.
void AddCommonOptions(CLI::App& command, CommonOptions& options);
// --format, and the names of the JSON fields.
void AddReaderOptions(CLI::App& command, ReaderOptions& options);
// The inputs, AddReaderOptions', --max-bad and --strict.
void AddInputOptions(CLI::App& command, InputOptions& options, const char* help);
// --prior.
void AddPriorOption(CLI::App& command, double& prior);
// --limit, --prior and --candidates.
void AddSearchOptions(CLI::App& command, CheckOptions& options);
// The same and --all.
void AddCheckOptions(CLI::App& command, CheckOptions& options);
// --learn. Returns CLI11's option, to add rules to.
CLI::Option* AddLearnOption(CLI::App& command, bool& learn);
// --offsets.
void AddOffsetsOption(CLI::App& command, OffsetUnit& unit);
// Of --edges.
inline constexpr char kEdgesHelp[] =
    "file for every pair that reaches the threshold; articles with the same shingles count as one, and only the "
    "preferred of them is in it";
// --measure, --threshold, --shingle and --prefer.
void AddDedupOptions(CLI::App& command, DedupOptions& options);

// Words of a command line and the values they mean.
template <typename Value>
using Names = std::map<std::string, Value>;

extern const Names<Measure> kMeasureNames;
extern const Names<Prefer> kPreferNames;
// All but kInsufficient, which is no finding.
Names<Verdict> VerdictNames();
// Declares an option whose value is one of `words`, in the order in which help and errors list them; take(word) stores
// it.
CLI::Option* AddWordOption(CLI::App& command, const std::string& name, const std::vector<std::string>& words,
                           const std::function<void(const std::string&)>& take, const std::string& help);
// The same where a map says what each word means.
template <typename Value, typename Target>
CLI::Option* AddWordOption(CLI::App& command, const std::string& name, Target& target, const Names<Value>& names,
                           const std::string& help) {
  std::vector<std::pair<Value, std::string>> by_value;  // the words in the order of what they mean
  for (const auto& [word, value] : names) by_value.emplace_back(value, word);
  std::sort(by_value.begin(), by_value.end());
  std::vector<std::string> words;
  for (auto& [value, word] : by_value) words.push_back(std::move(word));
  return AddWordOption(
      command, name, words, [&target, names](const std::string& word) { target = names.at(word); }, help);
}

// The word that means `value`. REQUIRES: there is one.
template <typename Value>
const std::string& WordFor(const Names<Value>& names, Value value) {
  auto name = names.begin();
  while (name != names.end() && name->second != value) ++name;
  assert(name != names.end());
  return name->first;
}

// "threads" → "threads (default: 4)". Help takes defaults from the values that hold them.
inline std::string WithDefault(std::string_view help, const absl::AlphaNum& value) {
  return absl::StrCat(absl::string_view(help.data(), help.size()), " (default: ", value, ")");
}

// Checks of numbers; their messages say what to write instead.
CLI::Validator WholeNumber(uint64_t min, uint64_t max);
CLI::Validator RealNumber(double min, double max);

}  // namespace unspin::cli
