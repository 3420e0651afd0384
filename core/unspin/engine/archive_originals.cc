#include "unspin/engine/archive_originals.h"

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

#include "unspin/anchor/find_anchors.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/engine/own_record.h"
#include "unspin/shingle/shingle.h"
#include "unspin/spins/spin_dictionary.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxUnspunCandidates = 4;  // added to the limit, found only through the archive's spin dictionary

// The anchors that the suspect may have had before a spinner made replacements that the dictionary knows; none where no
// word is such a replacement.
Anchors UnspunAnchors(const TokenizedArticle& suspect, const SpinDictionary& spins, LexiconCache& lexicon) {
  if (spins.forms().empty()) return {};
  std::vector<std::string_view> words;
  words.reserve(suspect.tokens.size());
  for (size_t token = 0; token < suspect.tokens.size(); ++token) words.push_back(suspect.Word(token));
  bool changed = false;
  const std::string text = spins.Unspin(words, changed);
  return changed ? FindAnchors(Tokenize(text, lexicon.lexicon().language()), AnchorOptions{}, lexicon) : Anchors{};
}

}  // namespace

ArchiveOriginals::ArchiveOriginals(const Archive& archive, const SuspectWords& suspect, const CheckOptions& options,
                                   WorkspaceBuffers& buffers)
    : archive_(archive), suspect_(suspect), options_(options), buffers_(buffers) {}

std::optional<ArchiveIdentity> ArchiveOriginals::Identity() const {
  const ArchiveStatistics& statistics = archive_.Statistics();
  return ArchiveIdentity{statistics.fingerprint, statistics.articles, statistics.standing_text};
}

const SpunForms& ArchiveOriginals::spun_forms() const { return archive_.spins().forms(); }

std::vector<LearntReplacement> ArchiveOriginals::Replacements() const {
  std::vector<LearntReplacement> replacements;
  for (SpinEntry& entry : archive_.spins().Entries())
    replacements.push_back({std::move(entry.original), std::move(entry.suspect)});
  return replacements;
}

std::vector<Candidate> ArchiveOriginals::FindCandidates() {
  FindExcluded();
  Anchors anchors = FindAnchors(suspect_.analyzed.text, AnchorOptions{}, buffers_.lexicon);
  sketch_ = SketchAndAddRuns(suspect_.hashes, anchors, buffers_.shingles);
  whole_sketch_ = suspect_.analyzed.with_excluded ? SketchOfWhole() : sketch_;
  std::vector<Candidate> candidates = FindAllowed(anchors, options_.candidates);
  AddUnspunCandidates(candidates);
  archive_.reader().Prefetch(candidates);
  standing_text_.emplace(archive_.reader(), suspect_.article, whole_sketch_, suspect_.runs);
  return candidates;
}

void ArchiveOriginals::FindExcluded() {
  for (const std::string& id : options_.exclude.originals) {
    for (const ArticleAddress address : archive_.reader().FindVersions(id)) excluded_.push_back(address);
  }
}

Sketch ArchiveOriginals::SketchOfWhole() const {
  FoldShingles(suspect_.WholeHashes(), buffers_.shingles.elements);
  return SketchOf(buffers_.shingles.elements);
}

std::vector<Candidate> ArchiveOriginals::FindAllowed(const Anchors& anchors, uint32_t limit) {
  CandidateOptions options;
  options.limit = limit + static_cast<uint32_t>(excluded_.size());
  std::vector<Candidate> candidates = archive_.reader().FindCandidates(sketch_, anchors, options, buffers_.scratch);
  if (excluded_.empty()) return candidates;
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return std::find(excluded_.begin(), excluded_.end(), candidate.address) != excluded_.end();
  });
  if (candidates.size() > limit) candidates.resize(limit);
  return candidates;
}

// Candidates found only through the spin dictionary are added to the limit; they never displace others.
void ArchiveOriginals::AddUnspunCandidates(std::vector<Candidate>& candidates) {
  const Anchors anchors = UnspunAnchors(suspect_.analyzed.text, archive_.spins(), buffers_.lexicon);
  if (anchors.empty()) return;
  for (const Candidate& candidate : FindAllowed(anchors, kMaxUnspunCandidates)) {
    const bool found = std::any_of(candidates.begin(), candidates.end(),
                                   [&](const Candidate& other) { return other.address == candidate.address; });
    if (!found) candidates.push_back(candidate);
  }
}

absl::StatusOr<std::shared_ptr<const StoredArticle>> ArchiveOriginals::Fetch(ArticleAddress address) {
  const StoreReader::ContentKey place = archive_.reader().ContentKeyOf(address);
  if (auto cached = buffers_.texts.Find(place)) return cached;
  absl::StatusOr<StoredArticle> stored = archive_.reader().Fetch(address, buffers_.block);
  if (!stored.ok()) return stored.status();
  auto original = std::make_shared<const StoredArticle>(*std::move(stored));
  buffers_.texts.Add(place, original, original->article.text.size());
  return std::shared_ptr<const StoredArticle>(std::move(original));
}

std::shared_ptr<const AnalyzedArticle> ArchiveOriginals::AnalyzeText(ArticleAddress address, const std::string& text) {
  const StoreReader::ContentKey place = archive_.reader().ContentKeyOf(address);
  if (auto cached = buffers_.analyzed.Find(place)) return cached;
  auto words = std::make_shared<const AnalyzedArticle>(Analyze(text, buffers_.lexicon));
  buffers_.analyzed.Add(place, words, text.size());
  return words;
}

double ArchiveOriginals::SimilarityTo(ArticleAddress address) {
  return EstimatedSimilarity(whole_sketch_, archive_.reader().SketchOf(address));
}

bool ArchiveOriginals::IsSuspectsFile(ArticleAddress, const Article& original) {
  return IsSameFile(suspect_.article, original);
}

std::vector<uint64_t> ArchiveOriginals::StandingRunsShared(ArticleAddress address, std::span<const uint64_t> runs) {
  assert(standing_text_);
  return standing_text_->SharedWith(address, runs);
}

}  // namespace unspin
