#include "unspin/engine/check.h"

#include <algorithm>
#include <bitset>
#include <cassert>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "unspin/align/exclude_words.h"
#include "unspin/anchor/find_anchors.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/archive_standing_text.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/engine/own_record.h"
#include "unspin/facts/marked_originals.h"
#include "unspin/facts/page_notices.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/tokenize.h"
#include "unspin/text/word_hashes.h"
#include "unspin/verdict/common_source.h"
#include "unspin/verdict/count_shared_words.h"
#include "unspin/verdict/judge.h"
#include "unspin/verdict/reasons.h"
#include "unspin/verdict/summary.h"

namespace unspin {
namespace {

// A candidate is aligned where its score in the index is high, or close behind the first one's, or where it shares runs
// of words with the suspect. 99.6 of 100 originals come first.
constexpr float kMinScore = 0.15f;
constexpr float kMinScoreOfFirst = 0.75f;     // times the score of the first candidate
constexpr uint32_t kMinSharedRuns = 3;        // of five words
constexpr uint32_t kMaxUnspunCandidates = 4;  // added to the limit, found only through the archive's spin dictionary

// An archive's spin dictionary is the aligner's for the time of one check.
class SpunFormsInUse {
 public:
  SpunFormsInUse(const SpinDictionary& spins, LexiconCache& lexicon) : lexicon_(lexicon) {
    if (!spins.forms().empty()) lexicon.set_spun_forms(&spins.forms());
  }
  ~SpunFormsInUse() { lexicon_.set_spun_forms(nullptr); }
  SpunFormsInUse(const SpunFormsInUse&) = delete;
  SpunFormsInUse& operator=(const SpunFormsInUse&) = delete;

 private:
  LexiconCache& lexicon_;
};

// Counts the runs of five words that a text shares with the suspect: cheaper than an alignment, and tells whether one
// is worth its cost.
class SharedRunCounter {
 public:
  SharedRunCounter(const std::vector<uint64_t>& suspect, WorkspaceBuffers& buffers) : buffers_(buffers) {
    FoldShingles(suspect, runs_);
    std::sort(runs_.begin(), runs_.end());
    for (const uint32_t run : runs_) filter_.set(run % kFilterBits);
  }

  uint32_t CountIn(std::string_view text) {
    buffers_.words.clear();
    buffers_.hasher.Append(text, buffers_.words);
    FoldShingles(buffers_.words, buffers_.shingles.elements);
    uint32_t count = 0;
    for (const uint32_t run : buffers_.shingles.elements)
      count += filter_.test(run % kFilterBits) && std::binary_search(runs_.begin(), runs_.end(), run);
    return count;
  }

 private:
  static constexpr size_t kFilterBits = size_t{1} << 15;  // 4 KiB: some 1,000 runs set one bit in 33

  WorkspaceBuffers& buffers_;
  std::vector<uint32_t> runs_;       // of the suspect, ascending
  std::bitset<kFilterBits> filter_;  // rules out most runs without a search: 1.11 times faster in `audit`
};

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

// The runs of one suspect that the built-in table marks: looked up once for all originals, if they are asked for.
class BuiltInMarks {
 public:
  explicit BuiltInMarks(const BuiltInStandingText& table) : table_(table) {}

  // REQUIRES: the same `runs` in each call.
  const std::vector<bool>& Of(std::span<const uint64_t> runs) {
    if (marks_.empty()) {
      marks_.assign(runs.size(), false);
      table_.Mark(runs, marks_);
    }
    assert(marks_.size() == runs.size());
    return marks_;
  }

 private:
  const BuiltInStandingText& table_;
  std::vector<bool> marks_;
};

// What is standing text between the suspect and one original. Only asked for where the two share runs of words.
class StandingTextOfPair : public StandingText {
 public:
  StandingTextOfPair(BuiltInMarks& built_in, ArchiveStandingText& archive, ArticleAddress original,
                     const TokenizedArticle& original_text)
      : built_in_(built_in), archive_(archive), original_(original), original_text_(original_text) {}

