// What pipelines need beside the façade: the sketch, the anchors and the shingle set that an engine makes of an
// article.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/article/article.h"
#include "unspin/dedup/shingle_set.h"
#include "unspin/engine/engine.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// What an archive finds an article by, and knows standing text by.
struct ArticleFingerprints {
  Sketch sketch;
  Anchors anchors;
  std::vector<uint64_t> listed_runs;  // standing/run_lists.h
};

// All that ArchiveWriter::Add asks for.
struct FingerprintedArticle {
  Article article;
  std::string sha256;  // of the text, in lower-case hexadecimal
  ArticleFingerprints fingerprints;
};
FingerprintedArticle Fingerprinted(const Engine& engine, Article article, Workspace& workspace);

}  // namespace unspin
