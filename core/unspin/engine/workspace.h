// The insides of Workspace: what a thread keeps from one call to the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/anchor/find_anchors.h"
#include "unspin/base/two_generation_cache.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/index/index_reader.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/store/store.h"
#include "unspin/text/hash_words.h"

namespace unspin {

struct Workspace::Buffers {
  // Bytes of text whose originals are remembered. Suspects of one audit often have originals in common, and still more
  // often candidates that reading the text rules out. An analyzed article takes some fourteen times its text.
  static constexpr size_t kTextBytes = size_t{8} << 20, kAnalyzedBytes = size_t{2} << 20;

  LexiconCache lexicon{Lexicon::Default()};
  LexiconCache stems{Lexicon::Default(), LexiconCache::Lemmas::kLeftOut};
  AnchorFinder anchors{Lexicon::Default()};
  WordHasher hasher;
  std::vector<uint64_t> words;
  std::vector<ByteSpan> places;
  ShingleBuffers shingles;
  IndexReader::Scratch scratch;
  StoreReader::LastBlock block;
  TwoGenerationCache<StoreReader::Place, const StoredArticle> texts{kTextBytes};
  TwoGenerationCache<StoreReader::Place, const AnalyzedArticle> analyzed{kAnalyzedBytes};
};

using WorkspaceBuffers = Workspace::Buffers;

}  // namespace unspin
