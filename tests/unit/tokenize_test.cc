#include "unspin/text/tokenize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> Words(std::string_view text) {
  const TokenizedArticle article = Tokenize(text);
  std::vector<std::string> words;
  for (size_t token = 0; token < article.tokens.size(); ++token) words.emplace_back(article.Word(token));
  return words;
}

std::vector<std::string> Sentences(std::string_view text) {
  const TokenizedArticle article = Tokenize(text);
  std::vector<std::string> sentences;
  for (const TokenSpan sentence : article.sentences) {
    const ByteSpan bytes = article.Bytes(sentence);
    sentences.emplace_back(text.substr(bytes.begin, bytes.size()));
  }
  return sentences;
}

TEST(TokenizeTest, EmptyTextHasNoWords) {
  for (const std::string_view text : {"", " ", "\n\n", "...", "—€«»", "\xff\xfe"}) {
    const TokenizedArticle article = Tokenize(text);
    EXPECT_THAT(article.tokens, IsEmpty());
    EXPECT_THAT(article.sentences, IsEmpty());
    EXPECT_THAT(article.paragraphs, IsEmpty());
  }
}

TEST(TokenizeTest, WordsAreFolded) {
  EXPECT_THAT(Words("The CAFÉ, the ﬁsh—and ＴＨＥ Straße."),
              ElementsAre("the", "café", "the", "fish", "and", "the", "strasse"));
}

TEST(TokenizeTest, AnApostropheBetweenLettersIsPartOfAWord) {
  EXPECT_THAT(Words("Don't; O’Neill's 'quoted' dogs' 1990's"),
              ElementsAre("don't", "o'neill's", "quoted", "dogs", "1990", "s"));
}

TEST(TokenizeTest, NumbersKeepTheirStopsAndCommas) {
  EXPECT_THAT(Words("1,000 and 3.5, not 7."), ElementsAre("1,000", "and", "3.5", "not", "7"));
}

TEST(TokenizeTest, SingleLettersJoinAcrossStops) {
  EXPECT_THAT(Words("the U.S. at 4 a.m. on www.example.com"),
              ElementsAre("the", "u.s", "at", "4", "a.m", "on", "www", "example", "com"));
}

TEST(TokenizeTest, ThePercentSignIsAWordBehindANumber) {
  EXPECT_THAT(Words("up 5% or 5 % or %"), ElementsAre("up", "5", "percent", "or", "5", "percent", "or"));
  EXPECT_THAT(Words("in 2024\n\n% of voters"), ElementsAre("in", "2024", "of", "voters"))
      << "a number in another paragraph";
  EXPECT_EQ(Tokenize("5%").tokens[1].word, Tokenize("5 percent").tokens[1].word);
}

TEST(TokenizeTest, IdeographsAreWordsOfTheirOwn) { EXPECT_THAT(Words("東京tower"), ElementsAre("東", "京", "tower")); }

TEST(TokenizeTest, EqualWordsHaveEqualHashes) {
  const TokenizedArticle article = Tokenize(
      "Ｐaper paper PAPER p\xc2\xad"
      "aper");
  ASSERT_THAT(article.tokens, SizeIs(4));
  for (const Token& token : article.tokens) EXPECT_EQ(token.word, HashWord("paper"));
}

TEST(TokenizeTest, SourcesAreBytesOfTheText) {
  const std::string text = "«Éric», he  said";
  const TokenizedArticle article = Tokenize(text);
  std::vector<std::string> sources;
  for (const Token& token : article.tokens) sources.push_back(text.substr(token.source.begin, token.source.size()));
  EXPECT_THAT(sources, ElementsAre("Éric", "he", "said"));
}

