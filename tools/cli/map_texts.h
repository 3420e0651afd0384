// The texts of an input → a value of each, made by many threads and handed over in the order of the input.
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

// What is left of a text.
struct TextCard {
  std::string_view id, published;
  uint64_t bytes = 0;  // of the text
};

namespace internal {

// A block's articles, and what was between them.
template <typename Value>
class MappedBlock {
 public:
  void Add(const ArticleText& article, Value value) {
    entries_.push_back({article.id.size(), article.published.size(), article.text.size(), std::move(value)});
    names_.append(article.id).append(article.published);
  }
  void Add(BadRecord bad) { bad_.emplace_back(entries_.size(), std::move(bad)); }

  // take(card, value) → bool, false to stop. Returns false where it was.
  template <typename Take>
  bool HandOver(Input& input, const Take& take) {
    std::string_view names = names_;
    auto bad = bad_.begin();
    for (size_t i = 0;; ++i) {
      for (; bad != bad_.end() && bad->first == i; ++bad) {
        if (!input.Skip(bad->second)) return false;
      }
      if (i == entries_.size()) return true;
      Entry& entry = entries_[i];
      const TextCard card{names.substr(0, entry.id), names.substr(entry.id, entry.published), entry.bytes};
      names.remove_prefix(entry.id + entry.published);
      input.CountArticle();
      if (!take(card, entry.value)) return false;
    }
  }

 private:
  struct Entry {
    size_t id, published;  // bytes of each
    uint64_t bytes;
    Value value;
  };
  std::string names_;  // ids and dates, one behind the other
  std::vector<Entry> entries_;
  std::vector<std::pair<size_t, BadRecord>> bad_;  // with the number of articles before each
};

}  // namespace internal

// make(text, workspace) → Value, in any thread; take(card, value) → bool, false to stop, in one at a time. Shows
// progress; returns the seconds that it took.
template <typename Make, typename Take>
double MapTexts(Input& input, const CommonOptions& common, std::string doing, const Make& make, const Take& take) {
  using Value = decltype(make(std::string_view(), std::declval<Workspace&>()));
  struct State {
    RecordBlockParser parser;
    Workspace workspace;
    explicit State(const ReaderOptions& options) : parser(options) {}
  };
  Progress progress(std::move(doing), common.quiet);
  RunOrdered(
      ThreadCount(common), [&] { return input.NextBlock(); },
      [&] { return std::make_unique<State>(input.reader_options()); },
      [&](std::unique_ptr<State>& state, RecordBlock block) {
        internal::MappedBlock<Value> mapped;
        state->parser.Parse(block, [&](RecordBlockParser::TextRecord record) {
          if (const auto* article = std::get_if<ArticleText>(&record)) {
            mapped.Add(*article, make(article->text, state->workspace));
          } else {
            mapped.Add(std::get<BadRecord>(std::move(record)));
          }
        });
        input.Recycle(std::move(block));
        return mapped;
      },
      [&](internal::MappedBlock<Value> mapped) {
        const bool more = mapped.HandOver(input, take);
        progress.Update(input.articles(), input.bytes_read(), input.bytes_total());
        return more;
      });
  return progress.seconds();
}

}  // namespace unspin::cli