  void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const override {
    const std::vector<bool>& built_in = built_in_.Of(runs);
    for (size_t run = 0; run < runs.size(); ++run) {
      if (built_in[run]) standing[run] = true;
    }
    archive_.Against(original_, HashShingles(WordHashesOf(original_text_), kShingleWords))->Mark(runs, standing);
  }

 private:
  BuiltInMarks& built_in_;
  ArchiveStandingText& archive_;
  const ArticleAddress original_;
  const TokenizedArticle& original_text_;
};

// A candidate that was aligned and judged. Of the finding's card only id, version, sha256 and date are set: the rest of
// it, and the details, are made for the findings that are listed.
struct ScoredCandidate {
  Finding finding;
  std::shared_ptr<const StoredArticle> stored;
  std::shared_ptr<const AnalyzedArticle> words;    // shared by candidates of equal text
  std::shared_ptr<const PairAlignment> alignment;  // shared likewise
};

// By evidence, then coverage; ties are broken by identity, so that the order does not depend on the archive's layout.
bool IsStronger(const ScoredCandidate& a, const ScoredCandidate& b) {
  const Finding &left = a.finding, &right = b.finding;
  if (left.log10_likelihood_ratio != right.log10_likelihood_ratio)
    return left.log10_likelihood_ratio > right.log10_likelihood_ratio;
  if (left.coverage.suspect != right.coverage.suspect) return left.coverage.suspect > right.coverage.suspect;
  if (left.original.id != right.original.id) return left.original.id < right.original.id;
  return left.original.version < right.original.version;
}

std::vector<JudgedPair> PairsOf(std::vector<ScoredCandidate>& candidates) {
  std::vector<JudgedPair> pairs;
  for (ScoredCandidate& candidate : candidates)
    pairs.push_back({&candidate.finding, candidate.alignment.get(), candidate.words.get()});
  return pairs;
}

class SuspectCheck {
 public:
  SuspectCheck(const Article& suspect, const Archive& archive, const CheckOptions& options, WorkspaceBuffers& buffers)
      : suspect_(suspect),
        archive_(archive),
        options_(options),
        buffers_(buffers),
        model_(buffers.resources->models.derivation()),
        analyzed_(AnalyzeWithout(suspect.text, options.exclude.spans, buffers.lexicon)),
        words_(WordHashesOf(analyzed_.text)),
        runs_(HashShingles(analyzed_.with_excluded ? WordHashesOf(analyzed_.whole().text) : words_, kShingleWords)) {}

  absl::StatusOr<Report> Run() {
    const SpunFormsInUse spun_forms(archive_.spins(), buffers_.lexicon);
    Report report = StartReport(suspect_, analyzed_, model_.name, options_.details);
    const ArchiveStatistics& statistics = archive_.Statistics();
    report.archive = ArchiveIdentity{statistics.fingerprint, statistics.articles, statistics.standing_text};

    const std::vector<Candidate> candidates = FindCandidates();
    absl::StatusOr<std::vector<ScoredCandidate>> scored = JudgeCandidates(candidates, report);
    if (!scored.ok()) return scored.status();

    // Rules that explain a resemblance away: each is a module of verdict/ and a step here.
    const std::vector<JudgedPair> judged = PairsOf(*scored);
    MarkCommonSources(judged, suspect_.published, analyzed_.size());

    const Summary unlisted = SummarizeUnlisted(analyzed_, judged, model_, options_.prior);
    KeepListed(*scored);
    report.summary = scored->empty() ? unlisted : SummarizeListed(analyzed_, PairsOf(*scored));
    ListFindings(*scored, report);
    ListMarks(suspect_, report);
    return report;
  }

 private:
  std::vector<Candidate> FindCandidates() {
    FindExcludedOriginals();
    Anchors anchors = FindAnchors(analyzed_.text, AnchorOptions{}, buffers_.lexicon);
    sketch_ = SketchAndAddRuns(words_, anchors, buffers_.shingles);
    whole_sketch_ = analyzed_.with_excluded ? SketchOfWhole() : sketch_;
    std::vector<Candidate> candidates = FindAllowed(anchors, options_.candidates);
    AddUnspunCandidates(candidates);
    archive_.reader().Prefetch(candidates);
    return candidates;
  }

