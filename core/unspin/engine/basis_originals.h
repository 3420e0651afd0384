// The originals of a check that is made again: those that its basis holds. Nothing looks into an archive or at a disk.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "unspin/engine/originals.h"
#include "unspin/engine/workspace.h"

namespace unspin {

class BasisOriginals : public Originals {
 public:
  // All arguments outlive this value, and the articles that it returns.
  BasisOriginals(const CheckBasis& basis, const SuspectWords& suspect, WorkspaceBuffers& buffers);

  std::optional<ArchiveIdentity> Identity() const override { return basis_.archive; }
  const SpunForms& spun_forms() const override { return spun_forms_; }
  std::vector<LearntReplacement> Replacements() const override { return basis_.replacements; }
  // All of the basis, in its order: the check that recorded it has chosen.
  std::vector<Candidate> FindCandidates() override;
  absl::StatusOr<std::shared_ptr<const StoredArticle>> Fetch(ArticleAddress address) override;
  std::shared_ptr<const AnalyzedArticle> AnalyzeText(ArticleAddress address, const std::string& text) override;
  double SimilarityTo(ArticleAddress address) override;
  bool IsSuspectsFile(ArticleAddress address, const Article& original) override;
  std::vector<uint64_t> StandingRunsShared(ArticleAddress address, std::span<const uint64_t> runs) override;

 private:
  const BasisOriginal& At(ArticleAddress address) const;

  const CheckBasis& basis_;
  const SuspectWords& suspect_;
  WorkspaceBuffers& buffers_;
  SpunForms spun_forms_;
};

}  // namespace unspin