TEST(TokenizeTest, CaseAndDigitsAreRemembered) {
  const TokenizedArticle article = Tokenize("NATO met Ursula at 3pm in a U.S base");
  EXPECT_TRUE(article.tokens[0].all_capitals);
  EXPECT_TRUE(article.tokens[0].capitalised);
  EXPECT_TRUE(article.tokens[0].starts_sentence);
  EXPECT_FALSE(article.tokens[1].capitalised);
  EXPECT_FALSE(article.tokens[1].starts_sentence);
  EXPECT_TRUE(article.tokens[2].capitalised);
  EXPECT_FALSE(article.tokens[2].all_capitals);
  EXPECT_TRUE(article.tokens[4].numeric);
  EXPECT_FALSE(article.tokens[6].all_capitals) << "one letter is no word in capitals";
  EXPECT_TRUE(article.tokens[7].all_capitals);
}

TEST(TokenizeTest, SentencesEndAtFullStopsAndTheLike) {
  EXPECT_THAT(Sentences("One came. Two went! Was it so? \"Yes,\" he said. \"Never.\" They left… Then rain."),
              ElementsAre("One came", "Two went", "Was it so", "Yes,\" he said", "Never", "They left", "Then rain"));
}

TEST(TokenizeTest, AbbreviationsAndInitialsDoNotEndASentence) {
  EXPECT_THAT(Sentences("Mr. Smith of the U.S. Navy met J. Doe on Jan. 3 in St. Ives. They spoke."),
              ElementsAre("Mr. Smith of the U.S. Navy met J. Doe on Jan. 3 in St. Ives", "They spoke"));
}

TEST(TokenizeTest, AStopBeforeALowerCaseWordDoesNotEndASentence) {
  EXPECT_THAT(Sentences("It cost approx. five pounds. Cheap."), ElementsAre("It cost approx. five pounds", "Cheap"));
}

TEST(TokenizeTest, SmallLettersOpenSentencesInATextWithoutCapitals) {
  EXPECT_THAT(Sentences("the ship sank off dover. nobody was hurt, j. doe said. it was dark."),
              ElementsAre("the ship sank off dover", "nobody was hurt, j. doe said", "it was dark"));
}

TEST(TokenizeTest, AnEmptyLineEndsAParagraph) {
  const TokenizedArticle article = Tokenize("A headline\n\nFirst sentence. Second one.\n\nThird one.");
  EXPECT_THAT(article.sentences, ElementsAre(TokenSpan{0, 2}, TokenSpan{2, 4}, TokenSpan{4, 6}, TokenSpan{6, 8}));
  EXPECT_THAT(article.paragraphs, ElementsAre(0u, 1u, 3u));
}

TEST(TokenizeTest, LinesWrappedByHandEndNoParagraph) {
  EXPECT_THAT(Sentences("a sentence that\ngoes on here. And\nanother"),
              ElementsAre("a sentence that\ngoes on here", "And\nanother"));
  const std::string long_line(200, 'x');
  EXPECT_THAT(Sentences("a headline\n" + long_line + "\nanother"), ElementsAre("a headline", long_line, "another"));
}

TEST(TokenizeTest, ASentenceWithoutEndIsBroken) {
  std::string text;
  for (uint32_t i = 0; i < 3 * kMaxSentenceWords; ++i) text += "word ";
  const TokenizedArticle article = Tokenize(text);
  EXPECT_THAT(article.sentences, SizeIs(3));
  for (const TokenSpan sentence : article.sentences) EXPECT_EQ(sentence.size(), kMaxSentenceWords);
}

TEST(TokenizeTest, HiddenCharactersAreSkippedAndReported) {
  const std::string text = "pa\u200bper and i\u200bnk \u202eink";
  const TokenizedArticle article = Tokenize(text);
  EXPECT_EQ(article.Word(0), "paper");
  EXPECT_EQ(article.tokens[0].word, HashWord("paper"));
  ASSERT_THAT(article.alerts, SizeIs(3));
  EXPECT_EQ(article.alerts[0].kind, AlertKind::kHiddenCharacters);
  EXPECT_EQ(article.alerts[0].span, (ByteSpan{2, 5}));
  EXPECT_EQ(article.alerts[1].span, (ByteSpan{14, 17}));
  EXPECT_EQ(article.alerts[2].kind, AlertKind::kBidirectionalControls);
}

