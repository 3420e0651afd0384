#include "unspin/charset/letters_of_languages.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace unspin {
namespace {

enum class Writing { kLatin, kCyrillic, kGreek, kHebrew, kArabic, kThai, kChinese, kJapanese, kKorean };

struct Alphabet {
  Writing writing;
  std::u32string_view common;  // beyond ASCII; of the scripts with capitals, the small letters
  std::u32string_view seldom;
};

// Capitals of these letters are as common as their places in words allow.
constexpr Alphabet kWestern[] = {
    {Writing::kLatin, U"éñüöçïèá£", U"êëíóäåøãâô"},  // English: names and loan words
    {Writing::kLatin, U"éèàêçùâîôû", U"ëïœæüÿ"},    {Writing::kLatin, U"äöüß", U"éèáà"},
    {Writing::kLatin, U"áéíóúñ¿¡", U"üªº"},         {Writing::kLatin, U"áâãàçéêíóôõú", U"üªºè"},
    {Writing::kLatin, U"àèéìòù", U"îíóº"},          {Writing::kLatin, U"ëéïèöó", U"üêáçà"},
    {Writing::kLatin, U"åäöæø", U"éüàáñ"},          {Writing::kLatin, U"áéíóúýþðæö", U""},
    {Writing::kLatin, U"àèéíïòóúüç", U"·"},         {Writing::kLatin, U"ëç", U"áéâ"},
};
constexpr Alphabet kEastern[] = {
    {Writing::kLatin, U"ąćęłńóśźż", U"éüö"},
    {Writing::kLatin, U"áčďéěíňóřšťúůýž", U"äľĺôŕöü"},
    {Writing::kLatin, U"áčďéíľňóšťúýžäô", U"ĺŕěřů"},
    {Writing::kLatin, U"áéíóöőúüű", U"äč"},
    {Writing::kLatin, U"ăâîşţșț", U"é"},
    {Writing::kLatin, U"čćđšž", U"éöü"},
    {Writing::kLatin, U"äöüß", U"éá"},
};
constexpr Alphabet kTurkish[] = {{Writing::kLatin, U"çğıöşüİ", U"âîû"}};
constexpr Alphabet kBaltic[] = {
    {Writing::kLatin, U"āčēģīķļņšūž", U"ŗō"},
    {Writing::kLatin, U"ąčęėįšųūž", U"é"},
    {Writing::kLatin, U"äõöüšž", U"é"},
};
constexpr Alphabet kSouthern[] = {{Writing::kLatin, U"ċġħż", U"àèìòù"}, {Writing::kLatin, U"ĉĝĥĵŝŭ", U""}};
constexpr Alphabet kCeltic[] = {{Writing::kLatin, U"âêîôûŵŷáéíóú", U"àèìòùḃċḋḟġṁṗṡṫẁẃẅ"}};
constexpr Alphabet kVietnamese[] = {
    {Writing::kLatin, U"àáâãèéêìíòóôõùúýăđĩũơưấầẩậếềểệốồổộớờởợứừửựạảẹẻịỉọỏụủắằặ\u0300\u0301\u0303\u0309\u0323",
     U"ẵẳẫẽễỗỡữỳỵỷỹ"}};
constexpr Alphabet kCyrillic[] = {
    {Writing::kCyrillic, U"оеаинтсрвлкмдпуя", U"ыьгзбчйхжшюцщэфъё"},
    {Writing::kCyrillic, U"оеаинтсрвлкмдпуіья", U"згбчйхжшюцщєїфґў"},
    {Writing::kCyrillic, U"аоиеутнрсвдкјпмлз", U"гбчшцжхђљњћџфѓќѕ"},
};
constexpr Alphabet kGreek[] = {{Writing::kGreek, U"αοιετσνηυρπκμλςωάέήίόύώ", U"γδθφχβξζψϊϋΐΰ·"}};
constexpr Alphabet kHebrew[] = {{Writing::kHebrew, U"אבגדהוזחטיכךלמםנןסעפףצץקרשת", U"״׳־"}};
constexpr Alphabet kArabic[] = {
    {Writing::kArabic, U"ابةتجحدرسعفقكلمنهويأى", U"ثخذزشصضطظغإآءؤئ،؛؟ًٌٍَُِّْ"},
    {Writing::kArabic, U"ابتدرسعفقکلمنهویشگخزجپچ", U"ژثحذصضطظغآءؤئ،؛؟يك"},
};
constexpr Alphabet kThai[] = {{Writing::kThai, U"กขคงจชซดตถทนบปผพฟมยรลวสหอะาิีึืุูเแโไใ่้ัำ็์", U"ๆฤฯศษธภญณฐฎฏฬฮฌฆ๋๊"}};
constexpr std::u32string_view kBothChinese =
    U"的一是不了在人有我他中上大和地到以要就出可也你生能而子那得下自之年作用道行所然家事成方多去法如都同面起看定天分好"
    U"小部其些主理心她本前但因只想日者意力它把十民第公此已工使情明性知全三又正外高由很最重手向文政美相被利什二等或新己"
    U"制身果加西月合回特代信表化老世位次度任常先海通教原提立及比解水名真走各入口平系活更打女四神何安少才反受目太量再感"
    U"建"
    U"做接必件管期市直德命山金指克至形社便空治展科司五基眼非白却界光放即像且思王象完式色路南品住告求程北死交取拉格望共"
    U"清"
    U"今切院候京州省城市台";
constexpr Alphabet kSimplified[] = {
    {Writing::kChinese, kBothChinese,
     U"这个们来为国说时会对过发后种经现当动还进无与长机关点业将两间问应战头体见产话门员论处义几认条气题尔别变总电数报"
     U"结场计许统区队决马书听则达强难权设记类据边张该规万觉术领确传师观让识带导争运学开实军从样没么里着于"}};
constexpr Alphabet kTraditional[] = {
    {Writing::kChinese, kBothChinese,
     U"這個們來為國說時會對過發後種經現當動還進無與長機關點業將兩間問應戰頭體見產話門員論處義幾認條氣題爾別變總電數報"
     U"結場計許統區隊決馬書聽則達強難權設記類據邊張該規萬覺術領確傳師觀讓識帶導爭運學開實軍從樣沒麼裡著於臺灣"}};
constexpr Alphabet kJapanese[] = {
    {Writing::kJapanese,
     U"日本年大人会中国一出東京時事者社部月分今前後学生間見行政府新市場全県区議員選挙手合同所業地方長上下小高発表"
     U"水金土三二四五六七八九十百千万円的性化体関係内外総理大臣首相経済電車駅道路開閉決定予想問題対話連明不動産気",
     U"川山田村町名古屋阪北南西海島空港橋工事業会社員組合法律裁判所警察官被害者女子男性学校教育委員研究調査結果報告計画"
     U"実施始終了最近初回目次第代表取締役相談受付送料通信販売買価格安値上下落円安ドル"}};
constexpr Alphabet kKorean[] = {{Writing::kKorean,
                                 U"이다는에의가을하고지은도로한를사기시리대자인해정서어일나수아부전있그들원주스"
                                 U"장과것으보여상제구성비유공동무조국우경오안라만선했세신관면당",
                                 U""}};

struct Writers {
  std::string_view charset;
  std::span<const Alphabet> alphabets;
};
constexpr Writers kWriters[] = {
    {"windows-1252", kWestern},    {"iso-8859-15", kWestern}, {"macintosh", kWestern},   {"ibm850", kWestern},
    {"windows-1250", kEastern},    {"iso-8859-2", kEastern},  {"iso-8859-16", kEastern}, {"ibm852", kEastern},
    {"windows-1254", kTurkish},    {"windows-1257", kBaltic}, {"iso-8859-13", kBaltic},  {"iso-8859-4", kBaltic},
    {"iso-8859-10", kBaltic},      {"iso-8859-3", kSouthern}, {"iso-8859-14", kCeltic},  {"windows-1258", kVietnamese},
    {"windows-1251", kCyrillic},   {"koi8-r", kCyrillic},     {"koi8-u", kCyrillic},     {"iso-8859-5", kCyrillic},
    {"x-mac-cyrillic", kCyrillic}, {"ibm866", kCyrillic},     {"windows-1253", kGreek},  {"iso-8859-7", kGreek},
    {"windows-1255", kHebrew},     {"iso-8859-8", kHebrew},   {"windows-1256", kArabic}, {"iso-8859-6", kArabic},
    {"windows-874", kThai},        {"gb18030", kSimplified},  {"big5", kTraditional},    {"shift_jis", kJapanese},
    {"euc-jp", kJapanese},         {"euc-kr", kKorean},
};

// Costs in bits. Only their order and rough size matter: texts of a few lines differ by whole bits per byte.
constexpr double kCommonBits = 4, kSeldomBits = 7, kCapitalBits = 2;  // the last one on top
constexpr double kMarkBits = 4;                                       // a typographic mark in its place
constexpr double kLostMarkBits = 12;                                  // such a mark inside a word
constexpr double kOtherLetterBits = 12, kOtherSignBits = 13, kForeignBits = 14;
constexpr double kControlBits = 16;
constexpr double kCapitalInsideBits = 6, kMixedScriptBits = 4;  // on top
constexpr double kKanaBits = 5, kCommonIdeographBits = 6, kSeldomIdeographBits = 8, kRareIdeographBits = 14,
                 kWideMarkBits = 6, kHangulBits = 10;  // for two bytes
constexpr double kHalfKanaBits = 10;                   // of one byte

struct Point {
  char32_t value;
  bool letter, upper, latin;
};

std::vector<Point> PointsOf(std::string_view text) {
  std::vector<Point> points;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, i, text.size(), c);
    UErrorCode error = U_ZERO_ERROR;
    const bool letter = (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
    points.push_back(
        {static_cast<char32_t>(c), letter, u_isupper(c) != 0, letter && uscript_getScript(c, &error) == USCRIPT_LATIN});
  }
  return points;
}

