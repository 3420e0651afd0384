#include "unspin/engine/engine.h"

#include <cassert>
#include <set>
#include <string>
#include <utility>

#include "unspin/align/analyzed_article.h"
#include "unspin/align/exclude_words.h"
#include "unspin/align/select_passages.h"
#include "unspin/base/hash.h"
#include "unspin/charset/charset_table.h"
#include "unspin/engine/check.h"
#include "unspin/engine/check_basis.h"
#include "unspin/engine/fill_finding.h"
#include "unspin/engine/fingerprints.h"
#include "unspin/engine/pipeline.h"
#include "unspin/engine/workspace.h"
#include "unspin/facts/marked_originals.h"
#include "unspin/facts/page_notices.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/kernels/variant.h"
#include "unspin/language/languages.h"
#include "unspin/lexicon/lexicon.h"
#include "unspin/shingle/shingle.h"
#include "unspin/standing/built_in_standing_text.h"
#include "unspin/standing/run_lists.h"
#include "unspin/text/tokenize.h"
#include "unspin/text/unicode_data.h"
#include "unspin/text/word_hashes.h"
#include "unspin/verdict/count_shared_words.h"
#include "unspin/verdict/judge.h"
#include "unspin/verdict/reasons.h"
#include "unspin/verdict/summary.h"

namespace unspin {

class PreparedArticle {
 public:
  explicit PreparedArticle(AnalyzedArticle by) : analyzed(std::move(by)) {}

