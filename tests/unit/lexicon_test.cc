#include "unspin/lexicon/lexicon.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"
#include "unspin/base/word_hash.h"
#include "unspin/lexicon/stemmer.h"
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
class LexiconSynonymTest : public testing::Test {
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

TEST_F(LexiconSynonymTest, IrregularFormsAreInflections) {
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

TEST_F(LexiconSynonymTest, SynonymsAreStrong) {
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

TEST_F(LexiconSynonymTest, FunctionWordsAreNotTheirHomographs) {
  EXPECT_EQ(Relate("us", "america"), Relation::kNone);
  EXPECT_EQ(Relate("he", "helium"), Relation::kNone);
  EXPECT_EQ(Relate("it", "technology"), Relation::kNone);
  EXPECT_EQ(Relate("his", "greeting"), Relation::kNone);
}

TEST_F(LexiconSynonymTest, PhrasesAreSynonyms) {
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
TEST_F(LexiconSynonymTest, UnrelatedNewsWordsAreSeldomRelated) {
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

}  // namespace
}  // namespace unspin