bool Has(std::u32string_view letters, char32_t c) { return letters.find(c) != std::u32string_view::npos; }

bool IsMark(char32_t c) { return Has(U"‘’“”„‚«»‹›–—…•·°§£€©®™±½¼¾×²³¹\u00a0\u00ad´¨„¿¡№ªº", c); }

bool IsIdeograph(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }
bool IsKana(char32_t c) { return c >= 0x3041 && c <= 0x30ff; }
bool IsHangul(char32_t c) { return c >= 0xac00 && c <= 0xd7a3; }
bool IsHalfKana(char32_t c) { return c >= 0xff61 && c <= 0xff9f; }
bool IsWideMark(char32_t c) {
  return (c >= 0x3000 && c <= 0x3020) || (c >= 0xff01 && c <= 0xff5e) || Has(U"“”‘’…—·×", c);
}

double CostOfEastAsian(const Alphabet& alphabet, char32_t c) {
  const bool japanese = alphabet.writing == Writing::kJapanese, korean = alphabet.writing == Writing::kKorean;
  if (IsWideMark(c)) return kWideMarkBits;
  if (IsKana(c) && japanese) return kKanaBits;
  if (IsHalfKana(c) && japanese) return kHalfKanaBits;
  if (Has(alphabet.common, c)) return kCommonIdeographBits;
  if (Has(alphabet.seldom, c)) return kSeldomIdeographBits;
  if (IsHangul(c) && korean) return kHangulBits;
  if (IsIdeograph(c)) return korean ? 2 * kForeignBits : kRareIdeographBits;
  return 2 * kForeignBits;
}

