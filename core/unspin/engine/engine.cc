#include "unspin/engine/engine.h"

#include <algorithm>
#include <bitset>
#include <iterator>

#include "absl/container/flat_hash_map.h"
#include "unspin/align/analyzed_article.h"
#include "unspin/align/select_passages.h"
#include "unspin/anchor/find_anchors.h"
#include "unspin/base/hash.h"
#include "unspin/base/sha256.h"
#include "unspin/base/two_generation_cache.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/facts/notices.h"
#include "unspin/kernels/variant.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

constexpr double kSameSource = 0.9;    // of what was taken, found in a stronger original as well
constexpr double kLargerSource = 1.2;  // times as much as that original explains
// A candidate is aligned where its score in the index says so, where it comes close behind the first one's, or where it
// shares runs of words with the suspect. 99.6 of 100 originals come first.
constexpr float kWorthAligning = 0.15f;
constexpr float kCloseBehind = 0.75f;
constexpr uint32_t kRunsWorthAligning = 3;  // of five words
constexpr uint32_t kUnspunCandidates = 4;   // aligned on top, where the archive's spin dictionary leads to them

// Passages that explain a verdict: looser than the defaults, which are made for finding a passage in a foreign article.
PassageOptions ExplainingPassages() {
  PassageOptions options;
  options.seed_cosine = 0.22;
  options.seed_dice = 0.20;
  options.whole_cosine = 0.28;
  options.least_bytes = 80;
  return options;
}

struct KeyBuffers {
  std::vector<uint32_t> elements;
  std::vector<uint64_t> sample;
  Anchors runs;
};

Sketch SketchOf(const std::vector<uint32_t>& elements) {
  static const uint64_t seed = SketchScheme::Default().seed;
  return SketchElements(elements, seed);
}

// Adds one run of five words in 32, by its hash (FracMinHash: Irber and others 2022), to the anchors: whoever took a
// passage took some of them. Returns the sketch of all.
Sketch SketchAndAddRuns(const std::vector<uint64_t>& words, Anchors& anchors, KeyBuffers& buffers) {
  FoldShingles(words, buffers.elements, buffers.sample);
  Anchors& runs = buffers.runs;
  runs.clear();
  for (const uint64_t hash : buffers.sample) runs.push_back({Mix64(hash), 0, AnchorKind::kRun});
  std::sort(runs.begin(), runs.end());
  Anchors joined;
  joined.reserve(anchors.size() + runs.size());
  std::merge(anchors.begin(), anchors.end(), runs.begin(), runs.end(), std::back_inserter(joined));
  const auto same = [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; };
  joined.erase(std::unique(joined.begin(), joined.end(), same), joined.end());
  anchors = std::move(joined);
  return SketchOf(buffers.elements);
}

std::vector<uint64_t> WordsOf(const TokenizedArticle& article) {
  std::vector<uint64_t> words;
  words.reserve(article.tokens.size());
  for (const Token& token : article.tokens) words.push_back(token.word);
  return words;
}

}  // namespace

class PreparedArticle {
 public:
  AnalyzedArticle described;
};

namespace {

// Of text. Suspects of one audit often have originals in common, and still more often candidates that a look at the
// text rules out. Described, text takes some fourteen times as much.
constexpr size_t kRememberedTexts = size_t{8} << 20, kRememberedWords = size_t{2} << 20;

}  // namespace

struct Workspace::Buffers {
  LexiconCache lexicon{Lexicon::Default()};
  LexiconCache stems{Lexicon::Default(), LexiconCache::Lemmas::kLeftOut};
  AnchorFinder anchors{Lexicon::Default()};
  WordHasher hasher;
  std::vector<uint64_t> words;
  std::vector<ByteSpan> places;
  KeyBuffers keys;
  SearchScratch scratch;
  StoreReader::LastBlock block;
  TwoGenerationCache<StoreReader::Place, const StoredArticle> texts{kRememberedTexts};
  TwoGenerationCache<StoreReader::Place, const AnalyzedArticle> described{kRememberedWords};
};

Workspace::Workspace() : buffers_(std::make_unique<Buffers>()) {}
Workspace::~Workspace() = default;

