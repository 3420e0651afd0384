#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Prepared {
  ArticleTexts texts;
  std::vector<ShingleSet> sets;
};

// A folder of our own beside the results, gone at the end.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& beside) : path_(beside + ".scratch-" + std::to_string(getpid())) {
    std::filesystem::create_directory(path_, error_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  const std::error_code& error() const { return error_; }

 private:
  std::string path_;
  std::error_code error_;
};

std::string Quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string Fraction(float value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.6g", static_cast<double>(value));
  return text;
}

// One line for each article, in the order of the input. False where it cannot be written; `failure` where an id cannot
// be read.
bool WriteClusters(const Deduplicator& dedup, std::FILE* out, absl::Status& failure) {
  for (uint64_t article = 0; article < dedup.size(); ++article) {
    const Deduplicator::Place place = dedup.PlaceOf(article);
    const auto id = dedup.IdOf(article);
    const auto representative = place.representative == article ? id : dedup.IdOf(place.representative);
    if (!id.ok() || !representative.ok()) {
      failure = id.ok() ? representative.status() : id.status();
      return true;
    }
    const std::string line = "{\"id\":" + Quoted(*id) + ",\"cluster\":" + std::to_string(place.representative + 1) +
                             ",\"representative\":" + Quoted(*representative) +
                             ",\"similarity\":" + Fraction(place.similarity) + "}\n";
    if (std::fwrite(line.data(), 1, line.size(), out) != line.size()) return false;
  }
  return true;
}

bool WriteEdges(const Deduplicator& dedup, std::FILE* out, absl::Status& failure) {
  for (const Deduplicator::Edge& edge : dedup.edges()) {
    const auto a = dedup.IdOf(edge.a), b = dedup.IdOf(edge.b);
    if (!a.ok() || !b.ok()) {
      failure = a.ok() ? b.status() : a.status();
      return true;
    }
    const std::string line =
        "{\"a\":" + Quoted(*a) + ",\"b\":" + Quoted(*b) + ",\"similarity\":" + Fraction(edge.similarity) + "}\n";
    if (std::fwrite(line.data(), 1, line.size(), out) != line.size()) return false;
  }
  return true;
}

template <typename Write>
bool WriteResults(const std::string& path, const Write& write) {
  absl::Status failure;
  std::FILE* out = path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (out == nullptr)
    return Complain("cannot write " + path + ": check that its folder exists and may be written to"), false;
  bool written = write(out, failure);
  written &= (out == stdout ? std::fflush(out) : std::fclose(out)) == 0;
  if (!failure.ok()) return Complain(failure), false;
  if (!written)
    return Complain("cannot write " + (path == "-" ? "to standard output" : path) + ": is the disk full?"), false;
  return true;
}

}  // namespace

int Run(const DedupCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return Complain(input.status()), kFailed;
  const ScratchFolder scratch(command.scratch.empty() ? (command.out == "-" ? "dedup" : command.out)
                                                      : command.scratch + "/dedup");
  if (scratch.error())
    return Complain("cannot make " + scratch.path() + ": " + scratch.error().message() +
                    "; check that its folder exists and may be written to, or name another with --scratch"),
           kFailed;
  DedupOptions options = command.dedup;
  options.scratch = scratch.path();
  options.threads = ThreadCount(command.common);
  auto dedup = Deduplicator::Open(options);
  if (!dedup.ok()) return Complain(dedup.status()), kFailed;
  const Engine engine;
  uint64_t read = 0;
  double seconds = 0;
  {
    Progress progress("reading", command.common.quiet);
    RunOrdered(
        options.threads, [&] { return (*input)->NextTexts(); }, [] { return std::make_unique<Workspace>(); },
        [&](std::unique_ptr<Workspace>& workspace, ArticleTexts texts) {
          Prepared prepared;
          for (size_t i = 0; i < texts.size(); ++i) {
            prepared.sets.push_back(engine.Shingles(texts.text(i), options.shingle, *workspace));
          }
          prepared.texts = std::move(texts);
          return prepared;
        },
        [&](Prepared prepared) {
          const ArticleTexts& texts = prepared.texts;
          for (size_t i = 0; i < texts.size(); ++i)
            (*dedup)->Add(texts.id(i), texts.published(i), texts.text(i).size(), prepared.sets[i]);
          progress.Update(read += texts.size(), (*input)->bytes_read(), (*input)->bytes_total());
          (*input)->Recycle(std::move(prepared.texts));
          return true;
        });
    seconds += progress.seconds();
  }
  absl::StatusOr<DedupSummary> summary;
  {
    Progress progress("clustering", command.common.quiet);
    summary = (*dedup)->Cluster([&](double share) {
      progress.Update(static_cast<uint64_t>(share * static_cast<double>(read)), 0, std::nullopt);
    });
    seconds += progress.seconds();
  }
  if (!summary.ok()) return Complain(summary.status()), kFailed;
  const bool written =
      WriteResults(command.out,
                   [&](std::FILE* out, absl::Status& failure) { return WriteClusters(**dedup, out, failure); }) &&
      (command.edges.empty() || WriteResults(command.edges, [&](std::FILE* out, absl::Status& failure) {
         return WriteEdges(**dedup, out, failure);
       }));
  if (!written) return kFailed;
  if (!command.common.quiet) {
    const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
    std::fprintf(stderr,
                 "%llu articles in %.1f s, %llu bad records: %llu clusters, %llu duplicates (%llu of them exact); %llu "
                 "pairs compared, %llu similar; %llu hot buckets with %llu articles were split\n",
                 number(summary->articles), seconds, number((*input)->bad()), number(summary->clusters),
                 number(summary->duplicates), number(summary->exact), number(summary->candidates),
                 number(summary->edges), number(summary->hot_buckets), number(summary->hot_articles));
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
