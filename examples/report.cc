// Indexes originals with all cores, checks suspects in threads of its own, and writes each report as JSON and as a
// page.
//
//   report FOLDER SUSPECTS ORIGINALS...    # → FOLDER/archive, FOLDER/reports.jsonl, FOLDER/1.html, FOLDER/2.html, …
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "unspin/render/html.h"
#include "unspin/render/json.h"
#include "unspin/unspin.h"

template <typename Value>
Value OrThrow(absl::StatusOr<Value> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

// Reads articles of files and folders, in any format that the program reads. A record that is no article is named and
// passed over.
class Articles {
 public:
  explicit Articles(std::vector<std::string> inputs)
      : reader_(OrThrow(unspin::ArticleReader::Open(std::move(inputs), Options()))) {}

  std::optional<unspin::Article> Next() {
    while (std::optional<unspin::Record> record = reader_->Next()) {
      if (auto* article = std::get_if<unspin::Article>(&*record)) return std::move(*article);
      const auto& bad = std::get<unspin::BadRecord>(*record);
      std::fprintf(stderr, "%s: %s\n", bad.location.c_str(), bad.message.c_str());
    }
    return std::nullopt;
  }

 private:
  // A report then has the SHA-256 of the suspect's file as well.
  static unspin::ReaderOptions Options() {
    unspin::ReaderOptions options;
    options.hash_files = true;
    return options;
  }

  std::unique_ptr<unspin::ArticleReader> reader_;
};

// → The lines of reports.jsonl, in the order of the suspects. Writes the pages on the way.
std::map<size_t, std::string> CheckAll(const unspin::Engine& engine, const unspin::Archive& archive, Articles& suspects,
                                       const std::string& folder) {
  std::map<size_t, std::string> lines;
  std::mutex mutex;  // guards `lines` and `suspects`, which are not for many threads; engine and archive are
  size_t taken = 0;
  const auto work = [&] {
    unspin::Workspace workspace(engine);  // one for each thread
    while (true) {
      std::unique_lock lock(mutex);
      const std::optional<unspin::Article> suspect = suspects.Next();
      if (!suspect) return;
      const size_t number = ++taken;
      lock.unlock();
      const absl::StatusOr<unspin::Report> report = engine.Check(*suspect, archive, {}, workspace);
      std::string line =
          unspin::RenderJson(report.ok() ? *report : engine.Failed(suspect->id, report.status().ToString()), {});
      if (report.ok()) std::ofstream(folder + "/" + std::to_string(number) + ".html") << unspin::RenderHtml(*report);
      lock.lock();
      lines[number] = std::move(line);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  threads.clear();  // waits for all
  return lines;
}

int main(int argc, char** argv) try {
  if (argc < 4) throw std::runtime_error("usage: report FOLDER SUSPECTS ORIGINALS...");
  const std::string folder = argv[1];
  std::filesystem::create_directories(folder);

  const unspin::Engine engine;
  Articles originals(std::vector<std::string>(argv + 3, argv + argc));
  const auto indexed =
      OrThrow(unspin::IndexArticles(engine, folder + "/archive", [&] { return originals.Next(); }));  // with all cores
  std::printf("%zu new originals\n", static_cast<size_t>(indexed.added));

  const auto archive = OrThrow(unspin::Archive::Open(folder + "/archive"));
  Articles suspects({argv[2]});
  std::ofstream reports(folder + "/reports.jsonl");
  const auto lines = CheckAll(engine, *archive, suspects, folder);
  for (const auto& [number, line] : lines) reports << line << '\n';
  if (!reports.flush()) throw std::runtime_error("cannot write to " + folder);
  std::printf("%zu reports in %s\n", lines.size(), folder.c_str());
} catch (const std::exception& problem) {
  std::fprintf(stderr, "%s\n", problem.what());
  return 2;
}
