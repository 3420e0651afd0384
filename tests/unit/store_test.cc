#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/made_articles.h"
#include "support/sample_articles.h"
#include "unspin/base/hash.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/store/layout.h"
#include "unspin/store/merge_stores.h"
#include "unspin/store/store.h"

namespace unspin {
namespace {

using ::testing::HasSubstr;
using testing::MakeArticle;

std::string BuildStore(const std::vector<Article>& articles) {
  StoreBuilder builder;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    EXPECT_TRUE(builder.Add(articles[i], i + 1, Sha256Hex(articles[i].text)).ok());
  }
  return Concatenated(*builder.Build());
}

std::vector<Article> MakeArticles(size_t count, size_t words) {
  std::vector<Article> articles;
  for (size_t i = 0; i < count; ++i) articles.push_back(MakeArticle(i, words).article);
  return articles;
}

void ExpectEqual(const Article& a, const Article& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.title, b.title);
  EXPECT_EQ(a.url, b.url);
  EXPECT_EQ(a.site, b.site);
  EXPECT_EQ(a.published, b.published);
  EXPECT_EQ(a.fetched, b.fetched);
  EXPECT_EQ(a.path, b.path);
  EXPECT_EQ(a.record, b.record);
  EXPECT_EQ(a.steps, b.steps);
}

TEST(Store, GivesBackEveryField) {
  const uint32_t top = std::numeric_limits<uint32_t>::max();
  Article full;
  full.id = "id";
  full.text = std::string("text with a zero \0 and broken \xff\xfe UTF-8", 38);
  full.title = "title";
  full.url = "https://example.org/";
  full.site = "site";
  full.published = "2024-01-01";
  full.fetched = "2024-01-02";
  full.path = "a/b.jsonl";
  full.record = std::numeric_limits<uint64_t>::max();
  full.steps = {{0, 5, 4, 3}, {top, top, top, top}, {7, 0, 1, top}};
  Article zero_record;
  zero_record.record = 0;
  const std::vector<Article> articles = {full, Article(), zero_record};
  const std::string bytes = BuildStore(articles);
  const auto store = StoreReader::Open(bytes);
  ASSERT_TRUE(store.ok()) << store.status();
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const auto stored = store->Fetch(i);
    ASSERT_TRUE(stored.ok()) << stored.status();
    ExpectEqual(stored->article, articles[i]);
    EXPECT_EQ(stored->version, i + 1);
    EXPECT_EQ(stored->sha256, Sha256Hex(articles[i].text));
  }
}

TEST(Store, GivesBackArticlesOfManyBlocksInAnyOrder) {
  std::vector<Article> articles = MakeArticles(300, 200);
  articles[150].text = std::string(1 << 20, 'x');  // larger than a block, and compressed to almost nothing
  const std::string bytes = BuildStore(articles);
  const auto store = StoreReader::Open(bytes);
  ASSERT_TRUE(store.ok());
  ASSERT_EQ(store->size(), articles.size());
  StoreReader::LastBlock last;
  std::mt19937_64 random(1);
  for (int i = 0; i < 600; ++i) {
    const auto number = static_cast<uint32_t>(random() % articles.size());
    const auto stored = i % 2 == 0 ? store->Fetch(number) : store->Fetch(number, last);
    ASSERT_TRUE(stored.ok()) << stored.status();
    ExpectEqual(stored->article, articles[number]);
  }
}

TEST(Store, SaysWhichBytesAnArticleIsReadFrom) {
  const std::vector<Article> articles = MakeArticles(50, 200);
  std::string bytes = BuildStore(articles);
  const auto store = StoreReader::Open(bytes);
  ASSERT_TRUE(store.ok());
  EXPECT_TRUE(store->BytesOf(50).empty());
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const std::string_view from = store->BytesOf(i);
    ASSERT_FALSE(from.empty());
    char& first = bytes[static_cast<size_t>(from.data() - bytes.data())];
    first = static_cast<char>(first ^ 1);
    EXPECT_FALSE(store->Fetch(i).ok());
    first = static_cast<char>(first ^ 1);
    EXPECT_TRUE(store->Fetch(i).ok());
  }
}

TEST(Store, HoldsNothing) {
  const std::string bytes = BuildStore({});
  const auto store = StoreReader::Open(bytes);
  ASSERT_TRUE(store.ok());
  EXPECT_EQ(store->size(), 0u);
  EXPECT_TRUE(absl::IsOutOfRange(store->Fetch(0).status()));
}

TEST(Store, IsTheSameBytesForTheSameInput) {
  EXPECT_EQ(BuildStore(MakeArticles(200, 300)), BuildStore(MakeArticles(200, 300)));
}

