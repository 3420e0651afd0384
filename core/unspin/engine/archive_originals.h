// The originals of a check, looked for in an archive.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_standing_text.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/originals.h"
#include "unspin/engine/workspace.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

class ArchiveOriginals : public Originals {
 public:
  // All arguments outlive this value.
  ArchiveOriginals(const Archive& archive, const SuspectWords& suspect, const CheckOptions& options,
                   WorkspaceBuffers& buffers);

  std::optional<ArchiveIdentity> Identity() const override;
  const SpunForms& spun_forms() const override;
  std::vector<LearntReplacement> Replacements() const override;
  std::vector<Candidate> FindCandidates() override;
  absl::StatusOr<std::shared_ptr<const StoredArticle>> Fetch(ArticleAddress address) override;
  std::shared_ptr<const AnalyzedArticle> AnalyzeText(ArticleAddress address, const std::string& text) override;
  double SimilarityTo(ArticleAddress address) override;
  bool IsSuspectsFile(ArticleAddress address, const Article& original) override;
  std::vector<uint64_t> StandingRunsShared(ArticleAddress address, std::span<const uint64_t> runs) override;

 private:
  void FindExcluded();
  Sketch SketchOfWhole() const;
  // `limit` candidates that are not excluded.
  std::vector<Candidate> FindAllowed(const Anchors& anchors, uint32_t limit);
  void AddUnspunCandidates(std::vector<Candidate>& candidates);

  const Archive& archive_;
  const SuspectWords& suspect_;
  const CheckOptions& options_;
  WorkspaceBuffers& buffers_;
  std::vector<ArticleAddress> excluded_;  // set by FindCandidates, as all below
  Sketch sketch_{}, whole_sketch_{};      // of the words, and with excluded ones
  std::optional<ArchiveStandingText> standing_text_;
};

}  // namespace unspin
