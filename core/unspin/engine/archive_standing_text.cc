#include "unspin/engine/archive_standing_text.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

#include "unspin/engine/standing_runs.h"

namespace unspin {
namespace {

// An article this similar to another is a copy of it: licensed, agency text, or a new version. Copies of the original
// show that it was spread, not that it is standing text.
constexpr double kMinSimilarityOfCopies = 0.4;

// Two runs are from one standing text, and not two phrases that everybody uses, where they stand this many words apart
// and mostly in the same articles.
constexpr size_t kMinWordsApart = 5, kMaxWordsApart = StandingRuns::kMaxWordsApart;
constexpr double kMinShareOfHolders = 0.25;  // of the articles that hold the rarer one

// How many articles besides the two must hold it: of one site, or of several.
constexpr size_t kMinStories = 3;
constexpr size_t kMinSites = 2;
constexpr double kMaxSimilarityOfStories = 0.2;  // articles more alike are one story
constexpr int32_t kMaxNewsDays = 7;              // an agency's paragraph is printed by many sites, in the same days

// More are not looked at: a text that so many articles hold is standing text.
constexpr size_t kMaxHolders = 10'000;

uint64_t KeyOf(ArticleAddress address) { return uint64_t{address.segment} << 32 | address.article; }

std::vector<uint64_t> SampledRuns(std::span<const uint64_t> runs) {
  std::vector<uint64_t> sampled;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(sampled), IsSampled);
  std::sort(sampled.begin(), sampled.end());
  sampled.erase(std::unique(sampled.begin(), sampled.end()), sampled.end());
  return sampled;
}

}  // namespace

// The rule, for a suspect and one original.
class ArchiveStandingText::Pair {
 public:
  Pair(ArchiveStandingText& suspect, ArticleAddress original)
      : suspect_(suspect),
        archive_(suspect.archive_),
        address_(original),
        original_(archive_.OriginOf(original)),
        sketch_(archive_.SketchOf(original)) {}

  // The original is one of the holders.
  static bool MayBeStanding(const Holders& holders) { return holders.too_many || holders.some.size() > kMinStories; }

  // Whether two runs are from one standing text. REQUIRES: MayBeStanding of both.
  bool IsStanding(const Holders& a, const Holders& b) {
    if (a.too_many && b.too_many) return true;
    std::vector<ArticleAddress> common;
    size_t rarer = 0;  // articles
    if (a.too_many || b.too_many) {
      common = a.too_many ? b.some : a.some;
      rarer = common.size();
    } else {
      std::set_intersection(a.some.begin(), a.some.end(), b.some.begin(), b.some.end(), std::back_inserter(common));
      rarer = std::min(a.some.size(), b.some.size());
    }
    if (static_cast<double>(common.size()) < kMinShareOfHolders * static_cast<double>(rarer)) return false;
    if (common.size() <= kMinStories) return false;
    return AreUnrelated(common);
  }

 private:
  struct Holder {
    ArticleAddress address;
    ArticleOrigin origin;
  };

  // Whether enough of the articles are stories of one site, or of several, and no copies.
  bool AreUnrelated(std::span<const ArticleAddress> addresses) {
    std::vector<Holder> rest;
    for (const ArticleAddress& address : addresses) rest.push_back({address, archive_.OriginOf(address)});
    // An order that does not depend on when articles were added: which of two stories alike is counted depends on it.
    // A heap, because the first few decide.
    const auto is_later = [&](const Holder& a, const Holder& b) { return IsLater(a, b); };
    std::make_heap(rest.begin(), rest.end(), is_later);
    std::vector<Sketch> of_originals_site, of_suspects_site, of_others;
    std::vector<uint32_t> sites;  // of of_others
    for (; !rest.empty(); rest.pop_back()) {
      std::pop_heap(rest.begin(), rest.end(), is_later);
      const auto& [address, origin] = rest.back();
      if (address == address_) continue;
      const bool known = origin.site != ArticleOrigin::kUnknownSite;
      if (known && origin.site == original_.site) {
        AddStory(address, of_originals_site);
      } else if (known && origin.site == suspect_.origin_.site) {
        AddStory(address, of_suspects_site);
      } else if (!IsSameNews(origin.day) && AddStory(address, of_others) &&
                 (!known || std::find(sites.begin(), sites.end(), origin.site) == sites.end())) {
        sites.push_back(origin.site);  // an unknown site may be any
      }
      if (of_originals_site.size() >= kMinStories || of_suspects_site.size() >= kMinStories) return true;
      if (of_others.size() >= kMinStories && sites.size() >= kMinSites) return true;
    }
    return false;
  }

