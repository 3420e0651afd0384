#include "unspin/engine/check.h"

#include <algorithm>
#include <bitset>
#include <cassert>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "unspin/engine/archive_originals.h"
#include "unspin/engine/basis_originals.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/engine/occurring_replacements.h"
#include "unspin/engine/originals.h"
#include "unspin/engine/own_record.h"
#include "unspin/engine/standing_runs.h"
#include "unspin/facts/marked_originals.h"
#include "unspin/facts/page_notices.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/shingle/shingle.h"
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
constexpr float kMinScoreOfFirst = 0.75f;  // times the score of the first candidate
constexpr uint32_t kMinSharedRuns = 3;     // of five words

// Known replacements are the aligner's for the time of one check.
class SpunFormsInUse {
 public:
  SpunFormsInUse(const SpunForms& forms, LexiconCache& lexicon) : lexicon_(lexicon) {
    if (!forms.empty()) lexicon.set_spun_forms(&forms);
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
  StandingTextOfPair(BuiltInMarks& built_in, Originals& originals, ArticleAddress original,
                     const TokenizedArticle& original_text)
      : built_in_(built_in), originals_(originals), original_(original), original_text_(original_text) {}

  void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const override {
    const std::vector<bool>& built_in = built_in_.Of(runs);
    for (size_t run = 0; run < runs.size(); ++run) {
      if (built_in[run]) standing[run] = true;
    }
    sampled_ = originals_.StandingRunsShared(original_, HashShingles(WordHashesOf(original_text_), kShingleWords));
    StandingRuns(sampled_).Mark(runs, standing);
  }

  // Those that the last Mark was made by.
  std::vector<uint64_t> TakeSampledRuns() { return std::move(sampled_); }

 private:
  BuiltInMarks& built_in_;
  Originals& originals_;
  const ArticleAddress original_;
  const TokenizedArticle& original_text_;
  mutable std::vector<uint64_t> sampled_;
};

// A candidate that was aligned and judged. Of the finding's card only id, version, sha256 and date are set: the rest of
// it, and the details, are made for the findings that are listed.
struct ScoredCandidate {
  size_t number = 0;  // among all candidates
  Finding finding;
  std::shared_ptr<const StoredArticle> stored;
  std::shared_ptr<const AnalyzedArticle> words;    // shared by candidates of equal text
  std::shared_ptr<const PairAlignment> alignment;  // shared likewise
  std::vector<uint64_t> standing_runs;             // equal likewise
};

// An article that the suspect was not judged against, because it is the suspect's own record.
struct OwnRecord {
  size_t number = 0;  // among all candidates
  std::shared_ptr<const StoredArticle> stored;
  bool is_suspects_file = false;
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
  SuspectCheck(const SuspectWords& words, Originals& originals, const CheckOptions& options, WorkspaceBuffers& buffers)
      : words_(words),
        suspect_(words.article),
        analyzed_(words.analyzed),
        originals_(originals),
        options_(options),
        buffers_(buffers),
        model_(buffers.resources->models.derivation()) {}

  // `basis`: filled in, unless null.
  absl::StatusOr<Report> Run(CheckBasis* basis) {
    const SpunFormsInUse spun_forms(originals_.spun_forms(), buffers_.lexicon);
    Report report = StartReport(suspect_, analyzed_, model_.name, options_.details);
    report.archive = originals_.Identity();

    const std::vector<Candidate> candidates = originals_.FindCandidates();
    absl::StatusOr<std::vector<ScoredCandidate>> scored = JudgeCandidates(candidates, report);
    if (!scored.ok()) return scored.status();

    // Rules that explain a resemblance away: each is a module of verdict/ and a step here.
    const std::vector<JudgedPair> judged = PairsOf(*scored);
    MarkCommonSources(judged, suspect_.published, analyzed_.size());

    const Summary unlisted = SummarizeUnlisted(analyzed_, judged, model_, options_.prior);
    const std::vector<ScoredCandidate> closest = basis ? ClosestOf(*scored) : std::vector<ScoredCandidate>();
    KeepListed(*scored);
    report.summary = scored->empty() ? unlisted : SummarizeListed(analyzed_, PairsOf(*scored));
    ListFindings(*scored, report);
    ListMarks(suspect_, report);
    if (basis) *basis = BasisOf(scored->empty() ? closest : *scored);
    return report;
  }

 private:
  // Those that are worth an alignment, strongest first. The suspect's own records, in all their versions, are not
  // judged; the report names them.
  absl::StatusOr<std::vector<ScoredCandidate>> JudgeCandidates(const std::vector<Candidate>& candidates,
                                                               Report& report) {
    std::vector<ScoredCandidate> scored;
    std::optional<float> min_score;
    SharedRunCounter shared_runs(words_.hashes, buffers_);
    for (size_t number = 0; number < candidates.size(); ++number) {
      const Candidate& candidate = candidates[number];
      absl::StatusOr<std::shared_ptr<const StoredArticle>> original = originals_.Fetch(candidate.address);
      if (!original.ok()) return original.status();
      if (SetsAside(candidate.address, number, *original, report)) continue;
      if (!min_score) min_score = std::min(kMinScore, kMinScoreOfFirst * candidate.score);
      const std::string& text = (*original)->article.text;
      if (candidate.score < *min_score && shared_runs.CountIn(text) < kMinSharedRuns) continue;
      scored.push_back(JudgeOriginal(candidate.address, *std::move(original), scored));
      scored.back().number = number;
    }
    std::erase_if(scored, [&](const ScoredCandidate& other) { return IsSetAside(other.stored->article.id, report); });
    std::sort(scored.begin(), scored.end(), IsStronger);
    return scored;
  }

