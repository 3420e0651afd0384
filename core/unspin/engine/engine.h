// The façade: compare two articles, check one against an archive, align two for passages.
//
//   const unspin::Engine engine;
//   unspin::Workspace workspace(engine);  // one per thread
//   const unspin::Report report = engine.Compare(original, suspect, {}, workspace);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin {

class Archive;
class Engine;
struct CheckBasis;           // engine/check_basis.h
struct ArticleFingerprints;  // engine/pipeline.h defines these three
struct ShingleSet;
struct Sketch;
struct Language;         // language/languages.h lists them
struct DerivationModel;  // verdict/model.h
struct PassageModel;     // align/passage_model.h
struct EngineResources;
struct WorkspaceBuffers;

extern const char* const kVersion;  // "0.1.0": the version of CMakeLists.txt

// What a person set aside, in any order. docs/report.md says what it changes.
struct Exclusions {
  std::vector<ByteSpan> spans;         // of the suspect's text (align/exclude_words.h)
  std::vector<std::string> originals;  // ids; all their versions are no candidates. Compare ignores them
  bool empty() const { return spans.empty() && originals.empty(); }
};

struct CheckOptions {
  uint32_t limit = 10;  // findings listed at most
  // Articles of the archive that are compared with the suspect, at most; those far behind the first are not.
  uint32_t candidates = 12;
  bool all = false;     // list findings weaker than `excerpt` as well
  double prior = 0.5;   // probability of derivation before the evidence
  bool details = true;  // passages, operations, substitutions, and the texts for a view
  Exclusions exclude;
};

// The fitted models that an engine judges by, which outlive it. Each is asked for when it is first needed, from any
// thread, because reading one takes milliseconds.
struct Models {
  std::function<const DerivationModel&()> derivation;
  std::function<const PassageModel&()> passages;

  // Those built into the program.
  static const Models& BuiltIn();
};

// What an article becomes once, and is then compared with many: tokens, zones, stems. Opaque, immutable.
class PreparedArticle;

// Buffers worth reusing. One per thread; holds no state that changes an answer.
class Workspace {
 public:
  // For this engine and its copies.
  explicit Workspace(const Engine& engine);
  ~Workspace();

 private:
  friend class Engine;

  std::unique_ptr<WorkspaceBuffers> buffers_;
};

// Passage of the suspect · passage of the original, bytes of each text.
using PassagePair = std::pair<ByteSpan, ByteSpan>;

// All functions are safe to call from many threads, each with its own workspace, and deterministic. Copies are cheap
// and share what the engine knows. REQUIRES of all functions: `workspace` was made for this engine or a copy of it.
class Engine {
 public:
  // For articles in English, with the models built into the program.
  Engine();
  // For articles in a language. Takes about a millisecond.
  explicit Engine(const Language& language, const Models& models = Models::BuiltIn());

  std::shared_ptr<const PreparedArticle> Prepare(const Article& article, Workspace& workspace) const;

  // Sketch and anchors of an article, for ArchiveWriter::Add.
  ArticleFingerprints Fingerprints(const Article& article, Workspace& workspace) const;
  Sketch SketchText(std::string_view text, Workspace& workspace) const;
  // For Deduplicator::Add. A shingle has `words` words.
  ShingleSet Shingles(std::string_view text, uint32_t words, Workspace& workspace) const;

  // Exactly one finding, whatever the verdict.
  Report Compare(const Article& original, const Article& suspect, const CheckOptions& options,
                 Workspace& workspace) const;

  // Findings by descending evidence. Fails only where the archive is damaged. `basis`, unless null, becomes all that
  // the report needs of the archive.
  absl::StatusOr<Report> Check(const Article& suspect, const Archive& archive, const CheckOptions& options,
                               Workspace& workspace, CheckBasis* basis = nullptr) const;

  // The report that Check made when it filled `basis`, byte for byte, by the same program from the same suspect and
  // options. Asks neither the archive nor the disk. Total: whatever the basis holds, there is a report.
  // REQUIRES: each original of the basis has its sha256.
  Report CheckWithBasis(const Article& suspect, const CheckBasis& basis, const CheckOptions& options,
                        Workspace& workspace) const;

  // The words of the suspect's text that the standing runs of a basis stand for.
  std::map<uint64_t, std::string> WordsOfStandingRuns(const Article& suspect, const CheckBasis& basis,
                                                      Workspace& workspace) const;

  // Passages that the suspect shares with the original, in the order of the suspect.
  std::vector<PassagePair> Align(const PreparedArticle& original, const PreparedArticle& suspect,
                                 Workspace& workspace) const;
  // Loads the passage model now instead of in the first Align (a few milliseconds).
  void LoadPassageModel() const;

  // A report for a record that could not be compared: verdict `insufficient`, with `error`.
  Report Failed(std::string suspect_id, std::string error) const;

  // Name of the probability model, and what the lexicon was built from, for `unspin info`.
  std::string ModelName() const;
  std::string LexiconProvenance() const;
  std::string StandingTextProvenance() const;  // what the language's table of standing text was counted on

  // Which variant of the kernels runs.
  static std::string KernelName();
  // What keeps engines from working in this process: a name in UNSPIN_KERNELS that means no variant, or missing items
  // of ICU's data. Empty if nothing. Programs call it before anything else.
  static std::string SetupProblem();

 private:
  friend class Workspace;
  WorkspaceBuffers& BuffersOf(Workspace& workspace) const;

  std::shared_ptr<const EngineResources> resources_;
};

}  // namespace unspin
