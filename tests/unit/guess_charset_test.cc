// Bytes without a declaration are read in the set that makes a language of them.
#include "unspin/charset/guess_charset.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

// `text`, which is UTF-8, in the set that ICU calls `converter`.
std::string Encoded(const std::string& text, const char* converter) {
  UErrorCode error = U_ZERO_ERROR;
  std::string bytes(4 * text.size() + 16, '\0');
  const int32_t size = ucnv_convert(converter, "UTF-8", bytes.data(), static_cast<int32_t>(bytes.size()), text.data(),
                                    static_cast<int32_t>(text.size()), &error);
  EXPECT_TRUE(U_SUCCESS(error)) << converter;
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

struct Sample {
  const char* text;
  std::vector<std::string> sets;
};

const std::vector<Sample>& Samples() {
  static const auto* const samples = new std::vector<Sample>{
      {"Le conseil a d\u00e9cid\u00e9, apr\u00e8s des ann\u00e9es, de fermer l\u2019\u00e9cole. \u00ab "
       "C\u2019\u00e9tait "
       "pr\u00e9vu \u00bb, a dit la maire. O\u00f9 \u00e7a ?",
       {"windows-1252", "macintosh"}},
      {"Der B\u00fcrgermeister erkl\u00e4rte, die Br\u00fccke m\u00fcsse gesperrt werden. Die Stra\u00dfe f\u00fchrt "
       "k\u00fcnftig \u00fcber Gr\u00f6nau.",
       {"windows-1252", "macintosh", "ibm850"}},
      {"W\u0142adze miasta og\u0142osi\u0142y, \u017ce most zostanie zamkni\u0119ty na ca\u0142\u0105 zim\u0119. "
       "Mieszka\u0144cy s\u0105 w\u015bciekli.",
       {"windows-1250", "iso-8859-2"}},
      {"Belediye ba\u015fkan\u0131, k\u00f6pr\u00fcn\u00fcn k\u0131\u015f boyunca kapal\u0131 "
       "kalaca\u011f\u0131n\u0131 "
       "a\u00e7\u0131klad\u0131.",
       {"windows-1254"}},
      {"Городские власти объявили, что мост будет закрыт на всю зиму. Жители недовольны.",
       {"windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"}},
      {"Ο δήμος ανακοίνωσε ότι η γέφυρα θα παραμείνει κλειστή όλο τον χειμώνα.", {"windows-1253", "iso-8859-7"}},
      {"העירייה הודיעה כי הגשר יהיה סגור לאורך כל החורף.", {"windows-1255"}},
      {"أعلنت البلدية أن الجسر سيبقى مغلقا طوال الشتاء.", {"windows-1256", "iso-8859-6"}},
      {"Miestas pranešė, kad tiltas bus uždarytas visą žiemą. Gyventojai pikti, nes kelias yra ilgesnis ir eina per "
       "šalia esančią gyvenvietę.",
       {"windows-1257"}},
      {"เทศบาลประกาศว่าสะพานจะปิดตลอดฤดูหนาว", {"windows-874"}},
      {"市政府宣布，大桥将在整个冬天关闭。居民对此表示不满，因为新的路线要长得多。", {"gb18030"}},
      {"市政府宣布，大橋將在整個冬天關閉。居民對此表示不滿，因為新的路線要長得多。", {"big5"}},
      {"市は、冬のあいだ橋を閉鎖すると発表した。新しい道はとても長いため、住民は怒っている。", {"shift_jis", "euc-jp"}},
      {"시는 겨울 동안 다리를 폐쇄한다고 발표했다. 새 길이 훨씬 길기 때문에 주민들은 화가 나 있다.", {"euc-kr"}},
  };
  return *samples;
}

TEST(GuessCharsetTest, EachLanguageIsReadBackFromEachOfItsSets) {
  for (const Sample& sample : Samples()) {
    for (const std::string& set : sample.sets) {
      const std::string bytes = Encoded(sample.text, CharsetNamed(set).converter);
      const auto guess = GuessCharset(bytes);
      ASSERT_TRUE(guess.has_value()) << set << ": " << sample.text;
      EXPECT_EQ(ConvertFrom(*guess->charset, bytes), sample.text) << set << " was read as " << guess->charset->name;
    }
  }
}

TEST(GuessCharsetTest, BytesOfNoLanguageAreNoGuess) {
  std::string bytes;
  for (int i = 0; i < 400; ++i) bytes.push_back(static_cast<char>(0x80 + (i * i * 7 + i * 13) % 128));
  EXPECT_FALSE(GuessCharset(bytes).has_value());
}

TEST(GuessCharsetTest, AHandfulOfBytesIsNoForeignSet) {
  EXPECT_EQ(GuessCharset("A text of English with one caf\xe9 in it.")->charset->name, "windows-1252");
}

TEST(GuessCharsetTest, ADeclaredSetThatReadsWellIsPlausible) {
  const std::string bytes = Encoded(Samples()[4].text, "KOI8-R");
  EXPECT_TRUE(IsPlausibleReading(CharsetNamed("koi8-r"), bytes));
  EXPECT_FALSE(IsPlausibleReading(CharsetNamed("windows-1252"), bytes));
}

TEST(GuessCharsetTest, WideSetsOfEveryScriptNeedNoMark) {
  for (const Sample& sample : Samples()) {
    for (const char* set : {"utf-16le", "utf-16be", "utf-32le", "utf-32be"}) {
      size_t mark = 0;
      const Charset* const found =
          WideCharset(Encoded(std::string(sample.text) + "\n", CharsetNamed(set).converter), mark);
      ASSERT_NE(found, nullptr) << set << ": " << sample.text;
      EXPECT_EQ(found->name, set) << sample.text;
    }
  }
}

TEST(GuessCharsetTest, WideSetsAreKnownByMarkOrZeros) {
  size_t mark = 0;
  EXPECT_EQ(WideCharset(std::string("\xff\xfe"
                                    "a\0",
                                    4),
                        mark)
                ->name,
            "utf-16le");
  EXPECT_EQ(mark, 2u);
  EXPECT_EQ(WideCharset(std::string("\xff\xfe\0\0a\0\0\0", 8), mark)->name, "utf-32le");
  EXPECT_EQ(mark, 4u);
  EXPECT_EQ(WideCharset("plain text", mark), nullptr);
  EXPECT_EQ(WideCharset(std::string("\0\1\0\2\0\3\0\4\0\5\0\6", 12), mark), nullptr) << "control characters";
}

TEST(GuessCharsetTest, EscapeSequencesOfOtherKindsAreNoCharacterSet) {
  EXPECT_EQ(EscapedCharset("a \x1b[31mred\x1b[0m word"), nullptr);
  EXPECT_EQ(EscapedCharset("\x1b$B;T\x1b(B")->name, "iso-2022-jp");
}

}  // namespace
}  // namespace unspin