  bool SetsAside(ArticleAddress address, size_t number, const std::shared_ptr<const StoredArticle>& stored,
                 Report& report) {
    if (IsSetAside(stored->article.id, report)) return true;
    const auto similarity = [&] { return originals_.SimilarityTo(address); };
    bool is_suspects_file = false;
    const auto same_file = [&] { return is_suspects_file = originals_.IsSuspectsFile(address, stored->article); };
    if (!IsOwnRecord(suspect_, report.suspect.sha256, *stored, similarity, same_file)) return false;
    report.set_aside.push_back(stored->article.id);
    own_records_.push_back({number, stored, is_suspects_file});
    return true;
  }

  static bool IsSetAside(const std::string& id, const Report& report) {
    return std::find(report.set_aside.begin(), report.set_aside.end(), id) != report.set_aside.end();
  }

  // `others`: judged already. The judgement of an equal text is copied from there.
  ScoredCandidate JudgeOriginal(ArticleAddress address, std::shared_ptr<const StoredArticle> stored,
                                const std::vector<ScoredCandidate>& others) {
    const std::string& text = stored->article.text;
    const auto equal = std::find_if(others.begin(), others.end(), [&](const ScoredCandidate& other) {
      return other.stored->sha256 == stored->sha256 && other.stored->article.text == text;
    });
    ScoredCandidate scored;
    if (equal != others.end()) {
      scored = *equal;
    } else {
      scored.words = originals_.AnalyzeText(address, text);
      StandingTextOfPair standing(built_in_marks_, originals_, address, scored.words->text);
      PairView view = ViewPair(*scored.words, analyzed_, &standing, buffers_.lexicon);
      const Signals signals = Judge(view, buffers_.lexicon, model_, options_.prior, scored.finding);
      // Findings that are not listed need no reasons.
      if (IsListed(scored.finding)) {
        scored.finding.shared = CountSharedWords(view);
        AddReasons({view, analyzed_.zones, options_.details ? std::string_view(suspect_.text) : ""}, signals, model_,
                   scored.finding);
      }
      scored.alignment = std::make_shared<PairAlignment>(std::move(view.alignment));
      scored.standing_runs = standing.TakeSampledRuns();
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

  // Of a suspect whose report lists nothing: the candidates that its summary speaks of (verdict/summary.h).
  static std::vector<ScoredCandidate> ClosestOf(const std::vector<ScoredCandidate>& scored) {
    if (scored.empty()) return {};
    const auto closest = std::min_element(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
      return a.finding.verdict < b.finding.verdict;
    });
    std::vector<ScoredCandidate> kept = {scored.front()};
    if (closest != scored.begin()) kept.push_back(*closest);
    return kept;
  }

  CheckBasis BasisOf(const std::vector<ScoredCandidate>& needed) const {
    std::map<size_t, BasisOriginal> by_number;
    std::vector<const TokenizedArticle*> texts;
    for (const ScoredCandidate& candidate : needed) {
      by_number[candidate.number] = {*candidate.stored, candidate.standing_runs};
      texts.push_back(&candidate.words->text);
    }
    for (const OwnRecord& own : own_records_) by_number[own.number] = {*own.stored, {}, own.is_suspects_file};
    CheckBasis basis;
    basis.archive = originals_.Identity();
    for (auto& [number, original] : by_number) basis.originals.push_back(std::move(original));
    basis.replacements = OccurringReplacements(originals_.Replacements(), analyzed_.whole().text, texts);
    return basis;
  }

  const SuspectWords& words_;
  const Article& suspect_;
  const AnalyzedArticle& analyzed_;
  Originals& originals_;
  const CheckOptions& options_;
  WorkspaceBuffers& buffers_;
  const DerivationModel& model_;
  BuiltInMarks built_in_marks_{buffers_.resources->standing};
  std::vector<OwnRecord> own_records_;
};

}  // namespace

absl::StatusOr<Report> CheckSuspect(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                    WorkspaceBuffers& buffers, CheckBasis* basis) {
  const SuspectWords words(suspect, options.exclude.spans, buffers.lexicon);
  ArchiveOriginals originals(archive, words, options, buffers);
  return SuspectCheck(words, originals, options, buffers).Run(basis);
}

Report CheckSuspectAgain(const Article& suspect, const CheckBasis& basis, const CheckOptions& options,
                         WorkspaceBuffers& buffers) {
  const SuspectWords words(suspect, options.exclude.spans, buffers.lexicon);
  BasisOriginals originals(basis, words, buffers);
  absl::StatusOr<Report> report = SuspectCheck(words, originals, options, buffers).Run(nullptr);
  assert(report.ok());  // only an archive can be damaged
  return *std::move(report);
}

}  // namespace unspin
