// `unspin align`: pairs of files → aligned passages, in the file format of the PAN evaluations.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/pair_list.h"
#include "cli/prepared_file.h"
#include "cli/progress.h"
#include "cli/repeated_messages.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/strings.h"
#include "unspin/io/read_file.h"
#include "unspin/io/write_file.h"

namespace unspin::cli {
namespace {

struct AlignOptions {
  CommonOptions common;
  std::string pairs, suspects, originals, out;
};

std::string WithoutSuffix(const std::string& name) {
  return name.ends_with(".txt") ? name.substr(0, name.size() - 4) : name;
}

// For an XML attribute in double quotes.
std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

struct PairError {
  uint64_t line;                  // of the list
  std::string location, message;  // empty: the pair was aligned
};

// What a failure with the file `path` says, apart from its name.
PairError ErrorOf(const FilePair& pair, const std::string& path, const absl::Status& status) {
  std::string_view message = StdView(status.message());
  if (message.starts_with(path + ": ")) message.remove_prefix(path.size() + 2);
  return {pair.line, path, std::string(message)};
}

// Aligns a pair and writes its file.
PairError AlignPair(const Engine& engine, const AlignOptions& options, PreparedFileCache& cache, Workspace& workspace,
                    const FilePair& pair) {
  if (!pair.error.empty()) return {pair.line, options.pairs + ":" + std::to_string(pair.line), pair.error};
  const std::string suspect_path = options.suspects + "/" + pair.suspect,
                    original_path = options.originals + "/" + pair.original;
  const auto suspect = cache.Load(engine, suspect_path, workspace);
  if (!suspect.ok()) return ErrorOf(pair, suspect_path, suspect.status());
  const auto original = cache.Load(engine, original_path, workspace);
  if (!original.ok()) return ErrorOf(pair, original_path, original.status());
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"" + Escaped(pair.suspect) + "\">\n";
  for (const auto& [in_suspect, in_original] : engine.Align(*(*original)->prepared, *(*suspect)->prepared, workspace)) {
    const uint32_t begin = (*suspect)->CodePointsBefore(in_suspect.begin),
                   end = (*suspect)->CodePointsBefore(in_suspect.end),
                   original_begin = (*original)->CodePointsBefore(in_original.begin),
                   original_end = (*original)->CodePointsBefore(in_original.end);
    xml += "<feature name=\"detected-plagiarism\" this_offset=\"" + std::to_string(begin) + "\" this_length=\"" +
           std::to_string(end - begin) + "\" source_reference=\"" + Escaped(pair.original) + "\" source_offset=\"" +
           std::to_string(original_begin) + "\" source_length=\"" + std::to_string(original_end - original_begin) +
           "\" />\n";
  }
  xml += "</document>\n";
  const std::string path =
      options.out + "/" + WithoutSuffix(pair.suspect) + "-" + WithoutSuffix(pair.original) + ".xml";
  const absl::Status written = WriteFileInPlace(path, xml);
  return written.ok() ? PairError{pair.line, "", ""} : ErrorOf(pair, path, written);
}

// Prints errors in the order of the list. Pairs are aligned in another order within each window of PairList, so they
// are printed at the end of each window.
class PairErrors {
 public:
  void Add(PairError error) {
    ++pairs_;
    if (!error.message.empty()) {
      ++count_;
      window_.push_back(std::move(error));
    }
    if (pairs_ % PairList::kWindow == 0) Flush();
  }
  void Flush() {
    std::sort(window_.begin(), window_.end(), [](const PairError& a, const PairError& b) { return a.line < b.line; });
    for (const PairError& error : window_) messages_.Add(error.location, error.message);
    window_.clear();
  }
  // Prints what is left, and how many more errors there were of each kind.
  void Finish() {
    Flush();
    messages_.Finish();
  }
  uint64_t pairs() const { return pairs_; }
  uint64_t count() const { return count_; }

 private:
  uint64_t pairs_ = 0, count_ = 0;
  std::vector<PairError> window_;
  RepeatedMessages messages_;
};

ExitStatus Run(const AlignOptions& options) {
  const auto is_detection = [](std::string_view name) { return name.ends_with(".xml"); };
  const absl::Status guarded = GuardOutputs(
      {{options.pairs, options.suspects, options.originals}, "", {}, {{"--out", options.out, is_detection}}});
  if (!guarded.ok()) return Fail(guarded);
  auto pairs = PairList::Open(options.pairs);
  if (!pairs.ok()) return Fail(pairs.status());
  mkdir(options.out.c_str(), 0777);  // if it fails, so does writing the first file, and says why
  const unsigned threads = ThreadCount(options.common);
  const Engine engine;
  // One thread reads the list; meanwhile another loads the model.
  std::jthread loading;
  if (threads > 1) loading = std::jthread([&] { engine.LoadPassageModel(); });
  PreparedFileCache cache;
  Progress progress("aligning", options.common.quiet);
  PairErrors errors;
  RunOrderedPipeline(
      threads, [&] { return pairs->Next(threads); }, [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, const std::vector<FilePair>& batch) {
        std::vector<PairError> results;
        for (const FilePair& pair : batch) results.push_back(AlignPair(engine, options, cache, *workspace, pair));
        return results;
      },
      [&](std::vector<PairError> results) {
        for (PairError& result : results) errors.Add(std::move(result));
        progress.Update(errors.pairs(), 0, std::nullopt);
        return true;
      });
  errors.Finish();
  if (!pairs->status().ok()) return Fail(pairs->status());
  const double seconds = progress.Finish();
  if (!options.common.quiet) {
    std::fprintf(stderr, "%llu pairs in %.2f s: %.0f pairs/s\n", static_cast<unsigned long long>(errors.pairs()),
                 seconds, static_cast<double>(errors.pairs()) / seconds);
  }
  if (errors.count() == 0) return ExitStatus::kDone;
  return errors.count() < errors.pairs() ? ExitStatus::kSkipped : ExitStatus::kFailed;
}

}  // namespace

void AddAlign(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "align", "text alignment in the file format of the PAN evaluations",
                 Examples("unspin align --pairs pan/pairs --suspects pan/susp --originals pan/src --out detections",
                          "unspin align --pairs few.txt --suspects . --originals . --out /tmp/out --threads 1"),
                 Run);
  command.add_option("--pairs", options.pairs, "file with lines `suspect-file original-file`")
      ->type_name("FILE")
      ->required();
  command.add_option("--suspects", options.suspects, "folder of the suspect files")->type_name("FOLDER")->required();
  command.add_option("--originals", options.originals, "folder of the original files")->type_name("FOLDER")->required();
  command.add_option("--out", options.out, "folder for SUSPECT-ORIGINAL.xml, one for every pair")
      ->type_name("FOLDER")
      ->required();
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
