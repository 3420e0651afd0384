#include "unspin/lexicon/lexicon.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"
#include "unspin/base/word_hash.h"
#include "unspin/lexicon/sorted_hashes.h"
#include "unspin/lexicon/synonym_matcher.h"
#include "unspin/lexicon/tables.h"

namespace unspin {
namespace {

WordInfo Lookup(std::string_view word) { return EnglishLexicon().Lookup(word, HashWord(word)); }

Relation Relate(std::string_view a, std::string_view b) { return EnglishLexicon().Relate(Lookup(a), Lookup(b)); }

bool SameInfo(const WordInfo& a, const WordInfo& b) {
  return a.word == b.word && a.canonical == b.canonical && a.stem == b.stem && a.idf == b.idf && a.lemmas == b.lemmas &&
         a.function_word == b.function_word && a.number == b.number;
}

// Tests of synonyms have nothing to test where the build found no WordNet and no thesaurus.
class SynonymTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string_view provenance = EnglishLexicon().Provenance();
    if (provenance != "wordnet 3.0 + mythes-en-us") GTEST_SKIP() << "built from: " << provenance;
  }
};

TEST(LexiconTest, PossessiveHasTheStemOfItsWord) {
  for (const char* word : {"minister", "president", "city", "police", "trump"}) {
    EXPECT_EQ(Lookup(std::string(word) + "'s").stem, Lookup(word).stem) << word;
    EXPECT_EQ(Relate(std::string(word) + "'s", word), Relation::kInflection) << word;
  }
}

TEST(LexiconTest, InflectionsOfAWordAreInflections) {
  EXPECT_EQ(Relate("walk", "walking"), Relation::kInflection);
  EXPECT_EQ(Relate("minister", "ministers"), Relation::kInflection);
  EXPECT_EQ(Relate("walk", "walk"), Relation::kSame);
  EXPECT_EQ(Relate("walk", "table"), Relation::kNone);
}

TEST(LexiconTest, UnknownWordHasStemAndHighestIdf) {
  const WordInfo unknown = Lookup("qzxvthings");
  EXPECT_EQ(unknown.canonical, unknown.word);
  EXPECT_EQ(unknown.stem, Lookup("qzxvthing").stem);
  EXPECT_EQ(unknown.lemmas[0], kNoLemma);
  EXPECT_FALSE(unknown.function_word);
  for (const char* word : {"the", "minister", "zoos", "senate"}) EXPECT_GT(unknown.idf, Lookup(word).idf) << word;
  EXPECT_EQ(Relate("qzxvthing", "blorptag"), Relation::kNone);
}

