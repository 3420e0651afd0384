// A file of an archive with bytes changed: sections, index and store are refused with a message or read in bounds.
// Checksums would refuse nearly every change, so the bytes of index and store are given to their readers directly.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/require.h"
#include "unspin/base/strings.h"
#include "unspin/engine/pipeline.h"
#include "unspin/format/section_file.h"
#include "unspin/index/candidate_search.h"
#include "unspin/index/index_builder.h"
#include "unspin/index/index_reader.h"
#include "unspin/standing/run_lists.h"
#include "unspin/store/store_builder.h"
#include "unspin/store/store_reader.h"

using unspin::fuzz::Require;

namespace {

// The bytes of a small archive, before they are changed.
struct Originals {
  std::string index, run_lists, store, file;
  std::vector<uint64_t> listed_runs;
  unspin::Sketch sketch;
  unspin::Anchors anchors;

  Originals() {
    const unspin::Engine engine;
    unspin::Workspace workspace(engine);
    unspin::IndexBuilder index_builder;
    unspin::RunListsBuilder run_lists_builder;
    unspin::StoreBuilder store_builder;
    for (int number = 0; number < 4; ++number) {
      unspin::Article article;
      article.id = "story-" + std::to_string(number);
      for (int sentence = 0; sentence < 6 + number; ++sentence) {
        article.text += "Mayor Anna Berg of Holm said on May " + std::to_string(sentence + 1) + " that " +
                        std::to_string(number * 37 + sentence) + " houses near the harbour had been flooded. ";
      }
      unspin::ArticleFingerprints made = engine.Fingerprints(article, workspace);
      sketch = made.sketch;
      anchors = std::move(made.anchors);
      index_builder.Add(sketch, anchors);
      listed_runs = std::move(made.listed_runs);
      run_lists_builder.Add(listed_runs, {});
      Require(store_builder.Add(article, 1, std::string(64, 'a')).ok(), "an article can be stored");
    }
    index = unspin::Concatenated(index_builder.Build());
    run_lists = unspin::Concatenated(run_lists_builder.Build());
    store = unspin::Concatenated(*store_builder.Build());
    const unspin::Section sections[] = {{"index", 1, {index}}, {"store", 1, {store}}};
    file = unspin::BuildSectionFile(7, sections);
  }
};

void ReadIndex(const std::string& bytes, const Originals& originals) {
  const auto index = unspin::IndexReader::Open(bytes);
  if (!index.ok()) return;
  // Two segments with the same bytes.
  const unspin::CandidateSearch search(std::vector<unspin::SearchedSegment>{{&*index, {}}, {&*index, {}}});
  unspin::SearchScratch scratch;
  for (const auto& candidate : search.Find(originals.sketch, originals.anchors, {}, scratch)) {
    Require(candidate.address.segment < 2 && candidate.address.article < index->size(),
            "a candidate is an article of the index");
  }
}

void ReadRunLists(const std::string& bytes, const Originals& originals) {
  const auto lists = unspin::RunLists::Open(bytes);
  if (!lists.ok()) return;
  for (const uint64_t run : originals.listed_runs) {
    lists->VisitHolders(run, [&](uint32_t article) {
      Require(article < lists->size(), "a holder is an article of the segment");
      lists->OriginOf(article);
      return true;
    });
  }
}

void ReadStore(const std::string& bytes) {
  const auto store = unspin::StoreReader::Open(bytes);
  if (!store.ok()) return;
  for (uint32_t article = 0; article < store->size() && article < 64; ++article)
    store->Fetch(article).status().IgnoreError();
}

void ReadFile(const std::string& bytes) {
  const auto file = unspin::SectionFile::Parse(bytes, "input");
  if (!file.ok()) return;
  file->Read("index", 1).status().IgnoreError();
  file->Read("store", 1).status().IgnoreError();
  file->Verify();
}

}  // namespace

// The first byte chooses what is damaged. Each three bytes after it are a position and a new byte; a last odd byte says
// how much of the end is cut off.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Originals originals;
  if (size == 0) return 0;
  const std::string* sources[] = {&originals.index, &originals.store, &originals.file, &originals.run_lists};
  const size_t which = data[0] % 4;
  std::string bytes = *sources[which];
  size_t at = 1;
  for (; at + 3 <= size; at += 3)
    bytes[(data[at] << 8 | data[at + 1]) % bytes.size()] = static_cast<char>(data[at + 2]);
  if (at < size) bytes.resize(bytes.size() - bytes.size() * data[at] / 256);

  if (which == 0) ReadIndex(bytes, originals);
  if (which == 1) ReadStore(bytes);
  if (which == 2) ReadFile(bytes);
  if (which == 3) ReadRunLists(bytes, originals);
  return 0;
}
