// `unspin index`: articles → an archive of originals.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/repeated_messages.h"
#include "render/wording.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/pipeline.h"

namespace unspin::cli {
namespace {

struct IndexOptions {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  bool replace = false;
  uint64_t segment_mb = 96;  // MiB of text
};

using Block = MappedBlock<FingerprintedArticle>;

struct Counts {
  uint64_t text_bytes = 0, added = 0, new_versions = 0, unchanged = 0;
  uint64_t undated = 0, equal_texts = 0;  // of all articles; of those, word for word in the archive under another id

  uint64_t articles() const { return added + new_versions + unchanged; }
};

using Place = ArchiveWriter::Place;

std::string Named(const std::string& path, const std::optional<uint64_t>& record) {
  return path + (record ? ":" + std::to_string(*record) : "");
}

// Whether the article has no id of its own, so that another spelling of its path makes another id.
bool IsNamedByPlace(const Article& article) {
  const std::string id = article.record ? article.path + "#" + std::to_string(*article.record) : article.path;
  return article.path != "-" && article.id == id;
}

// Whether a place names the article's own file. A path that leads nowhere now may have been given in another working
// folder: then the name of the file decides. The texts are equal.
bool IsSameFile(const Article& article, const Place& place) {
  if (article.record != place.record) return false;
  struct stat here, there;
  if (stat(article.path.c_str(), &here) != 0) return false;
  if (stat(place.path.c_str(), &there) == 0) return here.st_dev == there.st_dev && here.st_ino == there.st_ino;
  const auto name = [](const std::string& path) { return path.substr(path.rfind('/') + 1); };
  return name(article.path) == name(place.path);
}

Block Fingerprint(const Engine& engine, MapState& state, RecordBlock& records) {
  Block block(records);
  state.parser.Parse(records, [&](Record record) {
    if (auto* bad = std::get_if<BadRecord>(&record)) return block.Add(std::move(*bad));
    block.Add(Fingerprinted(engine, std::get<Article>(std::move(record)), state.workspace));
  });
  return block;
}

// Adds articles, and says what a person should know about them.
class Indexer {
 public:
  Indexer(Input& input, ArchiveWriter& writer) : input_(input), writer_(writer) {}

  absl::Status Add(const FingerprintedArticle& item) {
    const Article& article = item.article;
    input_.SayReading(article);
    counts_.text_bytes += article.text.size();
    counts_.undated += article.published.empty();
    if (IsNamedByPlace(article) && !writer_.Holds(article.id)) {
      const auto is_there = IsThereByAnotherName(item);
      if (!is_there.ok()) return is_there.status();
      if (*is_there) return absl::OkStatus();
    }
    const auto result = writer_.Add(article, item.sha256, item.fingerprints);
    if (!result.ok()) return result.status();
    counts_.added += *result == ArchiveWriter::Added::kNew;
    counts_.new_versions += *result == ArchiveWriter::Added::kNewVersion;
    counts_.unchanged += *result == ArchiveWriter::Added::kUnchanged;
    if (const auto& earlier = writer_.earlier_text()) {
      messages_.Add(Named(article.path, article.record),
                    "the id “" + article.id + "” stands at “" + Named(earlier->path, earlier->record) +
                        "” already, with another text; give each article an id of its own");
    }
    return absl::OkStatus();
  }

  void SayMessages() { messages_.Finish(); }
  const Counts& counts() const { return counts_; }

 private:
  absl::StatusOr<bool> IsThereByAnotherName(const FingerprintedArticle& item) {
    const auto places = writer_.FindEqualTexts(item.sha256);
    if (!places.ok()) return places.status();
    const auto same = std::find_if(places->begin(), places->end(),
                                   [&](const Place& place) { return IsSameFile(item.article, place); });
    if (same == places->end()) {
      counts_.equal_texts += !places->empty();
      return false;
    }
    ++counts_.unchanged;
    messages_.Add(item.article.id, "is in the archive already, as “" + same->id + "”; it was not added again");
    return true;
  }