TEST(LexiconTest, RareWordsWeighMore) {
  EXPECT_NEAR(Lookup("the").idf, 0, 1e-3);
  EXPECT_LT(Lookup("the").idf, Lookup("government").idf);
  EXPECT_LT(Lookup("government").idf, Lookup("minister").idf);
  EXPECT_LT(Lookup("minister").idf, Lookup("zoos").idf);
  EXPECT_NEAR(Lookup("zoos").idf, std::log(37'555.0 / 7.0), 1e-4);  // in 6 of 37,554 articles
}

TEST(LexiconTest, KnowsFunctionWords) {
  for (const char* word : {"the", "of", "and", "was", "they", "don't", "it's", "whom"}) {
    EXPECT_TRUE(Lookup(word).function_word) << word;
  }
  for (const char* word : {"minister", "said", "election", "two", "thee"}) {
    EXPECT_FALSE(Lookup(word).function_word) << word;
  }
}

TEST(LexiconTest, NumbersAreTheSameHoweverWritten) {
  EXPECT_EQ(Relate("two", "2"), Relation::kSame);
  EXPECT_EQ(Relate("1,000", "1000"), Relation::kSame);
  EXPECT_EQ(Relate("third", "3rd"), Relation::kSame);
  EXPECT_EQ(Relate("1.5m", "1,500,000"), Relation::kSame);
  EXPECT_EQ(Relate("pct", "percent"), Relation::kSame);
  EXPECT_TRUE(Lookup("two").number);
  EXPECT_TRUE(Lookup("1990s").number);
  EXPECT_FALSE(Lookup("minister").number);
  EXPECT_FALSE(Lookup("percent").number);
  EXPECT_NE(Lookup("two").word, Lookup("2").word);
}

TEST(LexiconTest, DifferentNumbersAreUnrelated) {
  EXPECT_EQ(Relate("two", "three"), Relation::kNone);
  EXPECT_EQ(Relate("2", "three"), Relation::kNone);
  EXPECT_EQ(Relate("3", "third"), Relation::kNone);
}

TEST(LexiconTest, AnyBytesAreAWord) {
  std::mt19937 random(7);
  Stemmer stemmer(English());
  const Lexicon& lexicon = EnglishLexicon();
  for (int round = 0; round < 20'000; ++round) {
    std::string word(random() % 24, ' ');
    for (char& c : word) c = round % 2 == 0 ? static_cast<char>(random()) : "aeings'.,1\xc3\xa9"[random() % 12];
    const WordInfo info = lexicon.Lookup(word, HashWord(word), stemmer);
    ASSERT_TRUE(std::isfinite(info.idf));
    ASSERT_GE(info.idf, 0);
    ASSERT_EQ(lexicon.Relate(info, info), Relation::kSame);
    ASSERT_TRUE(SameInfo(info, lexicon.Lookup(word, HashWord(word))));
    lexicon.PhraseSynonyms(word, "prime minister");
  }
}

TEST(LexiconTest, DefectiveTablesMakeAnEmptyLexicon) {
  alignas(8) char page[64];
  std::fill(std::begin(page), std::end(page), 'x');
  alignas(8) LexiconTablesHeader header{};
  std::memcpy(header.magic, kLexiconMagic, sizeof header.magic);
  header.lemmas = 1'000'000;
  const std::string_view cut_short(reinterpret_cast<const char*>(&header), sizeof header);
  const std::vector<std::string_view> defective = {"", std::string_view(page, 8), std::string_view(page, sizeof page),
                                                   cut_short};
  for (const std::string_view tables : defective) {
    Language language = English();
    language.lexicon_tables = tables;
    const Lexicon empty(language);
    EXPECT_FALSE(empty.HasSynonyms());
    EXPECT_EQ(empty.Provenance(), "no tables");
    const WordInfo buy = empty.Lookup("buy", HashWord("buy"));
    EXPECT_EQ(empty.Relate(buy, empty.Lookup("purchase", HashWord("purchase"))), Relation::kNone);
    EXPECT_EQ(empty.Relate(buy, empty.Lookup("buys", HashWord("buys"))), Relation::kInflection);
    EXPECT_FALSE(empty.PhraseSynonyms("known as", "called"));
  }
}

TEST(LexiconTest, TablesHaveProvenanceAndFingerprint) {
  EXPECT_FALSE(EnglishLexicon().Provenance().empty());
  EXPECT_NE(EnglishLexicon().Provenance(), "no tables");
  EXPECT_NE(EnglishLexicon().Fingerprint(), 0u);
}

TEST_F(SynonymTest, IrregularFormsAreInflections) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"went", "go"},
                                                                             {"bought", "buying"},
                                                                             {"children", "child's"},
                                                                             {"was", "been"},
                                                                             {"better", "good"},
                                                                             {"stopped", "stop"},
                                                                             {"policemen", "policeman"},
                                                                             {"companies", "company"}}) {
    EXPECT_EQ(Relate(a, b), Relation::kInflection) << a << " " << b;
  }
}

