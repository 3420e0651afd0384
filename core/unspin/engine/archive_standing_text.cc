#include "unspin/engine/archive_standing_text.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

namespace unspin {
namespace {

// An article this similar to another is a copy of it: licensed, agency text, or a new version. Copies of the original
// show that it was spread, not that it is standing text.
constexpr double kMinSimilarityOfCopies = 0.4;
constexpr size_t kMaxHolders = 1000;  // articles looked at; no story has so many copies that differ
constexpr size_t kReach = 12;  // runs on either side of a sampled one that are what it is: 1.5 times the mean gap

// The articles that hold a run count as different stories where they share little but standing text.
constexpr double kMaxSimilarityOfStories = 0.2;
constexpr size_t kMinStoriesOfSite = 4, kMinStories = 3;
constexpr size_t kMinSites = 2;
constexpr int32_t kMaxNewsDays = 7;  // an agency's paragraph is printed by many, in the same days

uint64_t KeyOf(ArticleAddress address) { return uint64_t{address.segment} << 32 | address.article; }

std::vector<uint64_t> SampledRuns(std::span<const uint64_t> runs) {
  std::vector<uint64_t> sampled;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(sampled), IsSampled);
  std::sort(sampled.begin(), sampled.end());
  sampled.erase(std::unique(sampled.begin(), sampled.end()), sampled.end());
  return sampled;
}

// Extends what is known of sampled runs to the runs between them.
class StandingRuns : public StandingText {
 public:
  // `sampled` runs that are standing text, ascending.
  explicit StandingRuns(std::vector<uint64_t> sampled) : sampled_(std::move(sampled)) {}

  void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const override {
    if (sampled_.empty()) return;
    size_t begin = 0;  // runs before it are nearer to a sampled run that is no standing text
    for (size_t i = 0; i < runs.size(); ++i) {
      if (!IsSampled(runs[i])) continue;
      if (std::binary_search(sampled_.begin(), sampled_.end(), runs[i])) {
        begin = MarkAround(runs, std::max(begin, i - std::min(i, kReach)), i, standing);
      } else {
        begin = i + 1;
      }
    }
  }

 private:
  // Marks from `begin` over run `i` to the next sampled run or kReach further. Returns the first run that is left.
  static size_t MarkAround(std::span<const uint64_t> runs, size_t begin, size_t i, std::vector<bool>& standing) {
    size_t end = i + 1;
    while (end < runs.size() && end - i <= kReach && !IsSampled(runs[end])) ++end;
    for (size_t run = begin; run < end; ++run) standing[run] = true;
    return end;
  }

  std::vector<uint64_t> sampled_;
};

}  // namespace

// Whether the articles that hold a run show that it is standing text between a suspect and one original.
class ArchiveStandingText::Rule {
 public:
  Rule(const ArchiveReader& archive, ArticleOrigin suspect, ArticleAddress original)
      : archive_(archive),
        suspect_(suspect),
        address_(original),
        original_(archive.OriginOf(original)),
        sketch_(archive.SketchOf(original)) {}

  bool IsStanding(const Holders& holders) {
    if (holders.too_many) return true;
    std::vector<Sketch> of_site, of_sites;
    std::vector<uint32_t> sites;
    for (const Holder& holder : holders.some) {
      if (holder.address == address_ || IsCopyOfOriginal(holder.address)) continue;
      const Sketch sketch = archive_.SketchOf(holder.address);
      const uint32_t site = holder.origin.site;
      const bool known = site != ArticleOrigin::kUnknownSite;
      if (known && (site == original_.site || site == suspect_.site)) {
        AddStory(sketch, of_site);
      } else if (!IsSameNews(holder.origin.day)) {
        AddStory(sketch, of_sites);
        if (!known || std::find(sites.begin(), sites.end(), site) == sites.end()) sites.push_back(site);
      }
      if (of_site.size() >= kMinStoriesOfSite) return true;
      if (of_sites.size() >= kMinStories && sites.size() >= kMinSites) return true;
    }
    return false;
  }

 private:
  static void AddStory(const Sketch& sketch, std::vector<Sketch>& stories) {
    const bool told = std::any_of(stories.begin(), stories.end(), [&](const Sketch& story) {
      return EstimatedSimilarity(story, sketch) > kMaxSimilarityOfStories;
    });
    if (!told) stories.push_back(sketch);
  }

  bool IsSameNews(int32_t day) const {
    constexpr int32_t kUnknown = ArticleOrigin::kUnknownDay;
    return day != kUnknown && original_.day != kUnknown && std::abs(day - original_.day) <= kMaxNewsDays;
  }

  bool IsCopyOfOriginal(ArticleAddress address) {
    const auto [copy, added] = copies_.try_emplace(KeyOf(address), false);
    if (added) copy->second = EstimatedSimilarity(sketch_, archive_.SketchOf(address)) >= kMinSimilarityOfCopies;
    return copy->second;
  }

  const ArchiveReader& archive_;
  const ArticleOrigin suspect_;
  const ArticleAddress address_;
  const ArticleOrigin original_;
  const Sketch sketch_;
  absl::flat_hash_map<uint64_t, bool> copies_;
};

ArchiveStandingText::ArchiveStandingText(const ArchiveReader& archive, const Article& suspect, const Sketch& sketch,
                                         std::span<const uint64_t> runs)
    : archive_(archive),
      sketch_(sketch),
      origin_(ArticleOrigin::Of(suspect.site, suspect.url, suspect.published)),
      runs_(archive.knows_standing_text() ? SampledRuns(runs) : std::vector<uint64_t>()) {}

std::unique_ptr<const StandingText> ArchiveStandingText::Against(ArticleAddress original,
                                                                 std::span<const uint64_t> runs) {
  std::vector<uint64_t> standing;
  std::optional<Rule> rule;
  for (const uint64_t run : runs) {
    if (!IsSampled(run) || !std::binary_search(runs_.begin(), runs_.end(), run)) continue;
    if (!rule) rule.emplace(archive_, origin_, original);
    if (rule->IsStanding(HoldersOf(run))) standing.push_back(run);
  }
  std::sort(standing.begin(), standing.end());
  return std::make_unique<StandingRuns>(std::move(standing));
}

const ArchiveStandingText::Holders& ArchiveStandingText::HoldersOf(uint64_t run) {
  const auto [entry, added] = holders_.try_emplace(run);
  Holders& holders = entry->second;
  if (!added) return holders;
  archive_.VisitHolders(run, [&](ArticleAddress address) {
    if (IsCopyOfSuspect(address)) return true;
    holders.too_many = holders.some.size() == kMaxHolders;
    if (!holders.too_many) holders.some.push_back({address, archive_.OriginOf(address)});
    return !holders.too_many;
  });
  if (holders.too_many) holders.some.clear();
  // An order that does not depend on when articles were added: which of two stories alike is counted depends on it.
  std::sort(holders.some.begin(), holders.some.end(), [&](const Holder& a, const Holder& b) {
    const auto key = [](const Holder& holder) { return std::pair(holder.origin.day, holder.origin.site); };
    if (key(a) != key(b)) return key(a) < key(b);
    return archive_.SketchOf(a.address).components < archive_.SketchOf(b.address).components;
  });
  return holders;
}

bool ArchiveStandingText::IsCopyOfSuspect(ArticleAddress address) {
  const auto [copy, added] = copies_of_suspect_.try_emplace(KeyOf(address), false);
  if (added) copy->second = EstimatedSimilarity(sketch_, archive_.SketchOf(address)) >= kMinSimilarityOfCopies;
  return copy->second;
}

}  // namespace unspin
