// Texts of other scripts → sketches, beside what ICU takes to fold the same texts and to find their words.

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/inputs.h"
#include "support/english.h"
#include "unspin/kernels/fill_sketch.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"

namespace unspin::bench {
namespace {

constexpr size_t kArticleBytes = 3000;
constexpr size_t kScriptBytes = size_t{8} << 20;

// Written for this benchmark. Sentences are made of random words of these, so that neighbouring words differ.
constexpr std::string_view kEnglish =
    "The harbour board said on Wednesday that the old lighthouse would be repaired before winter , because ships still "
    "rely on it when fog covers the bay . Engineers measured the tower twice and found cracks near the lamp room . "
    "Nobody was hurt , but the path below is closed until the scaffolding stands . The mayor promised 2,400 euros from "
    "the town's reserve and asked the ministry for the rest . Fishermen who don't use the northern channel want a "
    "buoy instead , a cheaper answer that 62 % of them support .";
constexpr std::string_view kRussian =
    "Жители приморского города рассказали , что старый маяк будет восстановлен до наступления зимы , потому что "
    "корабли "
    "по-прежнему нуждаются в его свете во время тумана . Инженеры дважды измерили башню и обнаружили трещины возле "
    "фонаря . Никто не пострадал , однако дорога внизу закрыта , пока строители не закончат работу . Мэр пообещал "
    "выделить 2400 рублей из городского резерва и попросил министерство оплатить остальное . Рыбаки , которые не ходят "
    "северным проливом , хотели бы поставить буй : так дешевле , и 62 % опрошенных согласны .";
// Random endings give Russian words as many forms as a real vocabulary has.
constexpr std::string_view kEndings[] = {"",   "а",   "у",  "ом", "е",   "ы",   "ов",
                                         "ам", "ами", "ах", "ый", "ого", "ому", "ая"};
constexpr std::string_view kChinese =
    "港务局 星期三 表示 ， 旧灯塔 将在 冬天 之前 修好 ， 因为 大雾 笼罩 海湾 时 ， 船只 仍然 依靠 它 的 灯光 。 工程师 "
    "两次 测量 塔身 ， 在 "
    "灯室 附近 发现 裂缝 。 没有 人 受伤 ， 但是 下面 的 小路 暂时 关闭 。 市长 答应 从 储备金 中 拨出 2400 元 ， 其余 "
    "部分 请 部里 承担 。 "
    "不走 北方 航道 的 渔民 希望 改用 浮标 ， 这样 更 便宜 ， 62% 的 受访者 赞成 。";
constexpr std::string_view kJapanese =
    "港湾局 は 水曜日 、 古い 灯台 を 冬 まで に 修理する と 発表した 。 霧 が 湾 を 覆う とき 、 船 は 今も その "
    "明かり に 頼っている からだ 。 "
    "技師たち は 塔 を 二度 測り 、 ランプ 室 の 近く で ひび を 見つけた 。 けが人 は いない が 、 下 の 小道 は 足場 "
    "が できる まで 通れない 。 "
    "町長 は 予備費 から 2400 ユーロ を 出す と 約束し 、 残り を 省 に 求めた 。 北 の 水路 を 使わない 漁師 は ブイ "
    "の ほうが 安い と 言い 、 62% が "
    "賛成している 。";

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool IsMark(std::string_view word) { return std::string_view(".,:。，、").find(word) != std::string_view::npos; }

enum class Script { kAscii, kCyrillic, kHan, kKana, kMixed };
constexpr size_t kScripts = 5;

// A sentence of words drawn at random, the first ones of the list more often.
void AppendSentence(Script script, std::mt19937& random, std::string& text) {
  static const std::vector<std::string_view> lists[] = {Words(kEnglish), Words(kRussian), Words(kChinese),
                                                        Words(kJapanese)};
  const std::vector<std::string_view>& list = lists[static_cast<size_t>(script)];
  const bool spaced = script == Script::kAscii || script == Script::kCyrillic;
  const size_t words = 8 + random() % 16;
  bool behind_mark = true;
  for (size_t i = 0; i < words; ++i) {
    const std::string_view word = list[random() % list.size()];
    if (IsMark(word) && behind_mark) continue;
    if (spaced && !IsMark(word) && i > 0) text += ' ';
    text += word;
    behind_mark = IsMark(word);
    if (script == Script::kCyrillic && word.size() > 8 && !behind_mark)
      text += kEndings[random() % std::size(kEndings)];
  }
  text += spaced ? ". " : "。";
}

struct ScriptText {
  std::vector<std::string> articles;
  size_t bytes = 0;
  std::u16string utf16;  // all of them, for ICU
};

const ScriptText& TextOf(Script script) {
  static ScriptText texts[kScripts];
  ScriptText& text = texts[static_cast<size_t>(script)];
  if (text.bytes > 0) return text;
  std::mt19937 random(static_cast<uint32_t>(script));
  std::string all;
  while (text.bytes < kScriptBytes) {
    std::string article;
    for (int paragraph = 1; article.size() < kArticleBytes; ++paragraph) {
      // A mixed article is English with paragraphs of another script between.
      constexpr Script kOthers[] = {Script::kCyrillic, Script::kHan, Script::kKana};
      const Script paragraph_script = script != Script::kMixed ? script
                                      : paragraph % 2 == 1     ? Script::kAscii
                                                               : kOthers[random() % std::size(kOthers)];
      for (int sentence = 0; sentence < 3; ++sentence) AppendSentence(paragraph_script, random, article);
      article += '\n';
    }
    text.bytes += article.size();
    all += article;
    text.articles.push_back(std::move(article));
  }
  text.utf16.resize(all.size());
  int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8(text.utf16.data(), static_cast<int32_t>(text.utf16.size()), &length, all.data(),
                static_cast<int32_t>(all.size()), &error);
  text.utf16.resize(static_cast<size_t>(length));
  return text;
}

void SketchScript(benchmark::State& state, Script script) {
  const ScriptText& text = TextOf(script);
  WordHasher hasher(English());
  std::vector<uint64_t> words;
  std::vector<uint32_t> elements;
  Sketch sketch;
  size_t made = 0;
  const auto sketch_of = [&](std::string_view article) -> const Sketch& {
    words.clear();
    hasher.Append(article, words);
    made += words.size();
    FoldShingles(words, elements);
    FillSketch(elements, 0, sketch.components);
    return sketch;
  };
  for (size_t i = 0; i < text.articles.size(); i += 100) {
    const Sketch slow = MakeSketch(HashShingles(WordsOf(Tokenize(text.articles[i])), kShingleWords));
    if (!Verify(state, sketch_of(text.articles[i]) == slow, "the sketch is not that of the tokens")) return;
  }
  made = 0;
  for (auto _ : state) {
    for (const std::string& article : text.articles) benchmark::DoNotOptimize(sketch_of(article));
  }
  SetRates(state, text.bytes, text.articles.size());
  state.counters["words"] = benchmark::Counter(static_cast<double>(made), benchmark::Counter::kIsRate);
}

void FoldCase(benchmark::State& state, Script script) {
  const ScriptText& text = TextOf(script);
  std::u16string folded(text.utf16.size() * 2, u'\0');
  for (auto _ : state) {
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = u_strFoldCase(folded.data(), static_cast<int32_t>(folded.size()), text.utf16.data(),
                                         static_cast<int32_t>(text.utf16.size()), U_FOLD_CASE_DEFAULT, &error);
    if (!Verify(state, U_SUCCESS(error) && length > 0, "ICU does not fold the text")) return;
    benchmark::DoNotOptimize(folded.data());
  }
  SetRates(state, text.bytes, text.articles.size());
}

// Word boundaries by Unicode's rules (UAX 29) and ICU's dictionaries for Chinese and Japanese.
void BreakWords(benchmark::State& state, Script script) {
  const ScriptText& text = TextOf(script);
  UErrorCode error = U_ZERO_ERROR;
  UBreakIterator* const breaks = ubrk_open(UBRK_WORD, "en", nullptr, 0, &error);
  if (!Verify(state, U_SUCCESS(error), "ICU finds no words")) return;
  size_t words = 0;
  for (auto _ : state) {
    ubrk_setText(breaks, text.utf16.data(), static_cast<int32_t>(text.utf16.size()), &error);
    for (int32_t at = ubrk_first(breaks); at != UBRK_DONE; at = ubrk_next(breaks)) {
      words += ubrk_getRuleStatus(breaks) != UBRK_WORD_NONE;
    }
  }
  ubrk_close(breaks);
  SetRates(state, text.bytes, text.articles.size());
  state.counters["words"] = benchmark::Counter(static_cast<double>(words), benchmark::Counter::kIsRate);
}

#define UNSPIN_SCRIPTS(Run, name)                                                                           \
  BENCHMARK_CAPTURE(Run, ascii, Script::kAscii)->Name(name "/ascii")->Unit(benchmark::kMillisecond);        \
  BENCHMARK_CAPTURE(Run, russian, Script::kCyrillic)->Name(name "/russian")->Unit(benchmark::kMillisecond); \
  BENCHMARK_CAPTURE(Run, chinese, Script::kHan)->Name(name "/chinese")->Unit(benchmark::kMillisecond);      \
  BENCHMARK_CAPTURE(Run, japanese, Script::kKana)->Name(name "/japanese")->Unit(benchmark::kMillisecond);   \
  BENCHMARK_CAPTURE(Run, mixed, Script::kMixed)->Name(name "/mixed")->Unit(benchmark::kMillisecond)

UNSPIN_SCRIPTS(SketchScript, "script-to-sketch");
UNSPIN_SCRIPTS(FoldCase, "peer/icu-fold-case");
UNSPIN_SCRIPTS(BreakWords, "peer/icu-word-breaks");

}  // namespace
}  // namespace unspin::bench
