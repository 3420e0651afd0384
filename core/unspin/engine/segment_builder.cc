#include "unspin/engine/segment_builder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "unspin/engine/segment_sections.h"
#include "unspin/io/write_file.h"

namespace unspin {

absl::Status SegmentBuilder::Add(const Article& article, const ArticleIdentity& identity, std::string_view sha256,
                                 const ArticleFingerprints& fingerprints) {
  assert(identity.article == size());
  if (absl::Status status = store_.Add(article, identity.version, sha256); !status.ok()) return status;
  index_.Add(fingerprints.sketch, fingerprints.anchors);
  run_lists_.Add(fingerprints.listed_runs, ArticleOrigin::Of(article.site, article.url, article.published));
  identities_.push_back(identity);
  return absl::OkStatus();
}

absl::StatusOr<SegmentEntry> SegmentBuilder::Build(const std::string& name, uint64_t scheme) {
  name_ = name;
  std::sort(identities_.begin(), identities_.end(),
            [](const ArticleIdentity& a, const ArticleIdentity& b) { return a.Precedes(b); });
  identity_rows_.reserve(identities_.size() * ArticleIdentity::kEncodedSize);
  for (const ArticleIdentity& identity : identities_) identity.AppendTo(identity_rows_);
  const std::vector<std::string_view> index = index_.Build();
  absl::StatusOr<std::vector<std::string_view>> store = store_.Build();
  if (!store.ok()) return store.status();
  const std::array<Section, kSegmentSections> sections = {
      Section{kIdentities.name, kIdentities.version, {identity_rows_}}, Section{kIndex.name, kIndex.version, index},
      Section{kAnchorCounts.name, kAnchorCounts.version, {index_.AnchorCounts()}},
      Section{kStandingRuns.name, kStandingRuns.version, run_lists_.Build()},
      Section{kStore.name, kStore.version, *std::move(store)}};
  file_ = std::make_unique<const SectionFileImage>(scheme, sections);
  return SegmentEntry{name, file_->length(), file_->checksum(), static_cast<uint32_t>(size())};
}

absl::Status SegmentBuilder::Save(const std::string& folder) const {
  assert(file_ != nullptr);
  return WriteFileAtomically(folder + "/" + name_, file_->chunks());
}

}  // namespace unspin
