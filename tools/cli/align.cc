#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "cli/pair_list.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/strings.h"
#include "unspin/base/two_generation_cache.h"
#include "unspin/io/read_file.h"
#include "unspin/io/write_file.h"

namespace unspin::cli {
namespace {

// Of text; some fifteen times as much once prepared. Pairs that share files follow one another, and to keep those of
// all pairs takes longer than to prepare the few again that come back late: memory that was not used before is slow.
constexpr size_t kYoungBytes = size_t{512} << 10;

struct LoadedArticle {
  Article article;
  std::shared_ptr<const PreparedArticle> prepared;
  std::vector<uint32_t> code_points;  // code points before every 64th byte
};

constexpr uint32_t kStride = 64;

uint32_t CodePoints(std::string_view bytes) {
  constexpr uint64_t kEach = 0x0101010101010101;
  uint32_t count = 0;
  for (; bytes.size() >= sizeof kEach; bytes.remove_prefix(sizeof kEach)) {
    uint64_t eight;
    std::memcpy(&eight, bytes.data(), sizeof eight);
    // All but those that begin with the bits 10; the product's last byte adds up all bytes.
    count += static_cast<uint32_t>(((~eight >> 7 | eight >> 6) & kEach) * kEach >> 56);
  }
  for (const char c : bytes) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

// The format counts in code points.
uint32_t CodePointAt(const LoadedArticle& loaded, uint32_t byte) {
  const uint32_t block = byte / kStride;
  return loaded.code_points[block] +
         CodePoints(std::string_view(loaded.article.text).substr(block * kStride, byte - block * kStride));
}

std::string WithoutSuffix(const std::string& name) {
  return name.ends_with(".txt") ? name.substr(0, name.size() - 4) : name;
}

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

// Articles prepared before, for all threads: pairs share files.
class ArticleCache {
 public:
  std::shared_ptr<const LoadedArticle> Find(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return articles_.Find(path);
  }

  void Add(std::shared_ptr<const LoadedArticle> article) {
    const std::lock_guard lock(mutex_);
    const std::string& path = article->article.id;
    const size_t size = article->article.text.size();
    articles_.Add(path, std::move(article), size);
  }

 private:
  std::mutex mutex_;
  TwoGenerationCache<std::string, const LoadedArticle> articles_{kYoungBytes};
};

absl::StatusOr<std::shared_ptr<const LoadedArticle>> Load(const Engine& engine, const std::string& path,
                                                          ArticleCache& cache, Workspace& workspace) {
  if (auto cached = cache.Find(path)) return cached;
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok()) return text.status();
  auto loaded = std::make_shared<LoadedArticle>();
  loaded->article.id = path;
  loaded->article.text = *std::move(text);
  loaded->prepared = engine.Prepare(loaded->article, workspace);
  uint32_t count = 0;
  const std::string_view bytes = loaded->article.text;
  loaded->code_points.reserve(bytes.size() / kStride + 1);
  for (size_t at = 0; at <= bytes.size(); at += kStride) {
    loaded->code_points.push_back(count);
    count += CodePoints(bytes.substr(at, kStride));
  }
  cache.Add(loaded);
  return std::shared_ptr<const LoadedArticle>(std::move(loaded));
}

std::string AlignPair(const Engine& engine, const AlignCommand& command, ArticleCache& cache, Workspace& workspace,
                      const FilePair& pair) {
  if (!pair.error.empty()) return pair.error;
  const auto suspect = Load(engine, command.suspects + "/" + pair.suspect, cache, workspace);
  if (!suspect.ok()) return std::string(StdView(suspect.status().message()));
  const auto original = Load(engine, command.originals + "/" + pair.original, cache, workspace);
  if (!original.ok()) return std::string(StdView(original.status().message()));
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document reference=\"" + Escaped(pair.suspect) + "\">\n";
  for (const auto& [in_suspect, in_original] : engine.Align(*(*original)->prepared, *(*suspect)->prepared, workspace)) {
    const uint32_t begin = CodePointAt(**suspect, in_suspect.begin), end = CodePointAt(**suspect, in_suspect.end);
    const uint32_t original_begin = CodePointAt(**original, in_original.begin),
                   original_end = CodePointAt(**original, in_original.end);
    xml += "<feature name=\"detected-plagiarism\" this_offset=\"" + std::to_string(begin) + "\" this_length=\"" +
           std::to_string(end - begin) + "\" source_reference=\"" + Escaped(pair.original) + "\" source_offset=\"" +
           std::to_string(original_begin) + "\" source_length=\"" + std::to_string(original_end - original_begin) +
           "\" />\n";
  }
  xml += "</document>\n";
  const std::string path =
      command.out + "/" + WithoutSuffix(pair.suspect) + "-" + WithoutSuffix(pair.original) + ".xml";
  return std::string(StdView(WriteFileInPlace(path, xml).message()));
}

}  // namespace

int Run(const AlignCommand& command) {
  auto pairs = PairList::Open(command.pairs);
  if (!pairs.ok()) return PrintError(pairs.status()), kFailed;
  mkdir(command.out.c_str(), 0777);
  const unsigned threads = ThreadCount(command.common);
  const Engine engine;
  // While the list is read, which one thread does.
  std::jthread loading;
  if (threads > 1) loading = std::jthread(Engine::LoadPassageModel);
  ArticleCache cache;
  Progress progress("aligning", command.common.quiet);
  uint64_t done = 0, bad = 0;
  using Outcome = std::pair<uint64_t, std::string>;  // line · what went wrong
  std::vector<Outcome> complaints;                   // of the pairs that were ordered together
  const auto complain = [&] {
    std::sort(complaints.begin(), complaints.end());
    for (const Outcome& outcome : complaints) PrintError(outcome.second);
    complaints.clear();
  };
  RunOrderedPipeline(
      threads, [&] { return pairs->Next(threads); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, const std::vector<FilePair>& some) {
        std::vector<Outcome> outcomes;
        for (const FilePair& pair : some)
          outcomes.emplace_back(pair.line, AlignPair(engine, command, cache, *workspace, pair));
        return outcomes;
      },
      [&](std::vector<Outcome> outcomes) {
        for (Outcome& outcome : outcomes) {
          if (!outcome.second.empty()) {
            ++bad;
            complaints.push_back(std::move(outcome));
          }
          if (++done % PairList::kOrderedTogether == 0) complain();
        }
        progress.Update(done, 0, std::nullopt);
        return true;
      });
  complain();
  if (!pairs->status().ok()) return PrintError(pairs->status()), kFailed;
  const double seconds = progress.seconds();
  if (!command.common.quiet) {
    std::fprintf(stderr, "%llu pairs in %.2f s: %.0f pairs/s\n", static_cast<unsigned long long>(done), seconds,
                 static_cast<double>(done) / seconds);
  }
  return bad == 0 ? kDone : bad < done ? kSkipped : kFailed;
}

}  // namespace unspin::cli
