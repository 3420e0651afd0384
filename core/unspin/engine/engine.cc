#include "unspin/engine/engine.h"

#include "unspin/align/analyzed_article.h"
#include "unspin/align/select_passages.h"
#include "unspin/engine/check.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/engine/workspace.h"
#include "unspin/facts/notices.h"
#include "unspin/kernels/variant.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/shingle/shingle.h"
#include "unspin/verdict/judge.h"
#include "unspin/verdict/summary.h"

namespace unspin {

class PreparedArticle {
 public:
  AnalyzedArticle described;
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
  const Sketch sketch = SketchAndAddRuns(buffers.words, anchors, buffers.shingles);
  return {sketch, std::move(anchors)};
}

Sketch Engine::SketchText(std::string_view text, Workspace& workspace) const {
  Workspace::Buffers& buffers = workspace.buffers();
  buffers.words.clear();
  buffers.hasher.Append(text, buffers.words);
  FoldShingles(buffers.words, buffers.shingles.elements);
  return SketchOf(buffers.shingles.elements);
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

// The verdict about one pair and, with details, all that a view shows.
Finding CompareAnalyzed(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                        const AnalyzedArticle& suspect_words, const CheckOptions& options, LexiconCache& lexicon) {
  Finding finding;
  const PairAlignment alignment = AlignPair(original_words, suspect_words, ExplainingPassages(), lexicon);
  Judge(original_words, suspect_words, alignment, lexicon.lexicon(), DerivationModel::Default(), options.prior,
        finding);
  finding.direction = DirectionOf(original.published, suspect.published);
  finding.original = CardOf(original, original_words, options.details);
  if (options.details) FillFinding(original, original_words, suspect, suspect_words, alignment, finding);
  return finding;
}

}  // namespace

Report Engine::Compare(const Article& original, const Article& suspect, const CheckOptions& options,
                       Workspace& workspace) const {
  LexiconCache& lexicon = workspace.buffers().lexicon;
  const AnalyzedArticle original_words = Analyze(original.text, lexicon);
  const AnalyzedArticle suspect_words = Analyze(suspect.text, lexicon);
  Report report = StartReport(suspect, suspect_words, ModelName(), options.details);
  report.findings.push_back(CompareAnalyzed(original, original_words, suspect, suspect_words, options, lexicon));
  const Finding& finding = report.findings.front();
  if (options.details && NamesDerivation(finding.verdict))
    report.notices = CompareNotices(original.text, original_words, suspect.text, suspect_words);
  report.summary = SummarizePair(finding);
  return report;
}

absl::StatusOr<Report> Engine::Check(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                     Workspace& workspace) const {
  return CheckSuspect(suspect, archive, options, workspace.buffers());
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