TEST(TokenizeTest, LookAlikeLettersAreFoldedAndReported) {
  const std::string text = "the p\xd0\xb0per";
  const TokenizedArticle article = Tokenize(text);
  EXPECT_EQ(article.tokens[1].word, HashWord("paper"));
  ASSERT_THAT(article.alerts, SizeIs(1));
  EXPECT_EQ(article.alerts[0].kind, AlertKind::kLookAlikeLetters);
  EXPECT_EQ(article.alerts[0].span, (ByteSpan{4, 10}));
}

TEST(TokenizeTest, StyledLettersAreFoldedAndReported) {
  const std::string text = "the \xef\xbd\x90\xef\xbd\x81per \xf0\x9d\x90\xa9ier";  // full-width pa, bold p
  const TokenizedArticle article = Tokenize(text);
  EXPECT_EQ(article.Word(1), "paper");
  EXPECT_EQ(article.Word(2), "pier");
  ASSERT_THAT(article.alerts, SizeIs(2));
  EXPECT_EQ(article.alerts[0].kind, AlertKind::kLookAlikeLetters);
  EXPECT_EQ(article.alerts[0].span, (ByteSpan{4, 13}));
  EXPECT_EQ(article.alerts[1].span, (ByteSpan{14, 21}));
}

TEST(TokenizeTest, IntrudersInsideWordsAreBridgedAndReported) {
  const std::string padding(200, ' ');  // the fast path and the slow one
  for (const std::string& behind : {std::string(), padding + "end"}) {
    for (const std::string intruder : {"\x07", "\x7f", "\uee00", "\u0336", "\u0338", "\x01\x02", "\ufdd0", "\uffff"}) {
      const TokenizedArticle article = Tokenize("the pa" + intruder + "per" + behind);
      EXPECT_EQ(article.Word(1), "paper") << ::testing::PrintToString(intruder);
      ASSERT_THAT(article.alerts, SizeIs(1));
      EXPECT_EQ(article.alerts[0].kind, AlertKind::kHiddenCharacters);
    }
    for (const std::string alone : {" \x07 ", "\uf0b7 ", " \ue000", "5\x07 "}) {
      EXPECT_THAT(Tokenize("the pa" + alone + "per" + behind).alerts, IsEmpty()) << ::testing::PrintToString(alone);
    }
  }
}

TEST(TokenizeTest, EveryApostropheMakesTheSameWord) {
  const std::string padding(200, ' ');
  for (const std::string sign :
       {"'", "`", "\u00b4", "\u2018", "\u2019", "\u201b", "\u02bb", "\u02bc", "\uff07", "\u2032", "\u055a", "\u0092"}) {
    for (const std::string& behind : {std::string(), padding}) {
      const TokenizedArticle article = Tokenize("they don" + sign + "t know" + behind);
      ASSERT_THAT(article.tokens, SizeIs(3)) << sign;
      EXPECT_EQ(article.Word(1), "don't");
      EXPECT_THAT(article.alerts, IsEmpty());
    }
    EXPECT_EQ(Tokenize("the " + sign + "quoted" + sign + " word").Word(1), "quoted") << sign;
  }
}

TEST(TokenizeTest, AccentsThatEnglishLacksAreReported) {
  const TokenizedArticle article = Tokenize("Thé máyor sáid théy wóuld clóse ít áfter wórk, ánd wíth care");
  EXPECT_GE(article.alerts.size(), 4u);
  for (const TextAlert& alert : article.alerts) EXPECT_EQ(alert.kind, AlertKind::kLookAlikeLetters);
  EXPECT_THAT(Tokenize("z\u0300\u0301\u0302algo").alerts, SizeIs(1));
}

