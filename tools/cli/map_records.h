// Records of an input → what many threads make of each, handed over in the order of the input.
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
#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/engine.h"
#include "unspin/ingest/record_block.h"

namespace unspin::cli {

// What each thread has for itself.
struct MapState {
  RecordBlockParser parser;
  Workspace workspace;
};

// What was made of a block's articles, and the bad records between them.
template <typename Value>
class MappedBlock {
 public:
  explicit MappedBlock(const RecordBlock& records) { values_.reserve(records.size()); }

  void Add(Value value) { values_.push_back(std::move(value)); }
  void Add(BadRecord bad) { bad_.emplace_back(values_.size(), std::move(bad)); }
  bool empty() const { return values_.empty() && bad_.empty(); }

  // Counts each record; take(value) → bool, false to stop. False where it was, or where a bad record ends it.
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
  std::vector<std::pair<size_t, BadRecord>> bad_;  // with the number of values before each
};

// What is left of a text.
struct TextCard {
  std::string_view id, published;
  uint64_t bytes = 0;  // of the text
};

// make(text, workspace) → value, in any thread; take(card, value) → bool, false to stop, in one at a time. Shows
// progress; returns the seconds that it took.
template <typename Make, typename Take>
double MapTexts(Input& input, const CommonOptions& common, std::string doing, const Make& make, const Take& take) {
  struct Mapped {
    size_t id, published;  // bytes of each
    uint64_t bytes;
    decltype(make(std::string_view(), std::declval<Workspace&>())) value;
  };
  struct Block {
    MappedBlock<Mapped> mapped;
    std::string names;  // ids and dates, one behind the other
  };
  Progress progress(std::move(doing), common.quiet);
  RunOrderedPipeline(
      ThreadCount(common), [&] { return input.NextBlock(); }, [&] { return std::make_unique<MapState>(); },
      [&](std::unique_ptr<MapState>& state, RecordBlock records) {
        Block block{MappedBlock<Mapped>(records), {}};
        state->parser.ParseTexts(records, [&](TextRecord record) {
          if (auto* bad = std::get_if<BadRecord>(&record)) return block.mapped.Add(std::move(*bad));
          const auto& [id, published, text] = std::get<ArticleText>(record);
          block.names.append(id).append(published);
          block.mapped.Add({id.size(), published.size(), text.size(), make(text, state->workspace)});
        });
        input.Recycle(std::move(records));
        return block;
      },
      [&](Block block) {
        std::string_view names = block.names;
        const bool more = block.mapped.HandOver(input, [&](const Mapped& one) {
          const TextCard card{names.substr(0, one.id), names.substr(one.id, one.published), one.bytes};
          names.remove_prefix(one.id + one.published);
          return take(card, one.value);
        });
        progress.Update(input.articles(), input.bytes_read(), input.bytes_total());
        return more;
      });
  return progress.seconds();
}

}  // namespace unspin::cli