std::shared_ptr<const PreparedArticle> Engine::Prepare(const Article& article, Workspace& workspace) const {
  auto prepared = std::make_shared<PreparedArticle>();
  // Passages are found by stems.
  prepared->described = Analyze(article.text, workspace.buffers().stems);
  return prepared;
}

std::pair<Sketch, Anchors> Engine::Fingerprints(const Article& article, Workspace& workspace) const {
  Workspace::Buffers& buffers = workspace.buffers();
  buffers.words.clear();
  buffers.places.clear();
  buffers.hasher.Append(article.text, buffers.words, buffers.places);
  Anchors anchors = buffers.anchors.Find(article.text, buffers.words, buffers.places, AnchorOptions{});
  const Sketch sketch = SketchAndAddRuns(buffers.words, anchors, buffers.keys);
  return {sketch, std::move(anchors)};
}

Sketch Engine::SketchText(std::string_view text, Workspace& workspace) const {
  Workspace::Buffers& buffers = workspace.buffers();
  buffers.words.clear();
  buffers.hasher.Append(text, buffers.words);
  FoldShingles(buffers.words, buffers.keys.elements);
  return SketchOf(buffers.keys.elements);
}

ShingleSet Engine::Shingles(std::string_view text, uint32_t words, Workspace& workspace) const {
  Workspace::Buffers& buffers = workspace.buffers();
  buffers.words.clear();
  buffers.hasher.Append(text, buffers.words);
  return MakeShingleSet(buffers.words, words);
}

std::vector<PassagePair> Engine::Align(const PreparedArticle& original, const PreparedArticle& suspect,
                                       Workspace&) const {
  std::vector<PassagePair> pairs;
  for (const TokenPassage& passage : SelectPassages(original.described, suspect.described, PassageModel::Default())) {
    pairs.emplace_back(suspect.described.text.Bytes(passage.suspect), original.described.text.Bytes(passage.original));
  }
  return pairs;
}

void Engine::LoadPassageModel() { PassageModel::Default(); }

namespace {

// One pair: evidence, verdict and, where asked for, all that a view shows.
Finding FindingFor(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                   const AnalyzedArticle& suspect_words, const CheckOptions& options, LexiconCache& lexicon) {
  Finding finding;
  const PairAlignment evidence = Weigh(original_words, suspect_words, ExplainingPassages(), lexicon);
  Judge(original_words, suspect_words, evidence, DerivationModel::Default(), options.prior, finding);
  finding.direction = DirectionOf(original.published, suspect.published);
  finding.original = CardOf(original, original_words, options.details);
  if (options.details) FillFinding(original, original_words, suspect, suspect_words, evidence, finding);
  return finding;
}

Report StartReport(const Article& suspect, const AnalyzedArticle& words, bool details) {
  Report report;
  report.version = kVersion;
  report.model = Engine::ModelName();
  report.suspect = CardOf(suspect, words, details);
  report.alerts = AlertsOf(words);
  report.kept = suspect.kept;
  return report;
}

// An archive's dictionary is the aligner's for the time of one check.
class SpunFormsInUse {
 public:
  SpunFormsInUse(const SpinDictionary& spins, LexiconCache& lexicon) : lexicon_(lexicon) {
    if (!spins.forms().empty()) lexicon.set_spun_forms(&spins.forms());
  }
  ~SpunFormsInUse() { lexicon_.set_spun_forms(nullptr); }

 private:
  LexiconCache& lexicon_;
};

// How many runs of five words another text shares with the suspect: tells without an alignment whether one is due.
class SharedRuns {
 public:
  SharedRuns(const std::vector<uint64_t>& suspect, Workspace::Buffers& buffers) : buffers_(buffers) {
    FoldShingles(suspect, runs_);
    std::sort(runs_.begin(), runs_.end());
    for (const uint32_t run : runs_) filter_.set(run % kBits);
  }

  uint32_t CountIn(std::string_view text) const {
    buffers_.words.clear();
    buffers_.hasher.Append(text, buffers_.words);
    FoldShingles(buffers_.words, buffers_.keys.elements);
    uint32_t count = 0;
    for (const uint32_t run : buffers_.keys.elements)
      count += filter_.test(run % kBits) && std::binary_search(runs_.begin(), runs_.end(), run);
    return count;
  }