TEST_F(SynonymTest, SynonymsAreStrong) {
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"buy", "purchase"},
                                                                             {"purchased", "bought"},
                                                                             {"big", "large"},
                                                                             {"helped", "aided"},
                                                                             {"cop", "policeman"},
                                                                             {"acknowledgment", "recognition"},
                                                                             {"huge", "big"},
                                                                             {"physicians", "doctors"},
                                                                             {"begin", "started"}}) {
    EXPECT_EQ(Relate(a, b), Relation::kStrong) << a << " " << b;
    EXPECT_EQ(Relate(b, a), Relation::kStrong) << b << " " << a;
  }
}

TEST_F(SynonymTest, FunctionWordsAreNotTheirHomographs) {
  EXPECT_EQ(Relate("us", "america"), Relation::kNone);
  EXPECT_EQ(Relate("he", "helium"), Relation::kNone);
  EXPECT_EQ(Relate("it", "technology"), Relation::kNone);
  EXPECT_EQ(Relate("his", "greeting"), Relation::kNone);
}

TEST_F(SynonymTest, PhrasesAreSynonyms) {
  const Lexicon& lexicon = EnglishLexicon();
  for (const auto& [phrase, other] : std::vector<std::pair<const char*, const char*>>{{"known as", "called"},
                                                                                      {"carried out", "performed"},
                                                                                      {"prime ministers", "premier"},
                                                                                      {"web site", "website"},
                                                                                      {"climbed up", "rose"},
                                                                                      {"health care", "healthcare"}}) {
    EXPECT_TRUE(lexicon.PhraseSynonyms(phrase, other)) << phrase << " / " << other;
    EXPECT_TRUE(lexicon.PhraseSynonyms(other, phrase)) << other << " / " << phrase;
  }
  EXPECT_FALSE(lexicon.PhraseSynonyms("prime minister", "election"));
  EXPECT_FALSE(lexicon.PhraseSynonyms("qz qz", "election"));
  EXPECT_FALSE(lexicon.PhraseSynonyms("", "election"));
}

// Relations mean something only while few random words have them.
TEST_F(SynonymTest, UnrelatedNewsWordsAreSeldomRelated) {
  const std::vector<std::string> words = {
      "budget",   "river",   "senator", "coffee",  "election", "guitar", "court",   "weather", "soldier",   "market",
      "teacher",  "bridge",  "vaccine", "airport", "festival", "prison", "tax",     "garden",  "hospital",  "border",
      "football", "climate", "bishop",  "engine",  "novel",    "strike", "harvest", "tunnel",  "orchestra", "pension"};
  int strong = 0, related = 0, pairs = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    for (size_t j = 0; j < i; ++j, ++pairs) {
      const Relation relation = Relate(words[i], words[j]);
      EXPECT_EQ(relation, Relate(words[j], words[i])) << words[i] << " " << words[j];
      strong += relation <= Relation::kStrong;
      related += relation <= Relation::kWeak;
    }
  }
  EXPECT_LE(strong, pairs / 50);
  EXPECT_LE(related, pairs / 7);
}

TEST(LexiconCacheTest, LeavesOutLemmasAlone) {
  const Lexicon& lexicon = EnglishLexicon();
  LexiconCache all(lexicon), stems(lexicon, LexiconCache::Lemmas::kLeftOut);
  for (const std::string_view word : {"weapons", "the", "went", "two", "percent", "zxqv"}) {
    const WordInfo expected = all.Lookup(word, HashWord(word)), info = stems.Lookup(word, HashWord(word));
    EXPECT_EQ(info.word, expected.word) << word;
    EXPECT_EQ(info.stem, expected.stem) << word;
    EXPECT_EQ(info.canonical, expected.canonical) << word;
    EXPECT_EQ(info.idf, expected.idf) << word;
    EXPECT_EQ(info.function_word, expected.function_word) << word;
    EXPECT_EQ(info.number, expected.number) << word;
    EXPECT_EQ(info.lemmas, WordInfo().lemmas) << word;
  }
}

