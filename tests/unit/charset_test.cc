// Bytes in any character set become UTF-8, and the article says by which set.
#include "unspin/charset/charset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "support/read_page.h"

namespace unspin {
namespace {

using testing::InputFiles;
using ::testing::IsEmpty;
using testing::PageArticle;
using testing::PageText;
using testing::ReadAll;

using Alerts = std::vector<ReadingAlert>;

constexpr char kGerman[] =
    "Der B\u00fcrgermeister sagte, die Br\u00fccke m\u00fcsse gesperrt werden. Das sei \u00e4rgerlich.";
constexpr char kRussian[] =
    "\u0413\u043e\u0440\u043e\u0434 \u043e\u0431\u044a\u044f\u0432\u0438\u043b, \u0447\u0442\u043e "
    "\u043c\u043e\u0441\u0442 "
    "\u0431\u0443\u0434\u0435\u0442 \u0437\u0430\u043a\u0440\u044b\u0442 \u0434\u043e \u0432\u0435\u0441\u043d\u044b.";

TEST(CharsetTest, CharacterSetsAreConverted) {
  EXPECT_EQ(DecodePage("<meta charset=windows-1252><p>caf\xe9 \x93x\x94").text,
            "<meta charset=windows-1252><p>caf\xc3\xa9 \xe2\x80\x9cx\xe2\x80\x9d");
  EXPECT_EQ(PageText("<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>\xd0\xd2\xc9\xd7\xc5\xd4"),
            "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82");
  EXPECT_EQ(PageText("<meta charset=iso-8859-1><p>already caf\xc3\xa9</p>"), "already caf\xc3\xa9");
  EXPECT_EQ(PageText("\xef\xbb\xbf<p>marked</p>"), "marked");
  EXPECT_EQ(PageText("<p>The caf\xe9 opened, the cr\xe8me was good, and the fa\xe7"
                     "ade was new.</p>"),
            "The caf\xc3\xa9 opened, the cr\xc3\xa8me was good, and the fa\xc3\xa7"
            "ade was new.");
}

TEST(CharsetTest, ADeclaredSetIsNoGuess) {
  const Article article = PageArticle(
      "<meta charset=iso-8859-1><p>Das Caf\xe9 am Fl\xfc\xdf"
      "chen ist zu.</p>");
  EXPECT_EQ(article.reading.charset, "windows-1252");
  EXPECT_THAT(article.reading.alerts, IsEmpty());
}

TEST(CharsetTest, AFewBrokenBytesLeaveAPageInUtf8) {
  const std::string text = std::string("<p>") + kGerman + "</p>";
  const Article hurt = PageArticle("<meta charset=utf-8><p>broken \xff here</p>" + text);
  EXPECT_NE(hurt.text.find("B\u00fcrgermeister"), std::string::npos);
  EXPECT_EQ(hurt.reading.alerts, (Alerts{{"broken-utf-8", 1}}));
  const Article beside = PageArticle("<script>var copyright = '\xa9';</script>" + text);
  EXPECT_EQ(beside.text, kGerman);
  EXPECT_EQ(beside.reading.charset, "utf-8");
  EXPECT_THAT(beside.reading.alerts, IsEmpty()) << "the article's own text is whole";
}

TEST(CharsetTest, APageThatDeclaresUtf8ButIsInAnotherSetIsGuessed) {
  const Article article = PageArticle(
      "<meta charset=utf-8><p>\xc7\xee\xf0\xee\xe4 \xee\xe1\xfa\xff\xe2\xe8\xeb, "
      "\xf7\xf2\xee \xec\xee\xf1\xf2 \xe1\xf3\xe4\xe5\xf2 \xe7\xe0\xea\xf0\xfb\xf2.</p>");
  EXPECT_EQ(article.reading.charset, "windows-1251");
  EXPECT_EQ(article.reading.alerts, (Alerts{{"charset-guessed", 1}}));
}

TEST(CharsetTest, AGuessThatDoesNotMatterToTheTextIsNoAlert) {
  EXPECT_THAT(PageArticle("<p>Nothing beyond ASCII here.</p><script>'\xa9'</script>").reading.alerts, IsEmpty());
}

TEST(CharsetTest, PlainTextIsReadInWhateverSetItIs) {
  InputFiles files;
  const auto read = [&](const std::string& bytes) {
    return std::get<Article>(ReadAll({files.Write("a.txt", bytes)})[0]);
  };
  const Article western = read("The caf\xe9 wasn\x92t open, the owner\x92s son said \x96 \x93not yet\x94.");
  EXPECT_EQ(western.text, "The caf\u00e9 wasn\u2019t open, the owner\u2019s son said \u2013 \u201cnot yet\u201d.");
  EXPECT_EQ(western.reading.charset, "windows-1252");
  EXPECT_EQ(western.reading.alerts, (Alerts{{"charset-guessed", 1}}));
  const Article plain = read(kGerman);
  EXPECT_EQ(plain.text, kGerman);
  EXPECT_EQ(plain.reading.charset, "utf-8");
  EXPECT_THAT(plain.reading.alerts, IsEmpty());
}

std::string Wide(const std::string& ascii, size_t unit, bool little) {
  std::string bytes;
  for (const char c : ascii) {
    std::string one(unit, '\0');
    one[little ? 0 : unit - 1] = c;
    bytes += one;
  }
  return bytes;
}

TEST(CharsetTest, Utf16AndUtf32NeedNoMark) {
  InputFiles files;
  const std::string text = "The mayor said the bridge would close.\nNobody was told.\n";
  for (const auto& [name, unit, little] :
       {std::tuple{"utf-16le", 2, true}, {"utf-16be", 2, false}, {"utf-32le", 4, true}, {"utf-32be", 4, false}}) {
    const auto bytes = Wide(text, static_cast<size_t>(unit), little);
    const Article article = std::get<Article>(ReadAll({files.Write("a.txt", bytes)})[0]);
    EXPECT_EQ(article.text, text) << name;
    EXPECT_EQ(article.reading.charset, name);
    EXPECT_THAT(article.reading.alerts, IsEmpty()) << "its zeros tell it for certain";
    const std::string json = "{\"id\": \"1\", \"text\": \"" + std::string("The mayor said so.") + "\"}\n";
    const Article record =
        std::get<Article>(ReadAll({files.Write("a.jsonl", Wide(json + json, static_cast<size_t>(unit), little))})[1]);
    EXPECT_EQ(record.text, "The mayor said so.") << name;
    EXPECT_EQ(record.reading.charset, name);
  }
}

TEST(CharsetTest, AZeroByteInUtf8MakesNoUtf16OfIt) {
  InputFiles files;
  const std::string text = std::string("One zero\0here, and the rest is text.", 36);
  EXPECT_EQ(std::get<Article>(ReadAll({files.Write("a.txt", text)})[0]).text, text);
}

TEST(CharsetTest, RecordsOfALegacySetAreRead) {
  InputFiles files;
  const std::string path = files.Write("a.jsonl",
                                       "{\"id\": \"1\", \"text\": \"M\xfcller sagte, die Br\xfc"
                                       "cke m\xfcsse \xfc"
                                       "ber Nacht schlie\xdf"
                                       "en.\"}\n"
                                       "{\"id\": \"2\", \"text\": \"Nothing beyond ASCII.\"}\n");
  const auto records = ReadAll({path});
  EXPECT_EQ(std::get<Article>(records[0]).text,
            "M\u00fcller sagte, die Br\u00fccke m\u00fcsse \u00fcber Nacht schlie\u00dfen.");
  EXPECT_EQ(std::get<Article>(records[0]).reading.alerts, (Alerts{{"charset-guessed", 1}}));
  EXPECT_EQ(std::get<Article>(records[1]).reading.charset, "utf-8");
  EXPECT_THAT(std::get<Article>(records[1]).reading.alerts, IsEmpty());
}

TEST(CharsetTest, AFewBrokenBytesDoNotLoseARecord) {
  InputFiles files;
  const std::string path =
      files.Write("a.jsonl", std::string("{\"id\": \"1\", \"text\": \"") + kGerman + " A \xff byte.\"}\n");
  const Article article = std::get<Article>(ReadAll({path})[0]);
  EXPECT_EQ(article.text, std::string(kGerman) + " A \ufffd byte.");
  EXPECT_EQ(article.reading.alerts, (Alerts{{"broken-utf-8", 1}}));
}

TEST(CharsetTest, LabelsAreReadAsBrowsersDo) {
  EXPECT_EQ(CharsetOfLabel("ISO-8859-1")->name, "windows-1252");
  EXPECT_EQ(CharsetOfLabel("gb2312")->name, "gb18030");
  EXPECT_EQ(CharsetOfLabel("UTF-16")->name, "utf-8") << "the label itself could be read";
  EXPECT_EQ(CharsetOfLabel("no-such-set"), nullptr);
}

TEST(CharsetTest, RussianIsNotTakenForAnotherSet) { EXPECT_EQ(DecodeText(kRussian)->charset, "utf-8"); }

}  // namespace
}  // namespace unspin