 private:
  static constexpr size_t kBits = size_t{1} << 15;
  Workspace::Buffers& buffers_;
  std::vector<uint32_t> runs_;
  std::bitset<kBits> filter_;
};

std::vector<bool> CoveredTokens(const PairAlignment& evidence, size_t tokens) {
  std::vector<bool> covered(tokens, false);
  for (const AlignedPassage& passage : evidence.passages) {
    std::fill(covered.begin() + passage.place.suspect.begin, covered.begin() + passage.place.suspect.end, true);
  }
  return covered;
}

// Anchors of what the suspect may have said before known replacements were made; none where nothing was replaced.
Anchors UnspunAnchors(const TokenizedArticle& suspect, const SpinDictionary& spins, LexiconCache& lexicon) {
  if (spins.forms().empty()) return {};
  std::vector<std::string_view> words;
  words.reserve(suspect.tokens.size());
  for (size_t token = 0; token < suspect.tokens.size(); ++token) words.push_back(suspect.Word(token));
  bool changed = false;
  const std::string text = spins.Unspin(words, changed);
  return changed ? FindAnchors(Tokenize(text), AnchorOptions{}, lexicon) : Anchors{};
}

// The summary speaks for the strongest finding; its coverage is the union over all that name a derivation.
void Summarise(const AnalyzedArticle& suspect, const std::vector<std::vector<TokenSpan>>& covered, double prior,
               Report& report) {
  Summary& summary = report.summary;
  if (report.findings.empty()) {
    uint32_t counted = 0;
    for (const Zone zone : suspect.zones.of_token) counted += zone == Zone::kBody;
    summary.verdict = counted < kMinWords ? Verdict::kInsufficient : Verdict::kUnrelated;
    summary.probability = ProbabilityOf(
        DerivationModel::Default().calibrate.empty() ? -4 : DerivationModel::Default().calibrate.front().second, prior);
    return;
  }
  const Finding& first = report.findings.front();
  summary.verdict = first.verdict;
  summary.extent = first.extent;
  summary.manner = first.manner;
  summary.probability = first.probability;
  summary.rewrite = first.rewrite;
  std::vector<bool> inside(suspect.size(), false);
  for (size_t i = 0; i < report.findings.size(); ++i) {
    if (!NamesDerivation(report.findings[i].verdict)) continue;
    ++summary.originals;
    for (const TokenSpan span : covered[i]) std::fill(inside.begin() + span.begin, inside.begin() + span.end, true);
  }
  uint32_t counted = 0, taken = 0;
  for (size_t token = 0; token < suspect.size(); ++token) {
    if (!suspect.zones.Counts(token)) continue;
    ++counted;
    taken += inside[token];
  }
  // Where nothing is named, an article on the same matter says more than the one with the highest of low evidence.
  if (summary.originals == 0) {
    for (const Finding& finding : report.findings) summary.verdict = std::min(summary.verdict, finding.verdict);
  }
  summary.coverage =
      summary.originals > 0 && counted > 0 ? static_cast<double>(taken) / counted : first.coverage.suspect;
  if (summary.originals > 0) summary.extent = summary.coverage >= 0.5 ? Extent::kWhole : Extent::kPart;
}

}  // namespace

Report Engine::Compare(const Article& original, const Article& suspect, const CheckOptions& options,
                       Workspace& workspace) const {
  LexiconCache& lexicon = workspace.buffers().lexicon;
  const AnalyzedArticle original_words = Analyze(original.text, lexicon);
  const AnalyzedArticle suspect_words = Analyze(suspect.text, lexicon);
  Report report = StartReport(suspect, suspect_words, options.details);
  report.findings.push_back(FindingFor(original, original_words, suspect, suspect_words, options, lexicon));
  const Finding& finding = report.findings.front();
  if (options.details && NamesDerivation(finding.verdict))
    report.notices = CompareNotices(original.text, original_words, suspect.text, suspect_words);
  report.summary = {finding.verdict,
                    finding.extent,
                    finding.manner,
                    finding.probability,
                    finding.coverage.suspect,
                    finding.rewrite,
                    NamesDerivation(finding.verdict) ? 1u : 0u};
  return report;
}