TEST(LexiconCacheTest, AnswersAsTheLexicon) {
  const Lexicon& lexicon = EnglishLexicon();
  LexiconCache cache(lexicon);
  const WordInfo first = cache.Lookup("purchase", HashWord("purchase"));
  std::vector<std::string> words;
  for (int i = 0; i < 2'000; ++i) words.push_back("word" + std::to_string(i));
  words.insert(words.end(), {"buy", "went", "two", "2", "cop", "policeman", "the"});
  for (int round = 0; round < 2; ++round) {
    for (const std::string& word : words) {
      const WordInfo& info = cache.Lookup(word, HashWord(word));
      ASSERT_TRUE(SameInfo(info, Lookup(word))) << word;
    }
  }
  EXPECT_TRUE(SameInfo(first, Lookup("purchase")));
}

TEST(RelativesTest, AnswerAsTheLexicon) {
  const Lexicon& lexicon = EnglishLexicon();
  std::vector<WordInfo> words;
  for (const char* word :
       {"purchase",  "buy",     "bought", "went", "go",     "good",    "two",  "2",        "third",      "cop",
        "policeman", "officer", "the",    "he",   "person", "people",  "said", "told",     "begin",      "start",
        "started",   "big",     "large",  "huge", "pct",    "percent", "qzxv", "minister", "minister's", "axes"})
    words.push_back(Lookup(word));
  SynonymMatcher relatives(lexicon);
  for (const WordInfo& word : words) {
    relatives.SetWord(word);
    for (const WordInfo& other : words) EXPECT_EQ(relatives.Relate(other), lexicon.Relate(word, other));
  }
}

TEST(RelativesTest, KnowNoSynonymsWithoutTables) {
  Language language = English();
  language.lexicon_tables = {};
  const Lexicon empty(language);
  const WordInfo buy = empty.Lookup("buy", HashWord("buy"));
  SynonymMatcher relatives(empty);
  relatives.SetWord(buy);
  EXPECT_EQ(relatives.Relate(empty.Lookup("purchase", HashWord("purchase"))), Relation::kNone);
  EXPECT_EQ(relatives.Relate(empty.Lookup("buys", HashWord("buys"))), Relation::kInflection);
}

TEST(SortedHashesTest, FindAllThatAreThereAndNoOther) {
  std::mt19937_64 random(7);
  for (const size_t count : {0u, 1u, 2u, 31u, 32u, 100u, 5000u}) {
    std::vector<uint64_t> hashes(count);
    for (uint64_t& hash : hashes) hash = random();
    if (count > 1) hashes.front() = 0, hashes.back() = ~uint64_t{0};
    // Not spread evenly at all.
    for (size_t i = 0; i < count / 2; ++i) hashes[i] >>= 40;
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    const SortedHashes sorted(hashes);
    for (size_t i = 0; i < hashes.size(); ++i) {
      EXPECT_EQ(sorted.Find(hashes[i]), i);
      for (const uint64_t near : {hashes[i] - 1, hashes[i] + 1})
        EXPECT_EQ(sorted.Find(near).has_value(), std::binary_search(hashes.begin(), hashes.end(), near));
    }
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(sorted.Find(random()).has_value());
  }
}

TEST(LexiconCacheTest, ThreadsShareOneLexicon) {
  const std::vector<std::string> words = {"buy", "went", "two", "ministers", "children's", "qzxv", "the", "walking"};
  std::vector<WordInfo> expected;
  for (const std::string& word : words) expected.push_back(Lookup(word));
  std::vector<int> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong) {
      threads.emplace_back([&words, &expected, &count] {
        for (int round = 0; round < 200; ++round) {
          LexiconCache cache(EnglishLexicon());
          for (size_t i = 0; i < words.size(); ++i) {
            count += !SameInfo(cache.Lookup(words[i], HashWord(words[i])), expected[i]);
            count += !SameInfo(Lookup(words[i]), expected[i]);
          }
        }
      });
    }
  }
  EXPECT_EQ(std::set<int>(wrong.begin(), wrong.end()), std::set<int>{0});
}

}  // namespace
}  // namespace unspin