bool IsOfWriting(Writing writing, char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
  switch (writing) {
    case Writing::kLatin:
      return script == USCRIPT_LATIN;
    case Writing::kCyrillic:
      return script == USCRIPT_CYRILLIC;
    case Writing::kGreek:
      return script == USCRIPT_GREEK;
    case Writing::kHebrew:
      return script == USCRIPT_HEBREW;
    case Writing::kArabic:
      return script == USCRIPT_ARABIC;
    case Writing::kThai:
      return script == USCRIPT_THAI;
    default:
      return false;
  }
}

double CostOfMark(const Point* before, const Point* behind, char32_t c) {
  const bool inside = before != nullptr && behind != nullptr && before->letter && behind->letter;
  if (!inside || c == U'’' || c == 0xad || c == 0xa0) return kMarkBits;
  return c == U'–' || c == U'—' || c == U'…' || c == U'·' ? kSeldomBits : kLostMarkBits;
}

double CostOf(const Alphabet& alphabet, const Point* before, const Point& point, const Point* behind) {
  const char32_t c = point.value;
  if (c == 0xfffd || (c >= 0x80 && c < 0xa0)) return kControlBits;
  if (c >= 0xe000 && c <= 0xf8ff) return kControlBits;
  const bool east_asian = alphabet.writing >= Writing::kChinese;
  if (east_asian) return CostOfEastAsian(alphabet, c);
  const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  const bool common = Has(alphabet.common, c) || Has(alphabet.common, small);
  const bool seldom = Has(alphabet.seldom, c) || Has(alphabet.seldom, small);
  if (!common && !seldom && IsMark(c)) return CostOfMark(before, behind, c);
  if (!common && !seldom && !point.letter) return kOtherSignBits;
  double bits = common ? kCommonBits : seldom ? kSeldomBits : kForeignBits;
  if (!common && !seldom && IsOfWriting(alphabet.writing, c)) bits = kOtherLetterBits;
  if (point.upper) bits += kCapitalBits;
  const bool small_before = before != nullptr && before->letter && !before->upper;
  if (point.upper && small_before) bits += kCapitalInsideBits;
  const bool other_script = [&] {
    const bool latin = alphabet.writing == Writing::kLatin;
    return !latin && ((before != nullptr && before->latin) || (behind != nullptr && behind->latin));
  }();
  return other_script ? bits + kMixedScriptBits : bits;
}

}  // namespace

double CostOfReading(std::string_view charset, std::string_view text, size_t bytes_beyond) {
  assert(bytes_beyond > 0);
  const std::vector<Point> points = PointsOf(text);
  double best = kImplausibleBits * static_cast<double>(bytes_beyond);
  for (const Writers& writers : kWriters) {
    if (writers.charset != charset) continue;
    for (const Alphabet& alphabet : writers.alphabets) {
      double bits = 0;
      for (size_t i = 0; i < points.size(); ++i) {
        if (points[i].value < 0x80) continue;
        const Point* const before = i > 0 ? &points[i - 1] : nullptr;
        const Point* const behind = i + 1 < points.size() ? &points[i + 1] : nullptr;
        bits += CostOf(alphabet, before, points[i], behind);
      }
      best = std::min(best, bits);
    }
  }
  return best / static_cast<double>(bytes_beyond);
}

}  // namespace unspin