TEST(TokenizeTest, TheLettersOfALanguageAreNoTrick) {
  for (const std::string text :
       {"Le thé était prêt, Saïd a dit où ça mène, déjà né à l’été.",
        "Thật vậy, thân thể ấy đã được thấy ở đó; ít thôi, thầy hỏi thế.",
        "Hér er það sem við vorum að leita að í dag, þegar þau fóru út.",
        "Kırmızı ışıkta bekledi; ısı çok düşüktü, İzmir’de kar yağdı.", "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם",
        "بِسْمِ اللَّهِ الرَّحْمٰنِ الرَّحِيمِ", "日本では、ＮＨＫが１２日に放送した番組で、ＡＢＣの話をした。",
        "The word gamut is said /ˈɡæmɪt/ or [ɡɑmʌt], /ɡɪt/ is git.", "Louis ⅩⅣ, Part Ⅷ, and ① to ③",
        "Příliš žluťoučký kůň úpěl ďábelské ódy.", "Zażółć gęślą jaźń.", "Ɖevi ŋutsuvi la le ɣe dzi, ɛ̀ ɔ́ ẹ́ ọ̀."}) {
    EXPECT_THAT(Tokenize(text).alerts, IsEmpty()) << text;
  }
}

TEST(TokenizeTest, AVoicingMarkBelongsToItsKana) {
  const TokenizedArticle article = Tokenize("\u30ac\uff76\uff9e\u30ab\u3099");
  ASSERT_THAT(article.tokens, SizeIs(3));
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(article.Word(i), "\u30ac");
}

TEST(TokenizeTest, InvisibleCharactersSplitNoWord) {
  // Hangul filler, tag letter, variation selector, word joiner.
  for (const std::string hidden : {"\xe3\x85\xa4", "\xf3\xa0\x81\xa1", "\xef\xb8\x8f", "\xe2\x81\xa0"}) {
    const TokenizedArticle article = Tokenize("the pa" + hidden + "per");
    ASSERT_THAT(article.tokens, SizeIs(2));
    EXPECT_EQ(article.Word(1), "paper");
    ASSERT_THAT(article.alerts, SizeIs(1));
    EXPECT_EQ(article.alerts[0].kind, AlertKind::kHiddenCharacters);
    EXPECT_EQ(article.alerts[0].span, (ByteSpan{6, static_cast<uint32_t>(6 + hidden.size())}));
  }
}

TEST(TokenizeTest, HiddenCharactersOfHonestWritersAreNoTrick) {
  for (const std::string text :
       {"We \u2764\ufe0f it; press 1\ufe0f\u20e3 or #\ufe0f\u20e3.",
        "The \U0001f469\u200d\u2764\ufe0f\u200d\U0001f468 and \U0001f469\U0001f3fd\u200d\U0001f4bb came.",
        "The \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f flag.",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0936\u094d\u0930\u0940\u200d\u092e\u093e\u0928",
        "\u0e40\u0e17\u0e28\u0e1a\u0e32\u0e25\u200b\u0e15\u0e31\u0e14", "\u6771\u200b\u4eac \u845b\U000e0100",
        "See www.example.\u200borg/\u200bgoats, 40\u2060\u00a0000 pounds.", "\ufeffThe start.",
        "\u200f\u05d4\u05e2\u05d9\u05e8\u05d9\u05d9\u05d4\u200f (\u200eNATO\u200e) "
        "\u05d4\u05d7\u05dc\u05d9\u05d8\u05d4.\u200f"
        " \u202b\u05e9\u05dc\u05d5\u05dd\u202c",
        "\u2068Anna\u2069 wrote.", "\u0627\u0644\u0633\u0639\u0631 \u061c10%"}) {
    EXPECT_THAT(Tokenize(text).alerts, IsEmpty()) << text;
  }
}

