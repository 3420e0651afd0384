// The articles that one suspect is compared with, and all that a check asks about them: those of an archive
// (archive_originals.h), or those of the basis of an earlier check (basis_originals.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/article/article.h"
#include "unspin/base/span.h"
#include "unspin/engine/check_basis.h"
#include "unspin/index/article_address.h"
#include "unspin/index/candidate_search.h"
#include "unspin/lexicon/spun_forms.h"
#include "unspin/report/report.h"
#include "unspin/store/article_codec.h"

namespace unspin {

// A suspect as it is looked for: its words, and its runs of five words.
struct SuspectWords {
  // `excluded`: spans of the text that a person set aside. `suspect` outlives this value.
  SuspectWords(const Article& suspect, std::span<const ByteSpan> excluded, LexiconCache& lexicon);

  // The hashes of all words, excluded ones among them.
  std::vector<uint64_t> WholeHashes() const;

  const Article& article;
  const AnalyzedArticle analyzed;
  const std::vector<uint64_t> hashes;  // of the words, without excluded ones
  const std::vector<uint64_t> runs;    // of five words, excluded ones among them
};

// For one suspect. Not safe to share between threads. An address is one that FindCandidates returned.
class Originals {
 public:
  virtual ~Originals() = default;

  virtual std::optional<ArchiveIdentity> Identity() const = 0;
  // The replacements that are known of a spinner: for the aligner, and as phrases.
  virtual const SpunForms& spun_forms() const = 0;
  virtual std::vector<LearntReplacement> Replacements() const = 0;

  // What is worth a look, the best first. The calls below come after this one.
  virtual std::vector<Candidate> FindCandidates() = 0;
  // Fails where the archive is damaged.
  virtual absl::StatusOr<std::shared_ptr<const StoredArticle>> Fetch(ArticleAddress address) = 0;
  // `text`: of the article that Fetch returned.
  virtual std::shared_ptr<const AnalyzedArticle> AnalyzeText(ArticleAddress address, const std::string& text) = 0;
  // How alike the texts of suspect and original are, as far as their sketches tell.
  virtual double SimilarityTo(ArticleAddress address) = 0;
  // Whether both were read from one file, under whatever spelling of its path.
  virtual bool IsSuspectsFile(ArticleAddress address, const Article& original) = 0;
  // The sampled runs that both have and that are standing text, ascending, each once. `runs`:
  // HashShingles(words, 5) of the original.
  virtual std::vector<uint64_t> StandingRunsShared(ArticleAddress address, std::span<const uint64_t> runs) = 0;
};

}  // namespace unspin