  const AnalyzedArticle analyzed;
};

Workspace::Workspace(const Engine& engine) : buffers_(std::make_unique<WorkspaceBuffers>(engine.resources_)) {}
Workspace::~Workspace() = default;

const Models& Models::BuiltIn() {
  static const Models* const models = new Models{&DerivationModel::Default, &PassageModel::Default};
  return *models;
}

Engine::Engine() : Engine(English()) {}
Engine::Engine(const Language& language, const Models& models)
    : resources_(std::make_shared<EngineResources>(language, models)) {}

WorkspaceBuffers& Engine::BuffersOf(Workspace& workspace) const {
  assert(workspace.buffers_->resources == resources_);
  return *workspace.buffers_;
}

std::shared_ptr<const PreparedArticle> Engine::Prepare(const Article& article, Workspace& workspace) const {
  // Passages are found by stems.
  return std::make_shared<PreparedArticle>(Analyze(article.text, BuffersOf(workspace).stems));
}

ArticleFingerprints Engine::Fingerprints(const Article& article, Workspace& workspace) const {
  WorkspaceBuffers& buffers = BuffersOf(workspace);
  buffers.words.clear();
  buffers.sources.clear();
  buffers.hasher.Append(article.text, buffers.words, buffers.sources);
  Anchors anchors = buffers.anchors.Find(article.text, buffers.words, buffers.sources, AnchorOptions{});
  const Sketch sketch = SketchAndAddRuns(buffers.words, anchors, buffers.shingles);
  return {sketch, std::move(anchors), ListedRuns(buffers.shingles.sample)};
}

Sketch Engine::SketchText(std::string_view text, Workspace& workspace) const {
  WorkspaceBuffers& buffers = BuffersOf(workspace);
  buffers.words.clear();
  buffers.hasher.Append(text, buffers.words);
  FoldShingles(buffers.words, buffers.shingles.elements);
  return SketchOf(buffers.shingles.elements);
}

ShingleSet Engine::Shingles(std::string_view text, uint32_t words, Workspace& workspace) const {
  WorkspaceBuffers& buffers = BuffersOf(workspace);
  buffers.words.clear();
  buffers.hasher.Append(text, buffers.words);
  ShingleSet set = MakeShingleSet(buffers.words, words);
  // Texts without a word ("***", "…") are equal where their bytes are, not because they all have no word.
  if (buffers.words.empty()) set.hash = Hash64(text);
  return set;
}

std::vector<PassagePair> Engine::Align(const PreparedArticle& original, const PreparedArticle& suspect,
                                       Workspace&) const {
  std::vector<PassagePair> pairs;
  for (const TokenPassage& passage :
       SelectPassages(original.analyzed, suspect.analyzed, resources_->models.passages())) {
    pairs.emplace_back(suspect.analyzed.text.Bytes(passage.suspect), original.analyzed.text.Bytes(passage.original));
  }
  return pairs;
}

void Engine::LoadPassageModel() const { resources_->models.passages(); }

namespace {

// The verdict about one pair and, with details, all that a view shows.
Finding CompareAnalyzed(const Article& original, const AnalyzedArticle& original_words, const Article& suspect,
                        const AnalyzedArticle& suspect_words, const CheckOptions& options, WorkspaceBuffers& buffers) {
  Finding finding;
  PairView view = ViewPair(original_words, suspect_words, &buffers.resources->standing, buffers.lexicon);
  const EngineResources& resources = *buffers.resources;
  const DerivationModel& model = resources.models.derivation();
  const Signals signals = Judge(view, buffers.lexicon, model, options.prior, finding);
  finding.shared = CountSharedWords(view);
  AddReasons({view, suspect_words.zones, options.details ? std::string_view(suspect.text) : ""}, signals, model,
             finding);
  finding.direction = DirectionOf(original.published, suspect.published);
  finding.original = CardOf(original, original_words, options.details);
  if (options.details)
    FillFinding(original, original_words, suspect, suspect_words, view.alignment, resources.language, finding);
  return finding;
}

}  // namespace

Report Engine::Compare(const Article& original, const Article& suspect, const CheckOptions& options,
                       Workspace& workspace) const {
  WorkspaceBuffers& buffers = BuffersOf(workspace);
  const AnalyzedArticle original_words = Analyze(original.text, buffers.lexicon);
  const AnalyzedArticle suspect_words = AnalyzeWithout(suspect.text, options.exclude.spans, buffers.lexicon);
  Report report = StartReport(suspect, suspect_words, ModelName(), options.details);
  report.findings.push_back(CompareAnalyzed(original, original_words, suspect, suspect_words, options, buffers));
  const Finding& finding = report.findings.front();
  if (options.details && NamesDerivation(finding.verdict))
    report.notices = ComparePageNotices(original, original_words, suspect, suspect_words.whole(), buffers.lexicon);
  report.summary = SummarizePair(finding);
  ListMarks(suspect, report);
  return report;
}

absl::StatusOr<Report> Engine::Check(const Article& suspect, const Archive& archive, const CheckOptions& options,
                                     Workspace& workspace, CheckBasis* basis) const {
  return CheckSuspect(suspect, archive, options, BuffersOf(workspace), basis);
}

Report Engine::CheckWithBasis(const Article& suspect, const CheckBasis& basis, const CheckOptions& options,
                              Workspace& workspace) const {
  return CheckSuspectAgain(suspect, basis, options, BuffersOf(workspace));
}

WordsOfRuns Engine::WordsOfStandingRuns(const Article& suspect, const CheckBasis& basis, Workspace&) const {
  std::set<uint64_t> wanted;
  for (const BasisOriginal& original : basis.originals)
    wanted.insert(original.standing_runs.begin(), original.standing_runs.end());
  WordsOfRuns words;
  if (wanted.empty()) return words;
  const TokenizedArticle text = Tokenize(suspect.text, resources_->language);
  const std::vector<uint64_t> runs = HashShingles(WordHashesOf(text), kShingleWords);
  for (size_t run = 0; run < runs.size(); ++run) {
    if (!wanted.contains(runs[run]) || words.contains(runs[run])) continue;
    std::string& joined = words[runs[run]];
    for (size_t token = run; token < run + kShingleWords; ++token)
      joined.append(joined.empty() ? "" : " ").append(text.Word(token));
  }
  return words;
}

Report Engine::Failed(std::string suspect_id, std::string error) const {
  Report report;
  report.version = kVersion;
  report.model = ModelName();
  report.suspect.id = std::move(suspect_id);
  report.summary.verdict = Verdict::kInsufficient;
  report.error = std::move(error);
  return report;
}

std::string Engine::ModelName() const { return resources_->models.derivation().name; }
std::string Engine::KernelName() { return KernelVariant(); }
std::string Engine::SetupProblem() {
  if (std::string problem = KernelVariantProblem(); !problem.empty()) return problem;
  static const std::string missing = [] {
    std::string item = MissingUnicodeData();
    return item.empty() ? MissingConverter() : item;
  }();
  if (missing.empty()) return "";
  return "ICU's data lack " + missing +
         "; install the whole library of ICU's data (Debian: the package libicu72), or " +
         "take this program as it was packed";
}
std::string Engine::StandingTextProvenance() const {
  const RunTable table = BuiltInStandingText(resources_->language).table();
  return table.size() == 0 ? "none known" : std::to_string(table.size()) + " " + std::string(table.Provenance());
}
std::string Engine::LexiconProvenance() const { return std::string(resources_->lexicon.Provenance()); }

}  // namespace unspin
