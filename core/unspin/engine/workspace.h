// What an engine knows, and what a thread keeps from one call to the next: the insides of Engine and Workspace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "unspin/align/analyzed_article.h"
#include "unspin/anchor/find_anchors.h"
#include "unspin/base/two_generation_cache.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/index/candidate_search.h"
#include "unspin/lexicon/lexicon_cache.h"
#include "unspin/store/store_reader.h"
#include "unspin/text/hash_words.h"

namespace unspin {

// Shared by an engine, its copies and their workspaces. Immutable.
struct EngineResources {
  EngineResources(const Language& of, const Models& by) : language(of), lexicon(of), models(by) {}

  const Language& language;
  const Lexicon lexicon;
  const Models models;
};

struct WorkspaceBuffers {
  explicit WorkspaceBuffers(std::shared_ptr<const EngineResources> of) : resources(std::move(of)) {}

  // Bytes of text whose originals are remembered. Suspects of one audit often have originals in common, and still more
  // often candidates that reading the text rules out. An analyzed article takes some fourteen times its text.
  static constexpr size_t kTextBytes = size_t{8} << 20, kAnalyzedBytes = size_t{2} << 20;

  const std::shared_ptr<const EngineResources> resources;
  LexiconCache lexicon{resources->lexicon};
  LexiconCache stems{resources->lexicon, LexiconCache::Lemmas::kLeftOut};
  AnchorFinder anchors{resources->lexicon};
  WordHasher hasher{resources->language};
  std::vector<uint64_t> words;
  std::vector<ByteSpan> sources;  // of `words`
  ShingleBuffers shingles;
  SearchScratch scratch;
  StoreReader::LastBlock block;
  TwoGenerationCache<StoreReader::ContentKey, const StoredArticle> texts{kTextBytes};
  TwoGenerationCache<StoreReader::ContentKey, const AnalyzedArticle> analyzed{kAnalyzedBytes};
};

}  // namespace unspin
