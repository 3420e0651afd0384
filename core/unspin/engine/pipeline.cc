#include "unspin/engine/pipeline.h"

#include <utility>

#include "unspin/base/sha256.h"

namespace unspin {

FingerprintedArticle Fingerprinted(const Engine& engine, Article article, Workspace& workspace) {
  std::string sha256 = Sha256Hex(article.text);
  ArticleFingerprints fingerprints = engine.Fingerprints(article, workspace);
  return {std::move(article), std::move(sha256), std::move(fingerprints)};
}

}  // namespace unspin
