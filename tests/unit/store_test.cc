#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/made_articles.h"
#include "support/sample_articles.h"
#include "unspin/base/hash.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/store/block_compressor.h"
#include "unspin/store/layout.h"
#include "unspin/store/merge_stores.h"
#include "unspin/store/store_builder.h"
#include "unspin/store/store_reader.h"

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

// Bytes before the blocks.
size_t HeadSize(size_t blocks, size_t articles) {
  return StoreHeader::kEncodedSize + blocks * BlockRow::kEncodedSize + articles * ArticleRow::kEncodedSize;
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
  EXPECT_EQ(a.notices, b.notices);
}

TEST(StoreTest, KeepsEveryField) {
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
  full.notices = {"By Ann Writer", "", std::string("\xc2\xa9 \0 \xff", 6)};
  Article zero_record;
  zero_record.record = 0;
  Article only_notices;
  only_notices.notices = {"By Ann Writer"};
  const std::vector<Article> articles = {full, Article(), zero_record, only_notices};
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

TEST(StoreTest, FetchesArticlesOfManyBlocksInAnyOrder) {
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

TEST(StoreTest, BytesOfAreThoseThatFetchReads) {
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

TEST(StoreTest, MayBeEmpty) {
  const std::string bytes = BuildStore({});
  const auto store = StoreReader::Open(bytes);
  ASSERT_TRUE(store.ok());
  EXPECT_EQ(store->size(), 0u);
  EXPECT_TRUE(absl::IsOutOfRange(store->Fetch(0).status()));
}

TEST(StoreTest, EqualInputGivesEqualBytes) {
  EXPECT_EQ(BuildStore(MakeArticles(200, 300)), BuildStore(MakeArticles(200, 300)));
}

// Literals are most of a text, and are coded like matches (docs/performance/0033-faster-compression.md).
TEST(BlockCompressorTest, CompressesLiterals) {
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

TEST(BlockCompressorTest, OutputDoesNotDependOnEarlierBlocks) {
  const std::string first = MakeArticle(1, 900).article.text, second = MakeArticle(2, 700).article.text;
  BlockCompressor fresh, used;
  std::string expected, both;
  ASSERT_TRUE(fresh.Append(second, expected).ok());
  ASSERT_TRUE(used.Append(first, both).ok());
  const size_t of_first = both.size();
  ASSERT_TRUE(used.Append(second, both).ok());
  EXPECT_EQ(both.substr(of_first), expected);
}

TEST(StoreTest, ErrorOfADamagedBlockNamesTheArticle) {
  const std::string good = BuildStore(MakeArticles(20, 12));
  const size_t blocks = HeadSize(1, 20);
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
  size_t failed_store = 0;
  uint64_t progress = 0;  // articles, as reported last
};

MergedStores MergeStores(const std::vector<std::string>& stores, const std::vector<std::vector<uint32_t>>& deleted) {
  std::vector<StoreReader> readers;
  std::vector<DocIdMap::Source> sources;
  for (size_t i = 0; i < stores.size(); ++i) {
    readers.push_back(*StoreReader::Open(stores[i]));
    sources.push_back({readers.back().size(), deleted[i]});
  }
  std::vector<const StoreReader*> pointers;
  for (const StoreReader& reader : readers) pointers.push_back(&reader);
  const DocIdMap ids(sources);
  StoreMerger merger(pointers, ids);
  MergedStores merged;
  const auto append = [&](std::string_view bytes) { merged.bytes.append(bytes); };
  merged.status = merger.AppendHead(append, [] {});
  if (merged.status.ok())
    merged.status = merger.AppendBlocks(append, [&](uint64_t articles) { merged.progress = articles; });
  merged.failed_store = merger.failed_store();
  return merged;
}

TEST(StoreMergerTest, KeepsExactlyTheArticlesThatAreNotDeleted) {
  const std::vector<Article> articles = MakeArticles(200, 100);  // several to a block
  for (const size_t step : {0u, 2u, 3u, 50u}) {
    std::vector<std::string> stores;
    std::vector<std::vector<uint32_t>> deleted;
    std::vector<uint32_t> left;  // by version, which tells articles apart here
    for (const auto& [begin, end] : {std::pair<size_t, size_t>{0, 70}, {70, 70}, {70, 71}, {71, 200}}) {
      StoreBuilder builder;
      deleted.emplace_back();
      for (size_t i = begin; i < end; ++i) {
        ASSERT_TRUE(builder.Add(articles[i], static_cast<uint32_t>(i), Sha256Hex(articles[i].text)).ok());
        // The first block of all loses all its articles as well.
        if (step > 0 && (i % step == 0 || (begin == 0 && i < 12))) {
          deleted.back().push_back(static_cast<uint32_t>(i - begin));
        } else {
          left.push_back(static_cast<uint32_t>(i));
        }
      }
      stores.push_back(Concatenated(*builder.Build()));
    }
    const MergedStores merged = MergeStores(stores, deleted);
    ASSERT_TRUE(merged.status.ok()) << merged.status;
    const auto reader = StoreReader::Open(merged.bytes);
    ASSERT_TRUE(reader.ok()) << reader.status();
    ASSERT_EQ(reader->size(), left.size());
    EXPECT_EQ(merged.progress, left.size());
    for (uint32_t i = 0; i < left.size(); ++i) {
      const auto stored = reader->Fetch(i);
      ASSERT_TRUE(stored.ok()) << stored.status();
      EXPECT_EQ(stored->version, left[i]);
      ExpectEqual(stored->article, articles[left[i]]);
    }
    StoreReader::LastBlock last;
    for (uint32_t i = 0; i < left.size(); ++i) {
      ASSERT_TRUE(reader->Fetch(i, last).ok());
      for (uint32_t number = 0; number < articles.size(); ++number) {
        if (std::binary_search(left.begin(), left.end(), number)) continue;
        ASSERT_EQ(last.bytes().find(articles[number].text), std::string::npos) << "not gone: " << number;
      }
    }
  }
}

TEST(StoreMergerTest, NamesTheStoreWhoseBlockIsDamaged) {
  const std::vector<Article> articles = MakeArticles(50, 100);
  for (const bool deletes : {false, true}) {
    std::vector<std::string> stores = {BuildStore(articles), BuildStore(articles)};
    stores[1][stores[1].size() - 20] ^= 1;
    const std::vector<uint32_t> deleted = deletes ? std::vector<uint32_t>{49} : std::vector<uint32_t>{};
    const MergedStores merged = MergeStores(stores, {{}, deleted});
    EXPECT_EQ(merged.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(StdView(merged.status.message())), HasSubstr("damaged"));
    EXPECT_EQ(merged.failed_store, 1u);
  }
}

TEST(StoreTest, RefusesDamagedTables) {
  const std::string good = BuildStore(MakeArticles(20, 12));
  for (size_t i = 0; i < HeadSize(1, 20); ++i) {
    std::string bytes = good;
    bytes[i] ^= 1;
    EXPECT_TRUE(absl::IsDataLoss(StoreReader::Open(bytes).status())) << i;
  }
}

TEST(StoreTest, RefusesEveryTruncation) {
  const std::string good = BuildStore(MakeArticles(5, 20));
  for (size_t size = 0; size < good.size(); ++size) {
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(StoreReader::Open({bytes.data(), bytes.size()}).status())) << size;
  }
}

// A store of one block whose checksums are right and whose content is forged.
class ForgedStore {
 public:
  explicit ForgedStore(const std::vector<Article>& articles)
      : bytes_(BuildStore(articles)), article_table_size_(articles.size() * ArticleRow::kEncodedSize) {}
  std::string& bytes() { return bytes_; }

  void ForgeBlock(const std::function<void(BlockRow&)>& forge) {
    BlockRow row = BlockRow::Decode(BlockTable());
    forge(row);
    std::string encoded;
    row.AppendTo(encoded);
    bytes_.replace(kBlockTable, encoded.size(), encoded);
  }
  void ForgeOffsetOfFirstArticle(uint32_t offset) {
    std::string encoded;
    ArticleRow{0, offset}.AppendTo(encoded);
    bytes_.replace(kArticleTable, encoded.size(), encoded);
  }

  // Corrects the checksums of the block and of the tables.
  absl::StatusOr<StoreReader> Open() {
    ForgeBlock([&](BlockRow& row) {
      row.checksum = Hash64(std::string_view(bytes_).substr(kArticleTable + article_table_size_));
    });
    StoreHeader header = *StoreHeader::Decode(bytes_);
    header.checksum =
        header.ChecksumWith(BlockTable(), std::string_view(bytes_).substr(kArticleTable, article_table_size_));
    bytes_.replace(0, StoreHeader::kEncodedSize, header.Encode());
    return StoreReader::Open(bytes_);
  }

 private:
  static constexpr size_t kBlockTable = StoreHeader::kEncodedSize;
  static constexpr size_t kArticleTable = kBlockTable + BlockRow::kEncodedSize;

  std::string_view BlockTable() const { return std::string_view(bytes_).substr(kBlockTable, BlockRow::kEncodedSize); }

  std::string bytes_;
  size_t article_table_size_;
};

TEST(StoreTest, RefusesABlockWithAFalseSize) {
  ForgedStore forged(MakeArticles(1, 20));
  forged.ForgeBlock([](BlockRow& row) { row.content_size = 0xffffffffu; });
  const auto store = forged.Open();
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("claims a false size"));
}

TEST(StoreTest, RefusesABlockOutsideOfTheSection) {
  for (const uint64_t offset : {uint64_t{1}, uint64_t{1} << 20, ~uint64_t{0}}) {
    ForgedStore forged(MakeArticles(1, 20));
    forged.ForgeBlock([&](BlockRow& row) { row.offset = offset; });
    const auto store = forged.Open();
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("block 0 is out of bounds"));
  }
}

TEST(StoreTest, RefusesAnArticleOutsideOfItsBlock) {
  for (const uint32_t offset : {100000u, 0xffffffffu}) {
    ForgedStore forged(MakeArticles(1, 20));
    forged.ForgeOffsetOfFirstArticle(offset);
    const auto store = forged.Open();
    ASSERT_TRUE(store.ok());
    EXPECT_THAT(std::string(StdView(store->Fetch(0).status().message())), HasSubstr("begins outside of its block"));
  }
}

TEST(StoreTest, SurvivesAnArticleThatBeginsAnywhereInItsBlock) {
  const std::vector<Article> articles = MakeArticles(2, 20);
  int failed = 0;
  for (uint32_t offset = 0; offset < 700; ++offset) {
    ForgedStore forged(articles);
    forged.ForgeOffsetOfFirstArticle(offset);
    const auto store = forged.Open();
    ASSERT_TRUE(store.ok());
    failed += absl::IsDataLoss(store->Fetch(0).status());
  }
  EXPECT_GT(failed, 100);
}

TEST(StoreTest, RefusesOrDecodesADamagedFrameWithARightChecksum) {
  const std::vector<Article> articles = MakeArticles(1, 40);
  const size_t compressed = HeadSize(1, 1);
  int failed = 0;
  for (size_t i = compressed; i < BuildStore(articles).size(); ++i) {
    ForgedStore forged(articles);
    forged.bytes()[i] ^= 0x55;
    const auto store = forged.Open();
    ASSERT_TRUE(store.ok());
    // Damage to literals still decompresses, to another text, which the archive tells by its SHA-256.
    const auto stored = store->Fetch(0);
    EXPECT_TRUE(stored.ok() || absl::IsDataLoss(stored.status()));
    failed += !stored.ok();
  }
  EXPECT_GT(failed, 50);
}

TEST(Sha256Test, EqualsTheExamplesOfTheStandard) {  // FIPS 180-2, appendix B
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace unspin