  void FindExcludedOriginals() {
    for (const std::string& id : options_.exclude.originals) {
      for (const ArticleAddress address : archive_.reader().FindVersions(id)) excluded_.push_back(address);
    }
  }

  Sketch SketchOfWhole() {
    FoldShingles(WordHashesOf(analyzed_.whole().text), buffers_.shingles.elements);
    return SketchOf(buffers_.shingles.elements);
  }

  // `limit` candidates that are not excluded.
  std::vector<Candidate> FindAllowed(const Anchors& anchors, uint32_t limit) {
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
  void AddUnspunCandidates(std::vector<Candidate>& candidates) {
    const Anchors anchors = UnspunAnchors(analyzed_.text, archive_.spins(), buffers_.lexicon);
    if (anchors.empty()) return;
    for (const Candidate& candidate : FindAllowed(anchors, kMaxUnspunCandidates)) {
      const bool found = std::any_of(candidates.begin(), candidates.end(),
                                     [&](const Candidate& other) { return other.address == candidate.address; });
      if (!found) candidates.push_back(candidate);
    }
  }

  // Those that are worth an alignment, strongest first. The suspect's own records, in all their versions, are not
  // judged; the report names them.
  absl::StatusOr<std::vector<ScoredCandidate>> JudgeCandidates(const std::vector<Candidate>& candidates,
                                                               Report& report) {
    std::vector<ScoredCandidate> scored;
    std::optional<float> min_score;
    SharedRunCounter shared_runs(words_, buffers_);
    standing_text_.emplace(archive_.reader(), suspect_, whole_sketch_, runs_);
    for (const Candidate& candidate : candidates) {
      absl::StatusOr<std::shared_ptr<const StoredArticle>> original = FetchOriginal(candidate.address);
      if (!original.ok()) return original.status();
      if (SetsAside(candidate, **original, report)) continue;
      if (!min_score) min_score = std::min(kMinScore, kMinScoreOfFirst * candidate.score);
      const std::string& text = (*original)->article.text;
      if (candidate.score < *min_score && shared_runs.CountIn(text) < kMinSharedRuns) continue;
      scored.push_back(JudgeOriginal(candidate, *std::move(original), scored));
    }
    std::erase_if(scored, [&](const ScoredCandidate& other) { return IsSetAside(other.stored->article.id, report); });
    std::sort(scored.begin(), scored.end(), IsStronger);
    return scored;
  }

  bool SetsAside(const Candidate& candidate, const StoredArticle& stored, Report& report) const {
    if (IsSetAside(stored.article.id, report)) return true;
    const auto similarity = [&] {
      return EstimatedSimilarity(whole_sketch_, archive_.reader().SketchOf(candidate.address));
    };
    if (!IsOwnRecord(suspect_, report.suspect.sha256, stored, similarity)) return false;
    report.set_aside.push_back(stored.article.id);
    return true;
  }

  static bool IsSetAside(const std::string& id, const Report& report) {
    return std::find(report.set_aside.begin(), report.set_aside.end(), id) != report.set_aside.end();
  }

  // `others`: judged already. The judgement of an equal text is copied from there.
  ScoredCandidate JudgeOriginal(const Candidate& candidate, std::shared_ptr<const StoredArticle> stored,
                                const std::vector<ScoredCandidate>& others) {
    const std::string& text = stored->article.text;
    const auto equal = std::find_if(others.begin(), others.end(), [&](const ScoredCandidate& other) {
      return other.stored->sha256 == stored->sha256 && other.stored->article.text == text;
    });
    ScoredCandidate scored;
    if (equal != others.end()) {
      scored = *equal;
    } else {
      scored.words = AnalyzeOriginal(archive_.reader().ContentKeyOf(candidate.address), text);
      const StandingTextOfPair standing(built_in_marks_, *standing_text_, candidate.address, scored.words->text);
      PairView view = ViewPair(*scored.words, analyzed_, &standing, buffers_.lexicon);
      const Signals signals = Judge(view, buffers_.lexicon, model_, options_.prior, scored.finding);
      // Findings that are not listed need no reasons.
      if (IsListed(scored.finding)) {
        scored.finding.shared = CountSharedWords(view);
        AddReasons({view, analyzed_.zones, options_.details ? std::string_view(suspect_.text) : ""}, signals, model_,
                   scored.finding);
      }
      scored.alignment = std::make_shared<PairAlignment>(std::move(view.alignment));
    }
    scored.finding.original.id = stored->article.id;
    scored.finding.original.version = stored->version;
    scored.finding.original.sha256 = stored->sha256;
    scored.finding.original.published = stored->article.published;
    scored.stored = std::move(stored);
    return scored;
  }

  bool IsListed(const Finding& finding) const { return options_.all || NamesDerivation(finding.verdict); }

  void KeepListed(std::vector<ScoredCandidate>& candidates) const {
    std::erase_if(candidates, [&](const ScoredCandidate& candidate) { return !IsListed(candidate.finding); });
    if (candidates.size() > options_.limit) candidates.erase(candidates.begin() + options_.limit, candidates.end());
  }

  void ListFindings(std::vector<ScoredCandidate>& candidates, Report& report) const {
    for (ScoredCandidate& candidate : candidates) {
      const Article& original = candidate.stored->article;
      Finding& finding = candidate.finding;
      finding.direction = DirectionOf(original.published, suspect_.published);
      finding.original = CardOf(original, *candidate.words, options_.details, candidate.stored->sha256);
      finding.original.version = candidate.stored->version;
      if (options_.details) {
        FillFinding(original, *candidate.words, suspect_, analyzed_, *candidate.alignment, buffers_.resources->language,
                    finding);
        if (report.findings.empty() && NamesDerivation(finding.verdict))
          report.notices =
              ComparePageNotices(original, *candidate.words, suspect_, analyzed_.whole(), buffers_.lexicon);
      }
      report.findings.push_back(std::move(finding));
    }
  }

  absl::StatusOr<std::shared_ptr<const StoredArticle>> FetchOriginal(ArticleAddress number) {
    const StoreReader::ContentKey place = archive_.reader().ContentKeyOf(number);
    if (auto cached = buffers_.texts.Find(place)) return cached;
    absl::StatusOr<StoredArticle> stored = archive_.reader().Fetch(number, buffers_.block);
    if (!stored.ok()) return stored.status();
    auto original = std::make_shared<const StoredArticle>(*std::move(stored));
    buffers_.texts.Add(place, original, original->article.text.size());
    return std::shared_ptr<const StoredArticle>(std::move(original));
  }

  std::shared_ptr<const AnalyzedArticle> AnalyzeOriginal(const StoreReader::ContentKey& place,
                                                         const std::string& text) {
    if (auto cached = buffers_.analyzed.Find(place)) return cached;
    auto words = std::make_shared<const AnalyzedArticle>(Analyze(text, buffers_.lexicon));
    buffers_.analyzed.Add(place, words, text.size());
    return words;
  }

  const Article& suspect_;
  const Archive& archive_;
  const CheckOptions& options_;
  WorkspaceBuffers& buffers_;
  const DerivationModel& model_;
  const AnalyzedArticle analyzed_;
  const std::vector<uint64_t> words_;
  const std::vector<uint64_t> runs_;      // of five words, excluded ones among them
  std::vector<ArticleAddress> excluded_;  // set by FindCandidates, as the next two
  Sketch sketch_{}, whole_sketch_{};      // of the words, and with excluded ones
  BuiltInMarks built_in_marks_{buffers_.resources->standing};
  std::optional<ArchiveStandingText> standing_text_;  // set by JudgeCandidates
};

}  // namespace

absl::StatusOr<Report> CheckSuspect(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                    WorkspaceBuffers& buffers) {
  return SuspectCheck(suspect, archive, options, buffers).Run();
}

}  // namespace unspin