  Input& input_;
  ArchiveWriter& writer_;
  Counts counts_;
  RepeatedMessages messages_;
};

absl::Status IndexAll(TaskQueue& tasks, Input& input, ArchiveWriter& writer, Progress& progress, Indexer& indexer) {
  const Engine engine;
  absl::Status failure;
  bool ended = false;
  RunOrderedPipeline(
      tasks,
      [&]() -> std::optional<RecordBlock> {
        if (ended) return std::nullopt;
        auto block = input.NextBlock();
        ended = !block;
        // A block without records is the last, so that the archive is finished while there are threads that help.
        return block ? std::move(block) : RecordBlock();
      },
      [&] { return std::make_unique<MapState>(engine); },
      [&](std::unique_ptr<MapState>& state, RecordBlock records) {
        const bool last = records.size() == 0;  // all records of another block may be left out
        Block block = Fingerprint(engine, *state, records);
        input.Recycle(std::move(records));
        return std::pair(std::move(block), last);
      },
      [&](std::pair<Block, bool> mapped) {
        auto& [block, last] = mapped;
        const auto add = [&](const FingerprintedArticle& item) {
          failure = indexer.Add(item);
          return failure.ok();
        };
        const bool more = !last && block.HandOver(input, add);
        progress.Update(input.articles(), input.bytes_read(), input.bytes_total());
        // Articles read before a bad record that stops the run are kept.
        if (!more && failure.ok()) failure = writer.Finish();
        return more;
      });
  return failure;
}

void SayCounts(const Counts& counts) {
  if (counts.undated > 0 && counts.undated < counts.articles()) {
    std::fprintf(stderr, "%s of %s have no date\n", Grouped(counts.undated).c_str(),
                 Count(counts.articles(), "article").c_str());
  }
  if (counts.equal_texts > 0) {
    std::fprintf(stderr, "%s: word for word in the archive under another id too\n",
                 Count(counts.equal_texts, "article").c_str());
  }
}

ExitStatus Run(const IndexOptions& options) {
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  TaskQueue tasks(ThreadCount(options.common));
  auto writer = ArchiveWriter::Open(options.archive, options.segment_mb << 20, options.replace, &tasks);
  if (!writer.ok()) return Fail(writer.status());
  Progress progress("indexing", options.common.quiet);
  Indexer indexer(**input, **writer);
  const absl::Status failure = IndexAll(tasks, **input, **writer, progress, indexer);
  indexer.SayMessages();
  if (!failure.ok()) return Fail(failure);
  const double seconds = progress.Finish();
  const Counts& counts = indexer.counts();
  const double read = static_cast<double>((*input)->bytes_read());
  std::printf("articles   %llu (%llu new, %llu new versions, %llu unchanged, %llu bad records)\n",
              static_cast<unsigned long long>(counts.articles()), static_cast<unsigned long long>(counts.added),
              static_cast<unsigned long long>(counts.new_versions), static_cast<unsigned long long>(counts.unchanged),
              static_cast<unsigned long long>((*input)->bad()));
  std::printf("text       %llu bytes\n", static_cast<unsigned long long>(counts.text_bytes));
  std::printf("read       %.0f bytes in %.2f s: %.1f MB/s\n", read, seconds, read / 1e6 / seconds);
  const ExitStatus status = (*input)->Finish();
  if (!ResultsWritten()) return ExitStatus::kFailed;
  if (!options.common.quiet) SayCounts(counts);
  return status;
}

}  // namespace

void AddIndex(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "index", "create or extend an archive of originals",
                 Examples("unspin index originals/ --archive archive",
                          "zstdcat wire.jsonl.zst | unspin index - --archive archive --id-field guid"),
                 Run);
  AddInputOptions(
      command, options.input,
      "files, folders or - for standard input: texts, pages, JSON, CSV, Parquet, WARC, feeds, also compressed");
  AddArchiveOption(command, options.archive, options.input.inputs, true,
                   "folder of the archive, made where there is none");
  command.add_flag("--replace", options.replace,
                   "drop earlier versions of an article that comes again with another text");
  command
      .add_option("--segment-mb", options.segment_mb,
                  WithDefault("MiB of text after which a segment is written; memory grows with it", options.segment_mb))
      ->check(WholeNumber(1, 4096));
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