// What matches nothing is most of a text: it is coded, not only what matches
// (docs/performance/0033-faster-compression.md).
TEST(BlockCompressor, CodesWhatMatchesNothing) {
  BlockCompressor compressor;
  size_t bytes = 0;
  std::string compressed;
  for (const std::string& story : testing::SampleStories()) {
    const std::string text = testing::ReadSample(story, "original.txt");
    bytes += text.size();
    ASSERT_TRUE(compressor.Append(text, compressed).ok());
  }
  EXPECT_LT(static_cast<double>(compressed.size()), 0.6 * static_cast<double>(bytes));
}

TEST(BlockCompressor, RemembersNothingOfTheBlockBefore) {
  const std::string first = MakeArticle(1, 900).article.text, second = MakeArticle(2, 700).article.text;
  BlockCompressor fresh, used;
  std::string expected, both;
  ASSERT_TRUE(fresh.Append(second, expected).ok());
  ASSERT_TRUE(used.Append(first, both).ok());
  const size_t of_first = both.size();
  ASSERT_TRUE(used.Append(second, both).ok());
  EXPECT_EQ(both.substr(of_first), expected);
}

TEST(Store, NamesTheArticleOfADamagedBlock) {
  const std::string good = BuildStore(MakeArticles(20, 12));
  const size_t blocks = 24 + 24 + 20 * 8;
  for (size_t i = blocks; i < good.size(); i += 7) {
    std::string bytes = good;
    bytes[i] ^= 1;
    const auto store = StoreReader::Open(bytes);
    ASSERT_TRUE(store.ok());
    const absl::Status status = store->Fetch(13).status();
    EXPECT_TRUE(absl::IsDataLoss(status));
    EXPECT_THAT(std::string(StdView(status.message())), HasSubstr("article 13: block 0 is damaged"));
  }
}

struct MergedStores {
  absl::Status status;
  std::string bytes;
  size_t part = 0;
  uint64_t told = 0;  // articles, by the last word of progress
};

MergedStores MergeStores(const std::vector<std::string>& stores, const std::vector<std::vector<uint32_t>>& dropped) {
  std::vector<StoreReader> views;
  std::vector<DocIdMap::Part> parts;
  for (size_t i = 0; i < stores.size(); ++i) {
    views.push_back(*StoreReader::Open(stores[i]));
    parts.push_back({views.back().size(), dropped[i]});
  }
  std::vector<const StoreReader*> pointers;
  for (const StoreReader& view : views) pointers.push_back(&view);
  const DocIdMap numbers(parts);
  StoreMerger merger(pointers, numbers);
  MergedStores merged;
  const auto append = [&](std::string_view some) { merged.bytes.append(some); };
  merged.status = merger.AppendHead(append, [] {});
  if (merged.status.ok())
    merged.status = merger.AppendBlocks(append, [&](uint64_t articles) { merged.told = articles; });
  merged.part = merger.part();
  return merged;
}

TEST(StoreMerger, KeepsWhatIsLeftAndNothingElse) {
  const std::vector<Article> articles = MakeArticles(200, 100);  // several to a block
  for (const size_t step : {0u, 2u, 3u, 50u}) {
    std::vector<std::string> stores;
    std::vector<std::vector<uint32_t>> dropped;
    std::vector<uint32_t> left;  // by version, which tells articles apart here
    for (const auto& [begin, end] : {std::pair<size_t, size_t>{0, 70}, {70, 70}, {70, 71}, {71, 200}}) {
      StoreBuilder builder;
      dropped.emplace_back();
      for (size_t i = begin; i < end; ++i) {
        ASSERT_TRUE(builder.Add(articles[i], static_cast<uint32_t>(i), Sha256Hex(articles[i].text)).ok());
        // The first block of all loses all its articles as well.
        if (step > 0 && (i % step == 0 || (begin == 0 && i < 12))) {
          dropped.back().push_back(static_cast<uint32_t>(i - begin));
        } else {
          left.push_back(static_cast<uint32_t>(i));
        }
      }
      stores.push_back(Concatenated(*builder.Build()));
    }
    const MergedStores merged = MergeStores(stores, dropped);
    ASSERT_TRUE(merged.status.ok()) << merged.status;
    const auto view = StoreReader::Open(merged.bytes);
    ASSERT_TRUE(view.ok()) << view.status();
    ASSERT_EQ(view->size(), left.size());
    EXPECT_EQ(merged.told, left.size());
    for (uint32_t i = 0; i < left.size(); ++i) {
      const auto stored = view->Fetch(i);
      ASSERT_TRUE(stored.ok()) << stored.status();
      EXPECT_EQ(stored->version, left[i]);
      ExpectEqual(stored->article, articles[left[i]]);
    }
    StoreReader::LastBlock last;
    for (uint32_t i = 0; i < left.size(); ++i) {
      ASSERT_TRUE(view->Fetch(i, last).ok());
      for (uint32_t number = 0; number < articles.size(); ++number) {
        if (std::binary_search(left.begin(), left.end(), number)) continue;
        ASSERT_EQ(last.bytes().find(articles[number].text), std::string::npos) << "not gone: " << number;
      }
    }
  }
}

