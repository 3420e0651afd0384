#include "unspin/engine/basis_originals.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "unspin/engine/fingerprints.h"
#include "unspin/shingle/shingle.h"

namespace unspin {
namespace {

// The scores of candidates are not part of a basis: each article in it was worth an alignment.
constexpr float kWorthAligning = 1;

}  // namespace

BasisOriginals::BasisOriginals(const CheckBasis& basis, const SuspectWords& suspect, WorkspaceBuffers& buffers)
    : basis_(basis), suspect_(suspect), buffers_(buffers) {
  for (const LearntReplacement& learnt : basis.replacements) spun_forms_.Add(learnt.original, learnt.suspect);
}

std::vector<Candidate> BasisOriginals::FindCandidates() {
  assert(basis_.originals.size() <= std::numeric_limits<uint32_t>::max());
  std::vector<Candidate> candidates;
  candidates.reserve(basis_.originals.size());
  for (uint32_t i = 0; i < basis_.originals.size(); ++i) candidates.push_back({{0, i}, kWorthAligning});
  return candidates;
}

absl::StatusOr<std::shared_ptr<const StoredArticle>> BasisOriginals::Fetch(ArticleAddress address) {
  // Owned by the basis.
  return std::shared_ptr<const StoredArticle>(std::shared_ptr<const void>(), &At(address).stored);
}

std::shared_ptr<const AnalyzedArticle> BasisOriginals::AnalyzeText(ArticleAddress, const std::string& text) {
  return std::make_shared<const AnalyzedArticle>(Analyze(text, buffers_.lexicon));
}

double BasisOriginals::SimilarityTo(ArticleAddress address) {
  const auto sketch_of = [&](const std::vector<uint64_t>& words) {
    FoldShingles(words, buffers_.shingles.elements);
    return SketchOf(buffers_.shingles.elements);
  };
  std::vector<uint64_t> words;
  buffers_.hasher.Append(At(address).stored.article.text, words);
  return EstimatedSimilarity(sketch_of(suspect_.WholeHashes()), sketch_of(words));
}

bool BasisOriginals::IsSuspectsFile(ArticleAddress address, const Article&) { return At(address).is_suspects_file; }

std::vector<uint64_t> BasisOriginals::StandingRunsShared(ArticleAddress address, std::span<const uint64_t>) {
  return At(address).standing_runs;
}

const BasisOriginal& BasisOriginals::At(ArticleAddress address) const {
  assert(address.segment == 0 && address.article < basis_.originals.size());
  return basis_.originals[address.article];
}

}  // namespace unspin
