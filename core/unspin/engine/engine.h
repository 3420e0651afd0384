// The façade: index articles into an archive, compare two, check one against an archive, align two for passages.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/anchor/anchor.h"
#include "unspin/base/span.h"
#include "unspin/dedup/deduplicator.h"
#include "unspin/engine/archive.h"
#include "unspin/ingest/article.h"
#include "unspin/report/report.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

inline constexpr const char* kVersion = "0.1.0";

struct CheckOptions {
  uint32_t limit = 10;  // findings listed at most
  // Articles of the archive that are compared with the suspect, at most; those far behind the first are not.
  uint32_t candidates = 12;
  bool all = false;     // list findings weaker than `excerpt` as well
  double prior = 0.5;   // probability of derivation before the evidence
  bool details = true;  // passages, operations, substitutions, and the texts for a view
};

// What an article becomes once, and is then compared with many: tokens, zones, sketch, anchors. Opaque, immutable.
class PreparedArticle;

// Buffers worth reusing. One per thread; holds no state that changes an answer.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  struct Buffers;
  Buffers& buffers() { return *buffers_; }

 private:
  std::unique_ptr<Buffers> buffers_;
};

// Passage of the suspect · passage of the original, bytes of each text.
using PassagePair = std::pair<ByteSpan, ByteSpan>;

// All functions are safe to call from many threads, each with its own workspace, and deterministic.
class Engine {
 public:
  std::shared_ptr<const PreparedArticle> Prepare(const Article& article, Workspace& workspace) const;

  // Sketch and anchors of an article, for ArchiveWriter::Add.
  std::pair<Sketch, Anchors> Fingerprints(const Article& article, Workspace& workspace) const;
  Sketch SketchText(std::string_view text, Workspace& workspace) const;
  // For Deduplicator::Add; shingles of so many words.
  ShingleSet Shingles(std::string_view text, uint32_t words, Workspace& workspace) const;

  // Exactly one finding, whatever the verdict.
  Report Compare(const Article& original, const Article& suspect, const CheckOptions& options,
                 Workspace& workspace) const;

  // Findings by descending evidence. Fails only where the archive is damaged.
  absl::StatusOr<Report> Check(const Article& suspect, const Archive& archive, const CheckOptions& options,
                               Workspace& workspace) const;

  // Passages that the suspect shares with the original, in the order of the suspect.
  std::vector<PassagePair> Align(const PreparedArticle& original, const PreparedArticle& suspect,
                                 Workspace& workspace) const;
  // Reads the model that it finds them by, a few milliseconds that its first call takes otherwise.
  static void LoadPassageModel();

  // A report for a record that could not be compared: verdict `insufficient`, with `error`.
  static Report Failed(std::string suspect_id, std::string error);

  // Name of the probability model, and what the lexicon was built from, for `unspin info`.
  static std::string ModelName();
  static std::string LexiconProvenance();

  // Which variant of the kernels runs, and what is wrong with the name that UNSPIN_KERNELS gives, if anything.
  static std::string KernelName();
  static std::string KernelProblem();
};

}  // namespace unspin