TEST(StoreMerger, NamesTheStoreOfADamagedBlock) {
  const std::vector<Article> articles = MakeArticles(50, 100);
  for (const bool drops : {false, true}) {
    std::vector<std::string> stores = {BuildStore(articles), BuildStore(articles)};
    stores[1][stores[1].size() - 20] ^= 1;
    const MergedStores merged = MergeStores(stores, {{}, drops ? std::vector<uint32_t>{49} : std::vector<uint32_t>{}});
    EXPECT_EQ(merged.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(StdView(merged.status.message())), HasSubstr("damaged"));
    EXPECT_EQ(merged.part, 1u);
  }
}

TEST(Store, RefusesDamagedTables) {
  const std::string good = BuildStore(MakeArticles(20, 12));
  for (size_t i = 0; i < 24 + 24 + 20 * 8; ++i) {
    std::string bytes = good;
    bytes[i] ^= 1;
    EXPECT_TRUE(absl::IsDataLoss(StoreReader::Open(bytes).status())) << i;
  }
}

TEST(Store, RefusesEveryTruncation) {
  const std::string good = BuildStore(MakeArticles(5, 20));
  for (size_t size = 0; size < good.size(); ++size) {
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(StoreReader::Open({bytes.data(), bytes.size()}).status())) << size;
  }
}

// A store whose checksums are right and whose content lies: made by someone, not by a failing disk.
class ForgedStore {
 public:
  explicit ForgedStore(const std::vector<Article>& articles) : bytes_(BuildStore(articles)) {}
  std::string& bytes() { return bytes_; }

  // Makes the checksums of block 0 and of the tables true again.
  absl::StatusOr<StoreReader> Open(size_t articles) {
    const std::string_view all = bytes_;
    const size_t compressed = 24 + 24 + articles * 8;
    Put(24 + 16, Hash64(all.substr(compressed)));
    std::string checked(all.substr(0, 8));
    checked.append(all.substr(16, 8));
    for (const uint64_t hash : {Hash64(all.substr(24, 24)), Hash64(all.substr(48, articles * 8))}) {
      checked.append(reinterpret_cast<const char*>(&hash), sizeof hash);
    }
    Put(8, Hash64(checked));
    return StoreReader::Open(bytes_);
  }
  template <typename Number>
  void Put(size_t at, Number number) {
    std::memcpy(bytes_.data() + at, &number, sizeof number);
  }

 private:
  std::string bytes_;
};

TEST(Store, DoesNotBelieveABlockThatClaimsToBeLarge) {
  ForgedStore forged(MakeArticles(1, 20));
  forged.Put<uint32_t>(24 + 12, 0xffffffffu);
  const auto store = forged.Open(1);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("claims a false size"));
}

TEST(Store, DoesNotReadABlockOutsideOfItsBytes) {
  for (const uint64_t offset : {uint64_t{1}, uint64_t{1} << 20, ~uint64_t{0}}) {
    ForgedStore forged(MakeArticles(1, 20));
    forged.Put<uint64_t>(24, offset);
    const auto store = forged.Open(1);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("block 0 is out of bounds"));
  }
}

TEST(Store, DoesNotReadAnArticleOutsideOfItsBlock) {
  for (const uint32_t offset : {100000u, 0xffffffffu}) {
    ForgedStore forged(MakeArticles(1, 20));
    forged.Put<uint32_t>(48 + 4, offset);
    const auto store = forged.Open(1);
    ASSERT_TRUE(store.ok());
    EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("begins outside of its block"));
  }
}

TEST(Store, SurvivesAnArticleThatBeginsAnywhereInItsBlock) {
  const std::vector<Article> articles = MakeArticles(2, 20);
  int failed = 0;
  for (uint32_t offset = 0; offset < 700; ++offset) {
    ForgedStore forged(articles);
    forged.Put<uint32_t>(48 + 4, offset);
    const auto store = forged.Open(2);
    ASSERT_TRUE(store.ok());
    failed += absl::IsDataLoss(store->Fetch(0).status());
  }
  EXPECT_GT(failed, 100);
}

TEST(Store, DoesNotDecompressWhatIsNoFrame) {
  const std::vector<Article> articles = MakeArticles(1, 40);
  const size_t compressed = 24 + 24 + 8;
  int failed = 0;
  for (size_t i = compressed; i < BuildStore(articles).size(); ++i) {
    ForgedStore forged(articles);
    forged.bytes()[i] ^= 0x55;
    const auto store = forged.Open(1);
    ASSERT_TRUE(store.ok());
    // Damage to literals still decompresses, to another text, which the archive tells by its SHA-256.
    const auto stored = store->Fetch(0);
    EXPECT_TRUE(stored.ok() || absl::IsDataLoss(stored.status()));
    failed += !stored.ok();
  }
  EXPECT_GT(failed, 50);
}

TEST(Sha256, IsWhatTheStandardSays) {  // FIPS 180-2, appendix B
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace unspin
