// Records of an input → a value for each, made by many threads and handed over in the order of the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/input.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/pipeline.h"
#include "unspin/records/record_block.h"

namespace unspin::cli {

// Buffers of one thread.
struct MapState {
  explicit MapState(const Engine& engine) : workspace(engine) {}

  RecordBlockParser parser;
  Workspace workspace;
};

// The values made from the articles of a block, and the bad records between them.
template <typename Value>
class MappedBlock {
 public:
  explicit MappedBlock(const RecordBlock& records) { values_.reserve(records.size()); }

  void Add(Value value) { values_.push_back(std::move(value)); }
  void Add(BadRecord bad) { bad_.emplace_back(values_.size(), std::move(bad)); }
  bool empty() const { return values_.empty() && bad_.empty(); }

  // Counts each record with `input` and passes each value to take(value) → bool. False as soon as `take` returns false
  // or `input` stops at a bad record.
  template <typename Take>
  bool HandOver(Input& input, const Take& take) {
    auto bad = bad_.begin();
    for (size_t i = 0; i <= values_.size(); ++i) {
      for (; bad != bad_.end() && bad->first == i; ++bad) {
        if (!input.Skip(bad->second)) return false;
      }
      if (i == values_.size()) break;
      input.CountArticle();
      if (!take(values_[i])) return false;
    }
    return true;
  }

 private:
  std::vector<Value> values_;
  std::vector<std::pair<size_t, BadRecord>> bad_;  // each with the number of values before it
};

// An article without its text.
struct TextInfo {
  std::string_view id, published;
  uint64_t bytes = 0;  // of the text
  std::string_view path;
  uint64_t record = 0;  // in the file; 0: the file is one article
};

// Makes a value from each text and shows progress; returns the seconds that it took.
// make(text, workspace) → value is called by many threads at once. take(info, value) → bool is called by one thread at
// a time, in the order of the input; false stops.
template <typename Make, typename Take>
double MapTexts(const Engine& engine, Input& input, const CommonOptions& common, std::string verb, const Make& make,
                const Take& take) {
  struct Mapped {
    size_t id_size, published_size;
    uint64_t text_size, record;
    size_t path;  // in Block::paths
    decltype(make(std::string_view(), std::declval<Workspace&>())) value;
  };
  struct Block {
    MappedBlock<Mapped> mapped;
    std::string names;  // id and date of each article, one behind the other
    std::vector<std::string> paths;
  };
  Progress progress(std::move(verb), common.quiet);
  RunOrderedPipeline(
      ThreadCount(common), [&] { return input.NextBlock(); }, [&] { return std::make_unique<MapState>(engine); },
      [&](std::unique_ptr<MapState>& state, RecordBlock records) {
        Block block{MappedBlock<Mapped>(records), {}, {}};
        state->parser.ParseTexts(records, [&](TextRecord record) {
          if (auto* bad = std::get_if<BadRecord>(&record)) return block.mapped.Add(std::move(*bad));
          const auto& [id, published, text, path, number] = std::get<ArticleText>(record);
          block.names.append(id).append(published);
          if (block.paths.empty() || block.paths.back() != path) block.paths.emplace_back(path);
          block.mapped.Add(
              {id.size(), published.size(), text.size(), number, block.paths.size() - 1, make(text, state->workspace)});
        });
        input.Recycle(std::move(records));
        return block;
      },
      [&](Block block) {
        std::string_view names = block.names;
        const bool more = block.mapped.HandOver(input, [&](const Mapped& article) {
          const TextInfo info{names.substr(0, article.id_size), names.substr(article.id_size, article.published_size),
                              article.text_size, block.paths[article.path], article.record};
          names.remove_prefix(article.id_size + article.published_size);
          return take(info, article.value);
        });
        progress.Update(input.articles(), input.bytes_read(), input.bytes_total());
        return more;
      });
  return progress.Finish();
}

}  // namespace unspin::cli