  bool IsLater(const Holder& a, const Holder& b) const {
    const auto key = [](const Holder& holder) { return std::pair(holder.origin.day, holder.origin.site); };
    if (key(a) != key(b)) return key(a) > key(b);
    return archive_.SketchOf(a.address).components > archive_.SketchOf(b.address).components;
  }

  // False where the article is a copy, or its story is there already.
  bool AddStory(ArticleAddress address, std::vector<Sketch>& stories) {
    if (suspect_.IsCopyOfSuspect(address) || IsCopyOfOriginal(address)) return false;
    const Sketch sketch = archive_.SketchOf(address);
    const bool told = std::any_of(stories.begin(), stories.end(), [&](const Sketch& story) {
      return EstimatedSimilarity(story, sketch) > kMaxSimilarityOfStories;
    });
    if (!told) stories.push_back(sketch);
    return !told;
  }

  bool IsSameNews(int32_t day) const {
    constexpr int32_t kUnknown = ArticleOrigin::kUnknownDay;
    return day != kUnknown && original_.day != kUnknown &&
           std::abs(int64_t{day} - int64_t{original_.day}) <= kMaxNewsDays;
  }

  bool IsCopyOfOriginal(ArticleAddress address) {
    const auto [copy, added] = copies_.try_emplace(KeyOf(address), false);
    if (added) copy->second = EstimatedSimilarity(sketch_, archive_.SketchOf(address)) >= kMinSimilarityOfCopies;
    return copy->second;
  }

  ArchiveStandingText& suspect_;
  const ArchiveReader& archive_;
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

std::vector<uint64_t> ArchiveStandingText::SharedWith(ArticleAddress original, std::span<const uint64_t> runs) {
  struct SharedRun {
    size_t position;
    uint64_t run;
    bool standing = false;
  };
  std::vector<SharedRun> shared;
  for (size_t i = 0; i < runs.size(); ++i) {
    if (IsSampled(runs[i]) && std::binary_search(runs_.begin(), runs_.end(), runs[i])) shared.push_back({i, runs[i]});
  }
  std::optional<Pair> pair;
  std::vector<uint64_t> standing;
  for (size_t i = 0; i < shared.size(); ++i) {
    for (size_t k = i + 1; k < shared.size() && shared[k].position - shared[i].position <= kMaxWordsApart; ++k) {
      if (shared[k].position - shared[i].position < kMinWordsApart || (shared[i].standing && shared[k].standing))
        continue;
      const Holders& holders = HoldersOf(shared[i].run);
      if (!Pair::MayBeStanding(holders)) break;
      const Holders& others = HoldersOf(shared[k].run);
      if (!Pair::MayBeStanding(others)) continue;
      if (!pair) pair.emplace(*this, original);
      if (pair->IsStanding(holders, others)) shared[i].standing = shared[k].standing = true;
    }
    if (shared[i].standing) standing.push_back(shared[i].run);
  }
  std::sort(standing.begin(), standing.end());
  standing.erase(std::unique(standing.begin(), standing.end()), standing.end());
  return standing;
}

const ArchiveStandingText::Holders& ArchiveStandingText::HoldersOf(uint64_t run) {
  std::unique_ptr<const Holders>& known = holders_[run];
  if (known != nullptr) return *known;
  Holders holders;
  archive_.VisitHolders(run, [&](ArticleAddress address) {
    holders.too_many = holders.some.size() == kMaxHolders;
    if (!holders.too_many) holders.some.push_back(address);
    return !holders.too_many;
  });
  if (holders.too_many) holders.some.clear();
  known = std::make_unique<const Holders>(std::move(holders));
  return *known;
}

bool ArchiveStandingText::IsCopyOfSuspect(ArticleAddress address) {
  const auto [copy, added] = copies_of_suspect_.try_emplace(KeyOf(address), false);
  if (added) copy->second = EstimatedSimilarity(sketch_, archive_.SketchOf(address)) >= kMinSimilarityOfCopies;
  return copy->second;
}

}  // namespace unspin