namespace {

absl::StatusOr<std::shared_ptr<const StoredArticle>> FetchOriginal(const ArchiveReader& archive,
                                                                   ArticleAddress number,
                                                                   Workspace::Buffers& buffers) {
  const StoreReader::Place place = archive.PlaceOf(number);
  if (auto remembered = buffers.texts.Find(place)) return remembered;
  absl::StatusOr<StoredArticle> stored = archive.Fetch(number, buffers.block);
  if (!stored.ok()) return stored.status();
  auto original = std::make_shared<const StoredArticle>(*std::move(stored));
  buffers.texts.Add(place, original, original->article.text.size());
  return std::shared_ptr<const StoredArticle>(std::move(original));
}

std::shared_ptr<const AnalyzedArticle> DescribeOriginal(const StoreReader::Place& place, const std::string& text,
                                                        Workspace::Buffers& buffers) {
  if (auto remembered = buffers.described.Find(place)) return remembered;
  auto words = std::make_shared<const AnalyzedArticle>(Analyze(text, buffers.lexicon));
  buffers.described.Add(place, words, text.size());
  return words;
}

}  // namespace

absl::StatusOr<Report> Engine::Check(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                     Workspace& workspace) const {
  LexiconCache& lexicon = workspace.buffers().lexicon;
  const AnalyzedArticle suspect_words = Analyze(suspect.text, lexicon);
  const SpunFormsInUse spun(archive.spins(), lexicon);
  Report report = StartReport(suspect, suspect_words, options.details);
  const ArchiveStatistics& statistics = archive.Statistics();
  report.archive = ArchiveIdentity{statistics.fingerprint, statistics.articles};
  CandidateOptions wanted;
  wanted.limit = options.candidates;
  const std::vector<uint64_t> words = WordsOf(suspect_words.text);
  SearchScratch& scratch = workspace.buffers().scratch;
  Anchors anchors = FindAnchors(suspect_words.text, AnchorOptions{}, lexicon);
  const Sketch sketch = SketchAndAddRuns(words, anchors, workspace.buffers().keys);
  std::vector<Candidate> candidates = archive.reader().FindCandidates(sketch, anchors, wanted, scratch);
  // Those that only the unspun words lead to come on top: what is learnt never takes another's place.
  if (const Anchors unspun = UnspunAnchors(suspect_words.text, archive.spins(), lexicon); !unspun.empty()) {
    wanted.limit = kUnspunCandidates;
    for (const Candidate& candidate : archive.reader().FindCandidates(sketch, unspun, wanted, scratch)) {
      const bool known = std::any_of(candidates.begin(), candidates.end(),
                                     [&](const Candidate& other) { return other.address == candidate.address; });
      if (!known) candidates.push_back(candidate);
    }
  }
  archive.reader().Prefetch(candidates);
  // The cheap judgement of every candidate comes first; the costly description is made for those that are listed.
  struct Judged {
    Finding finding;
    std::shared_ptr<const StoredArticle> stored;
    // Equal texts share them.
    std::shared_ptr<const AnalyzedArticle> words;
    std::shared_ptr<const PairAlignment> evidence;
  };
  std::vector<Judged> judged;
  const float least = candidates.empty() ? 0 : std::min(kWorthAligning, kCloseBehind * candidates.front().score);
  const SharedRuns runs(words, workspace.buffers());
  for (const Candidate& candidate : candidates) {
    absl::StatusOr<std::shared_ptr<const StoredArticle>> original =
        FetchOriginal(archive.reader(), candidate.address, workspace.buffers());
    if (!original.ok()) return original.status();
    const std::string& text = (*original)->article.text;
    if (candidate.score < least && runs.CountIn(text) < kRunsWorthAligning) continue;
    Judged one;
    one.stored = *std::move(original);
    const auto equal = std::find_if(judged.begin(), judged.end(), [&](const Judged& other) {
      return other.stored->sha256 == one.stored->sha256 && other.stored->article.text == text;
    });
    if (equal != judged.end()) {
      one.words = equal->words;
      one.evidence = equal->evidence;
      one.finding = equal->finding;
    } else {
      one.words = DescribeOriginal(archive.reader().PlaceOf(candidate.address), text, workspace.buffers());
      one.evidence = std::make_shared<PairAlignment>(Weigh(*one.words, suspect_words, ExplainingPassages(), lexicon));
      Judge(*one.words, suspect_words, *one.evidence, DerivationModel::Default(), options.prior, one.finding);
    }
    one.finding.original.id = one.stored->article.id;
    one.finding.original.version = one.stored->version;
    judged.push_back(std::move(one));
  }
  std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
    if (a.finding.evidence != b.finding.evidence) return a.finding.evidence > b.finding.evidence;
    if (a.finding.coverage.suspect != b.finding.coverage.suspect)
      return a.finding.coverage.suspect > b.finding.coverage.suspect;
    if (a.finding.original.id != b.finding.original.id) return a.finding.original.id < b.finding.original.id;
    return a.finding.original.version < b.finding.original.version;
  });
  // An article of which nothing was taken but what stands in a stronger one too, and less of it, shares that one as a
  // source with the suspect. Versions of one article are the same story, and equal texts the same source.
  for (size_t i = 1; i < judged.size(); ++i) {
    if (!NamesDerivation(judged[i].finding.verdict)) continue;
    const std::vector<bool> taken = CoveredTokens(*judged[i].evidence, suspect_words.size());
    const auto size = std::count(taken.begin(), taken.end(), true);
    for (size_t k = 0; k < i; ++k) {
      if (!NamesDerivation(judged[k].finding.verdict) || judged[k].stored->sha256 == judged[i].stored->sha256 ||
          judged[k].stored->article.id == judged[i].stored->article.id)
        continue;
      const std::vector<bool> source = CoveredTokens(*judged[k].evidence, suspect_words.size());
      const auto source_size = std::count(source.begin(), source.end(), true);
      std::ptrdiff_t common = 0;
      for (size_t token = 0; token < taken.size(); ++token) common += taken[token] && source[token];
      if (static_cast<double>(common) < kSameSource * static_cast<double>(size) ||
          static_cast<double>(source_size) < kLargerSource * static_cast<double>(size))
        continue;
      judged[i].finding.verdict = Verdict::kCommonSource;
      judged[i].finding.because.insert(judged[i].finding.because.begin(),
                                       {"common-source", static_cast<double>(common) / static_cast<double>(size), 0,
                                        "what the two share stands in “" + judged[k].stored->article.id +
                                            "” as well, with more of the suspect around it"});
      break;
    }
  }
  std::vector<std::vector<TokenSpan>> covered;
  for (Judged& one : judged) {
    if (report.findings.size() >= options.limit) break;
    if (!options.all && !NamesDerivation(one.finding.verdict)) continue;
    const Article& original = one.stored->article;
    const AnalyzedArticle& original_words = *one.words;
    one.finding.direction = DirectionOf(original.published, suspect.published);
    one.finding.original = CardOf(original, original_words, options.details, one.stored->sha256);
    one.finding.original.version = one.stored->version;
    if (options.details) {
      FillFinding(original, original_words, suspect, suspect_words, *one.evidence, one.finding);
      if (report.findings.empty() && NamesDerivation(one.finding.verdict))
        report.notices = CompareNotices(original.text, original_words, suspect.text, suspect_words);
    }
    std::vector<TokenSpan> spans;
    for (const AlignedPassage& passage : one.evidence->passages) spans.push_back(passage.place.suspect);
    covered.push_back(std::move(spans));
    report.findings.push_back(std::move(one.finding));
  }
  Summarise(suspect_words, covered, options.prior, report);
  if (report.findings.empty() && !judged.empty()) {
    // Nothing to list: the summary says how close the closest article came.
    const auto closest = std::min_element(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
      return a.finding.verdict < b.finding.verdict;
    });
    report.summary.verdict = closest->finding.verdict;
    report.summary.probability = judged.front().finding.probability;
  }
  return report;
}

Report Engine::Failed(std::string suspect_id, std::string error) {
  Report report;
  report.version = kVersion;
  report.model = ModelName();
  report.suspect.id = std::move(suspect_id);
  report.summary.verdict = Verdict::kInsufficient;
  report.error = std::move(error);
  return report;
}

std::string Engine::ModelName() { return DerivationModel::Default().name; }
std::string Engine::KernelName() { return KernelVariant(); }
std::string Engine::KernelProblem() { return KernelVariantProblem(); }
std::string Engine::LexiconProvenance() { return std::string(Lexicon::Default().Provenance()); }

}  // namespace unspin