TEST(TokenizeTest, SoftHyphensAreATrickWhereNoLanguageBreaksWords) {
  const auto marked = [](std::string text) {
    for (size_t at = text.find('|'); at != std::string::npos; at = text.find('|')) text.replace(at, 1, "\u00ad");
    return text;
  };
  for (const std::string text :
       {"The coun|ty|wide sur|vey and the rail|way equip|ment were men|tioned.",
        "Die Ge|mein|de|ver|tre|tung hat am Don|ners|tag be|schlos|sen, das Frei|bad zu schlie|ßen.",
        "Zastu|pi|tel|stvo Br|na schvá|li|lo čtvr|tý návrh, prv|ní vr|ba.", "Го|род|ской со|вет ре|шил.",
        "word| end|"}) {
    const TokenizedArticle article = Tokenize(marked(text));
    EXPECT_THAT(article.alerts, IsEmpty()) << text;
  }
  const TokenizedArticle trick = Tokenize(marked("Th|irty an|imals gr|azed wh|ere st|eep sl|opes ha|ve br|ambles"));
  EXPECT_EQ(trick.Word(0), "thirty");
  EXPECT_THAT(trick.alerts, SizeIs(8));
  EXPECT_THAT(Tokenize(marked("a|bove the t|own h|as o|ld w|alls")).alerts, SizeIs(5));
  EXPECT_THAT(Tokenize(marked("abo||ve the tow||er has man||y walls")).alerts, SizeIs(3));  // neighbours are one
}

TEST(TokenizeTest, SymbolsOfScienceAreNoTrick) {
  for (const std::string text : {"\u0394T of 3 K", "5 \u03bcm and \u0394x and \u03a9m", "10 k\u03a9, \u03bde, \u03c1c",
                                 "\U0001d465 = 3, the \U0001d45bth of \U0001d451\U0001d465", "\u03b2-decay, \u03b1s"}) {
    EXPECT_THAT(Tokenize(text).alerts, IsEmpty()) << text;
  }
  for (const std::string text : {"\u03bff", "g\u03bf\u03b1ts", "\u0430nd", "h\u0430s", "t\u04bbe",
                                 "\u043a\u0430\u043da\u0432", "\U0001d42d\U0001d421\U0001d41e", "\U0001d41dogs"}) {
    EXPECT_THAT(Tokenize(text).alerts, SizeIs(1)) << text;
  }
}

TEST(TokenizeTest, WordsThatLineEndsBreakAreJoinedWhereManyAre) {
  for (const std::string end : {"-\n", "-\r\n", "\u00ad\n"}) {
    const std::string text = "the bram" + end + "bles and ele" + end + "phants of the gar" + end + "den";
    EXPECT_THAT(Words(text), ElementsAre("the", "brambles", "and", "elephants", "of", "the", "garden")) << text;
    EXPECT_EQ(Tokenize(text), TokenizePlainly(text));
    const std::string padded = text + std::string(200, ' ') + "and more";
    EXPECT_EQ(Tokenize(padded), TokenizePlainly(padded));
    EXPECT_THAT(Tokenize(text).alerts, IsEmpty());
  }
  const std::string lines = "a\nb\nc\nd\ne\nf\ng\nh\n";
  EXPECT_EQ(Words(lines + "the long-\nterm plan").size(), 12u);
  EXPECT_THAT(Words("the gar\u00ad\nden"), ElementsAre("the", "garden"));
}

TEST(TokenizeTest, BrokenBytesSeparateWordsAndAreReported) {
  const TokenizedArticle article = Tokenize(
      "ab\xff\xfe"
      "cd");
  EXPECT_THAT(article.tokens, SizeIs(2));
  ASSERT_THAT(article.alerts, SizeIs(1));
  EXPECT_EQ(article.alerts[0].kind, AlertKind::kBrokenUtf8);
  EXPECT_EQ(article.alerts[0].span, (ByteSpan{2, 4}));
}

TEST(TokenizeTest, AWordLongerThanItsSizeFieldIsCut) {
  const TokenizedArticle article = Tokenize(std::string(100'000, 'x') + " end");
  ASSERT_THAT(article.tokens, SizeIs(2));
  EXPECT_EQ(article.Word(0).size(), 65535u);
  EXPECT_EQ(article.tokens[0].source, (ByteSpan{0, 100'000}));
  EXPECT_EQ(article.Word(1), "end");
}

}  // namespace
}  // namespace unspin
