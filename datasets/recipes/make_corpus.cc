// Generates a made-up news archive of any size from a seed, and the truth about which article was made from which.
//
// The generator keeps no state between articles: every random choice about article k depends on a hash of the seed, k
// and the purpose of the choice. So any range of a corpus can be generated alone, and a copy generates its original
// again. README.md beside this file describes the articles.

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace unspin {
namespace {

constexpr char kHelp[] =
    R"(Generates a made-up news archive of any size, with known copies, as JSON Lines on standard output.

  unspin_make_corpus --articles N [--seed S] [--truth FILE] [--part I/N] > corpus.jsonl
  unspin_make_corpus --suspects M --of N [--seed S] [--truth FILE] [--part I/N] > suspects.jsonl

A million articles in two processes; the two files joined are the output of one process:

  unspin_make_corpus --articles 1000000 --part 1/2 --truth truth-1.tsv > corpus-1.jsonl &
  unspin_make_corpus --articles 1000000 --part 2/2 --truth truth-2.tsv > corpus-2.jsonl

A thousand suspects made from originals of that corpus, with the same seed:

  unspin_make_corpus --suspects 1000 --of 1000000 --truth suspects.tsv > suspects.jsonl

  --articles N     write articles 0 to N - 1; a larger corpus begins with the same articles
  --suspects M     write M suspects made from originals of a corpus of --of articles
  --of N           number of articles in the corpus of the originals
  --seed S         a different number gives different topics, names and sites (default 1)
  --truth FILE     also write, tab-separated: id, kind, id of the original, Jaccard similarity of their 5-word shingles
  --part I/N       write only the I-th of N equal parts
  --words FILE     word frequencies, with function-words.txt beside it (default: those of the lexicon)
)";

[[noreturn]] void Fail(const std::string& message) {
  std::fprintf(stderr, "unspin_make_corpus: %s\n", message.c_str());
  std::exit(2);
}

// ---------------------------------------------------------------- random numbers

// 2^64 divided by the golden ratio, the increment of SplitMix64.
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;

// The output function of SplitMix64.
constexpr uint64_t Mix(uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

// The purpose of a random choice. Choices for different purposes use independent streams.
enum class Purpose : uint64_t { kText = 1, kRole, kBase, kEdit, kSuspect, kTopic, kSpinner, kPhrase, kSiteText };

// The key of a stream of random numbers.
constexpr uint64_t Key(uint64_t seed, Purpose purpose, uint64_t number) {
  return Mix(Mix(seed + kGolden * static_cast<uint64_t>(purpose)) + kGolden * (number + 1));
}

// Pseudo-random numbers by SplitMix64 (Steele, Lea and Flood 2014). Its state is one number, so a hash can seed it.
class Chance {
 public:
  explicit Chance(uint64_t key) : state_(key) {}

  uint64_t Next() { return Mix(state_ += kGolden); }
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }
  bool Happens(double probability) { return Unit() < probability; }
  // A uniform number below `n`. REQUIRES: n < 2^32.
  uint32_t Below(uint64_t n) {
    assert(n <= UINT32_MAX);
    return static_cast<uint32_t>((Next() >> 32) * n >> 32);
  }
  // A number below `n`, skewed to small numbers: the probability of i is about 1 / (2 sqrt(n i)).
  uint32_t BelowSkewed(uint64_t n) {
    const double unit = Unit();
    return static_cast<uint32_t>(unit * unit * static_cast<double>(n));
  }

 private:
  uint64_t state_;
};

// Draws i with a probability proportional to weights[i], in constant time (Vose's alias method). The table is built
// with integers and one division, so that every machine draws the same numbers.
class AliasTable {
 public:
  AliasTable() = default;
  explicit AliasTable(std::vector<uint64_t> weights) : columns_(weights.size()) {
    const uint64_t n = weights.size();
    uint64_t total = 0;
    for (const uint64_t weight : weights) total += weight;
    std::vector<uint32_t> small, large;
    for (uint32_t i = 0; i < n; ++i) {
      weights[i] *= n;
      columns_[i] = {UINT32_MAX, i};
      (weights[i] < total ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
      const uint32_t small_column = small.back(), large_column = large.back();
      small.pop_back();
      const double filled = static_cast<double>(weights[small_column]) / static_cast<double>(total);
      columns_[small_column] = {static_cast<uint32_t>(std::min(filled * 0x1p32, double{UINT32_MAX})), large_column};
      weights[large_column] -= total - weights[small_column];
      if (weights[large_column] < total) {
        large.pop_back();
        small.push_back(large_column);
      }
    }
  }

  uint32_t Draw(uint64_t random) const {
    const auto column = static_cast<uint32_t>((random >> 32) * columns_.size() >> 32);
    return static_cast<uint32_t>(random) < columns_[column].filled ? column : columns_[column].alias;
  }

 private:
  struct Column {
    uint32_t filled;
    uint32_t alias;
  };
  std::vector<Column> columns_;
};

// Weights of Zipf's law: item i has the weight (i + 1)^-exponent.
AliasTable ZipfTable(size_t size, double exponent) {
  std::vector<uint64_t> weights(size);
  for (size_t i = 0; i < size; ++i) {
    weights[i] = static_cast<uint64_t>(std::llround(0x1p32 * std::pow(static_cast<double>(i + 1), -exponent)));
  }
  return AliasTable(std::move(weights));
}

// ---------------------------------------------------------------- text

enum class Kind : uint8_t { kFunction, kContent, kName, kNumber };

// Marks around a word, as bits. Several marks behind a word are written in this order.
enum Mark : uint8_t {
  kCapital = 1,
  kOpen = 2,
  kComma = 4,
  kStop = 8,
  kClose = 16,
  kDash = 32,
  kParagraph = 64,
};

// A word with its marks; texts are edited as lists of tokens. The vocabulary or a draft owns `text`.
struct Token {
  const char* text;
  uint32_t word;  // index in the vocabulary, or of a name in the cast
  uint8_t length;
  Kind kind;
  uint8_t marks;
  bool apostrophe;
};

// Words are copied in blocks of 16 bytes, which is faster than copying their exact length. So every word is followed by
// as many readable bytes.
constexpr size_t kCopyBlock = 16;

// A text buffer that keeps its memory when it is cleared.
class Text {
 public:
  void Clear() { size_ = 0; }
  std::string_view view() const { return {data_.data(), size_}; }

  // Makes room for `size` bytes at the end and returns their address. The caller writes them and calls SetEnd.
  char* Reserve(size_t size) {
    if (data_.size() < size_ + size) data_.resize((size_ + size) * 2);
    return data_.data() + size_;
  }
  void SetEnd(const char* end) { size_ = static_cast<size_t>(end - data_.data()); }

  void Append(std::string_view text) {
    char* end = Reserve(text.size());
    std::memcpy(end, text.data(), text.size());
    size_ += text.size();
  }

  // Appends a JSON string. Escapes quotation marks, backslashes and line feeds, the only control characters in a text.
  void AppendJson(std::string_view text) {
    char* end = Reserve(2 * text.size() + 2);
    *end++ = '"';
    for (const char c : text) {
      const bool escaped = c == '"' || c == '\\' || c == '\n';
      *end = '\\';
      end += escaped;
      *end++ = c == '\n' ? 'n' : c;
    }
    *end++ = '"';
    SetEnd(end);
  }

  void Flush(std::FILE* file, const std::string& name) {
    if (std::fwrite(data_.data(), 1, size_, file) != size_) Fail(name + ": " + std::strerror(errno));
    Clear();
  }

 private:
  std::vector<char> data_;
  size_t size_ = 0;
};

// Appends the text of the tokens.
void Render(const std::vector<Token>& tokens, bool typographic, Text* text) {
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    char* const begin = text->Reserve(3 * size_t{token.length} + kCopyBlock + 32);
    char* end = begin;
    const auto put = [&end](std::string_view mark) {
      std::memcpy(end, mark.data(), mark.size());
      end += mark.size();
    };
    if (token.marks & kOpen) put(typographic ? "\u201c" : "\"");
    char* const first = end;
    if (token.apostrophe && typographic) {
      for (size_t c = 0; c < token.length; ++c) {
        if (token.text[c] == '\'') {
          put("\u2019");
        } else {
          *end++ = token.text[c];
        }
      }
    } else {
      std::memcpy(end, token.text, kCopyBlock);
      if (token.length > kCopyBlock) std::memcpy(end + kCopyBlock, token.text + kCopyBlock, token.length - kCopyBlock);
      end += token.length;
    }
    if (token.marks & kCapital && *first >= 'a' && *first <= 'z') *first = static_cast<char>(*first - 'a' + 'A');
    if (token.marks & kComma) *end++ = ',';
    if (token.marks & kStop) *end++ = '.';
    if (token.marks & kClose) put(typographic ? "\u201d" : "\"");
    if (token.marks & kDash) put(typographic ? " \u2014" : " -");
    if (i + 1 < tokens.size()) {
      put(token.marks & kParagraph ? "\n\n" : " ");
    }
    text->SetEnd(end);
  }
}

// ---------------------------------------------------------------- words

constexpr uint32_t kNoWord = UINT32_MAX;  // in place of an index

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail(path + ": " + std::strerror(errno));
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) Fail(path + ": " + std::strerror(errno));
  return bytes;
}

// The words of the lexicon's table of frequencies, drawn as often as they occur in news.
class Vocabulary {
 public:
  // `path` holds `word<TAB>articles` lines, most frequent first, and a comment `# articles: N`.
  explicit Vocabulary(const std::string& path) {
    const size_t slash = path.find_last_of('/');
    const std::string functions_path =
        (slash == std::string::npos ? "" : path.substr(0, slash + 1)) + "function-words.txt";
    const std::unordered_set<std::string> functions = FunctionWords(ReadFile(functions_path));

    const std::string table = ReadFile(path);
    bytes_.resize(table.size() + kCopyBlock * CountLines(table));
    std::vector<uint64_t> weights;
    double articles = 0;
    size_t line_number = 0;
    for (size_t begin = 0; begin < table.size();) {
      const size_t line_end = std::min(table.find('\n', begin), table.size());
      const std::string_view line(table.data() + begin, line_end - begin);
      begin = line_end + 1;
      ++line_number;
      if (line.starts_with("# articles: ")) articles = std::atof(std::string(line.substr(12)).c_str());
      if (line.empty() || line[0] == '#') continue;
      const size_t tab = line.find('\t');
      const double count = tab == line.npos ? 0 : std::atof(std::string(line.substr(tab + 1)).c_str());
      if (count <= 0 || articles <= 0) {
        Fail(path + ":" + std::to_string(line_number) +
             ": expected `word<TAB>articles` below a line `# articles: N`; is this a table of count_words.py?");
      }
      const std::string_view spelling = line.substr(0, tab);
      if (!IsPlainWord(spelling)) continue;
      const bool function = functions.contains(std::string(spelling));
      const auto word = static_cast<uint32_t>(tokens_.size());
      if (!function) content_.push_back(word);
      content_position_.push_back(function ? kNoWord : static_cast<uint32_t>(content_.size() - 1));
      tokens_.push_back({Store(Capitalised(spelling)), word, static_cast<uint8_t>(spelling.size()),
                         function ? Kind::kFunction : Kind::kContent, 0, spelling.find('\'') != spelling.npos});
      weights.push_back(Weight(word, count, articles));
      if (spelling == "said") said_ = word;
    }
    if (content_.size() < 1000) Fail(path + ": fewer than 1,000 words that are not function words");
    draw_ = AliasTable(std::move(weights));
  }

  const Token& token(uint32_t word) const { return tokens_[word]; }
  const Token& Draw(Chance& chance) const { return tokens_[draw_.Draw(chance.Next())]; }
  const Token& said() const { return tokens_[said_]; }
  uint32_t content_size() const { return static_cast<uint32_t>(content_.size()); }
  const Token& content(uint32_t position) const { return tokens_[content_[position]]; }

  // The replacement that a spinner always uses for a content word: a fixed word of similar or lower frequency, like
  // most synonyms.
  const Token& Replacement(uint64_t spinner, uint32_t word) const {
    const uint32_t position = content_position_[word];
    const uint32_t min_position = position / 2;
    const uint32_t end_position = std::min(3 * position + 300, content_size());
    uint32_t replacement = min_position + Chance(spinner + kGolden * word).Below(end_position - min_position);
    if (replacement == position) replacement = replacement == min_position ? replacement + 1 : replacement - 1;
    return content(replacement);
  }

 private:
  static std::unordered_set<std::string> FunctionWords(const std::string& list) {
    std::unordered_set<std::string> words;
    std::string word;
    bool comment = false;
    for (const char c : list + "\n") {
      if (c == '#') comment = true;
      if (c == ' ' || c == '\n') {
        if (!comment && !word.empty()) words.insert(word);
        word.clear();
        if (c == '\n') comment = false;
      } else {
        word += c;
      }
    }
    return words;
  }

  static size_t CountLines(const std::string& text) {
    return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  }

  // Whether the word has only letters and apostrophes. Numbers are generated elsewhere; abbreviations and words with
  // other letters are left out.
  static bool IsPlainWord(std::string_view word) {
    if (word.empty() || word.size() > 40 || (word.size() == 1 && word != "a" && word != "i")) return false;
    return word[0] != '\'' &&
           std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '\''; });
  }

  static std::string Capitalised(std::string_view word) {
    // March and May are not listed: they are mostly other words.
    static constexpr std::string_view kAlwaysCapitalised[] = {
        "i",        "i'm",    "i've",      "i'd",     "i'll",     "monday",   "tuesday", "wednesday",
        "thursday", "friday", "saturday",  "sunday",  "january",  "february", "april",   "june",
        "july",     "august", "september", "october", "november", "december"};
    std::string spelling(word);
    if (std::find(std::begin(kAlwaysCapitalised), std::end(kAlwaysCapitalised), word) != std::end(kAlwaysCapitalised)) {
      spelling[0] = static_cast<char>(spelling[0] - 'a' + 'A');
    }
    return spelling;
  }

  // The weight of a word from p, the share of articles that contain it. If a word occurred at random with a constant
  // rate, p would be 1 - exp(-rate). For the most frequent words p is close to 1 and does not determine the rate, so
  // they follow Zipf's law, with the constant at which both rates agree for the thousandth word.
  static uint64_t Weight(uint32_t rank, double count, double articles) {
    const double rate = -std::log1p(-std::min(count / articles, 0.999));
    const double zipf = rank < 1000 ? 90 / (rank + 1.2) : 0;
    return static_cast<uint64_t>(std::llround(0x1p32 * std::max(rate, zipf)));
  }

  const char* Store(const std::string& word) {
    char* const copy = bytes_.data() + used_;
    std::memcpy(copy, word.data(), word.size());
    used_ += word.size() + kCopyBlock;
    return copy;
  }

  std::vector<char> bytes_;
  size_t used_ = 0;
  std::vector<Token> tokens_;               // most frequent first
  std::vector<uint32_t> content_;           // words that are not function words
  std::vector<uint32_t> content_position_;  // word → index in `content_`, or kNoWord
  uint32_t said_ = 0;
  AliasTable draw_;
};

// The name of a number; small numbers have short names.
std::string NameOf(uint64_t number) {
  static constexpr std::string_view kSyllables[64] = {
      "ka",  "lo",  "ren", "mi",  "tor", "sel", "va",  "dun", "pe",  "gar", "no", "hal", "bri", "ze",  "mar", "ol",
      "fen", "cu",  "tas", "wil", "da",  "ros", "ki",  "ber", "sha", "lin", "go", "rak", "ne",  "tul", "ame", "dro",
      "vik", "sto", "pal", "eri", "mon", "gu",  "lat", "che", "hor", "ban", "ys", "cor", "ja",  "del", "fro", "nim",
      "or",  "tev", "sam", "qui", "ler", "bo",  "gan", "ru",  "tho", "mel", "ax", "pir", "une", "cas", "wen", "du"};
  std::string name;
  for (number += 64; number > 0; number /= 64) name += kSyllables[number % 64];
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

// ---------------------------------------------------------------- sites

struct Site {
  std::string name;
  std::string host;
  std::string header;
  std::string footer;
  bool typographic;  // curly quotation marks and long dashes; a quarter of the sites
};

constexpr size_t kSites = 2000;

std::vector<Site> MakeSites(uint64_t seed) {
  static constexpr std::string_view kPapers[] = {"Herald", "Times",   "Courier", "Post",     "Gazette",
                                                 "Today",  "Tribune", "Record",  "Dispatch", "Observer"};
  static constexpr std::string_view kLabels[] = {
      "Home",    "News",   "World",  "Politics", "Business", "Sport",   "Opinion", "Culture", "Weather", "Subscribe",
      "Sign in", "Search", "Travel", "Science",  "Health",   "Video",   "Money",   "Local",   "Jobs",    "Obituaries",
      "Puzzles", "Food",   "Style",  "Podcasts", "Archive",  "Contact", "Events",  "Markets", "Tech",    "Property"};
  static constexpr std::string_view kWords[] = {
      "subscribe", "newsletter", "our",        "your",      "the",         "a",
      "of",        "to",         "and",        "for",       "in",          "by",
      "with",      "from",       "this",       "all",       "privacy",     "policy",
      "terms",     "conditions", "contact",    "editorial", "standards",   "advertise",
      "careers",   "cookies",    "settings",   "material",  "permission",  "redistribute",
      "publish",   "broadcast",  "rewrite",    "copy",      "without",     "written",
      "consent",   "readers",    "journalism", "support",   "independent", "membership",
      "account",   "sign",       "up",         "daily",     "morning",     "briefing",
      "follow",    "us",         "on",         "social",    "media",       "download",
      "app",       "stories",    "delivered",  "inbox",     "comments",    "moderated",
      "community", "guidelines", "report",     "error",     "corrections", "licensing",
      "reprints",  "archive",    "print",      "edition",   "digital",     "offer",
      "cancel",    "anytime",    "charges",    "apply",     "registered",  "office",
      "company",   "number",     "trademark",  "website",   "uses",        "services",
      "partners",  "data",       "consent",    "manage",    "preferences", "accessibility",
      "sitemap",   "feedback",   "newsroom",   "tips",      "secure",      "send",
      "more",      "latest",     "breaking",   "alerts",    "free",        "trial",
      "access",    "unlimited"};
  std::vector<Site> sites(kSites);
  for (size_t i = 0; i < kSites; ++i) {
    Chance chance(Key(seed, Purpose::kSiteText, i));
    Site& site = sites[i];
    const std::string town = NameOf(i * 31 + chance.Below(31));  // each site has a different town
    const std::string_view paper = kPapers[chance.Below(std::size(kPapers))];
    site.name = town + " " + std::string(paper);
    site.host = town + "-" + std::string(paper) + ".example";
    for (char& c : site.host) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    site.typographic = i % 4 == 1;

    const size_t labels = 8 + chance.Below(7);
    for (size_t label = 0; label < labels; ++label) {
      if (label > 0) site.header += " | ";
      site.header += label == 0 ? kLabels[0] : kLabels[1 + chance.Below(std::size(kLabels) - 1)];
    }
    // The words are drawn one by one: without common phrases, only the footers of large sites become hot buckets.
    const size_t words = 20 + chance.Below(41);
    site.footer = std::string(site.typographic ? "\u00a9 " : "Copyright ") + site.name + ". All rights reserved.";
    size_t words_left = 0;
    for (size_t word = 5; word < words; ++word) {
      std::string next(kWords[chance.Below(std::size(kWords))]);
      if (words_left == 0) {
        words_left = 5 + chance.Below(10);
        next[0] = static_cast<char>(next[0] - 'a' + 'A');
      }
      site.footer += " " + next;
      if (--words_left == 0 || word + 1 == words) site.footer += ".";
    }
  }
  return sites;
}

// ---------------------------------------------------------------- one article

// A person, place or organisation in an article.
struct Name {
  std::array<char, 64> full;
  std::array<char, 64> brief;  // used after the first mention
  uint8_t full_length;
  uint8_t brief_length;
  bool mentioned;
};

constexpr size_t kMinWords = 80;  // of an article
constexpr size_t kMaxWords = 1500;
constexpr size_t kMaxNumberBytes = 24;  // of a spelled number or date, with its terminator

// An article before it is rendered: lists of words that can be edited.
struct Draft {
  std::vector<Token> title;
  std::vector<Token> body;
  uint32_t topic = 0;
  std::vector<Name> cast;
  // Text of numbers and dates; tokens point into it. It has the maximum size, so it never moves.
  std::vector<char> numbers = std::vector<char>((kMaxWords + 200) * kMaxNumberBytes + kCopyBlock);
  size_t numbers_used = 0;

  void Clear() {
    title.clear();
    body.clear();
    cast.clear();
    cast.reserve(16);
    numbers_used = 0;
  }
};

// Writes original articles.
class Author {
 public:
  Author(uint64_t seed, const Vocabulary& vocabulary)
      : seed_(seed), vocabulary_(vocabulary), draw_topic_(ZipfTable(kTopics, 0.6)) {
    const double content = vocabulary.content_size();
    for (uint64_t topic = 0; topic < kTopics; ++topic) {
      Chance chance(Key(seed, Purpose::kTopic, topic));
      for (size_t i = 0; i < kTopicWords; ++i) {
        // Log-uniform over the ranks, without the most frequent words, which every topic has.
        const auto position = static_cast<uint32_t>(50 * std::pow(content / 50, chance.Unit()));
        topic_words_.push_back(std::min(position, vocabulary.content_size() - 1));
      }
    }
    Chance chance(Key(seed, Purpose::kPhrase, 0));
    for (auto& phrase : phrases_) {
      for (uint32_t& word : phrase) word = vocabulary.Draw(chance).word;
    }
  }

  // Writes the article of a key. If `related` is given, the article has the same topic and half of its names.
  // `name_pool` is the number of names to draw from.
  void Write(uint64_t key, uint64_t name_pool, const Draft* related, Draft* draft) const {
    Chance chance(key);
    draft->Clear();
    const uint32_t topic = draw_topic_.Draw(chance.Next());
    draft->topic = related != nullptr ? related->topic : topic;
    const size_t words = DrawLength(chance);
    DrawCast(chance, name_pool, words, related, draft);

    Words(chance, 5 + chance.Below(6), draft, &draft->title);
    draft->title.front().marks |= kCapital;
    for (Token& token : draft->title) token.marks &= static_cast<uint8_t>(~kComma & ~kDash);
    for (Name& name : draft->cast) name.mentioned = false;

    std::vector<Token>& body = draft->body;
    size_t sentences_left = 1 + chance.Below(3);
    while (body.size() < words) {
      Sentence(chance, words - body.size(), draft);
      if (--sentences_left == 0) {
        body.back().marks |= kParagraph;
        sentences_left = 1 + chance.Below(4);
      }
    }
  }

 private:
  static constexpr size_t kTopics = 5000;
  static constexpr size_t kTopicWords = 60;
  static constexpr size_t kPhrases = 4000;

  // A log-normal length. The normal variate is a sum of twelve uniform ones, so that it is the same with every library.
  static size_t DrawLength(Chance& chance) {
    double normal = -6;
    for (int i = 0; i < 12; ++i) normal += chance.Unit();
    const double words = 165 * std::exp(0.6 * normal);
    return static_cast<size_t>(std::clamp(words, double{kMinWords}, double{kMaxWords}));
  }

  // Draws people, places and organisations: 25 % from the six names of the topic, 15 % from frequent names, and 60 %
  // from the pool, where most names are rare.
  void DrawCast(Chance& chance, uint64_t name_pool, size_t words, const Draft* related, Draft* draft) const {
    const size_t size = std::min<size_t>(2 + chance.Below(3) + words / 150, 12);
    for (size_t i = 0; i < size; ++i) {
      const uint64_t random = chance.Next();
      const uint32_t percentile = chance.Below(100);
      uint64_t number = random % name_pool;
      if (percentile < 25) {
        number = Key(seed_ + random % 6, Purpose::kTopic, kTopics + draft->topic) % 2'000'000;
      } else if (percentile < 40) {
        number = chance.BelowSkewed(3000);
      }
      draft->cast.push_back(MakeName(number));
    }
    if (related == nullptr) return;
    for (size_t i = 0; i < std::min(related->cast.size() / 2, draft->cast.size()); ++i) {
      draft->cast[i] = related->cast[i];
      draft->cast[i].mentioned = false;
    }
  }

  // A number always gives the same person, place or organisation.
  static Name MakeName(uint64_t number) {
    static constexpr std::string_view kPlaces[] = {"", "", " Bay", "ville", "ford", "ton", " County", " River"};
    static constexpr std::string_view kOrganisations[] = {" Council", " Energy",    " Group",    " University",
                                                          " Bank",    " Institute", " Airlines", " Union"};
    Chance chance(number);
    const uint32_t decile = chance.Below(10);
    std::string full = NameOf(number), brief = full;
    if (decile < 6) {
      full = NameOf(chance.BelowSkewed(4000)) + " " + brief;
    } else if (decile < 8) {
      full += kPlaces[chance.Below(std::size(kPlaces))];
      brief = full;
    } else {
      full += kOrganisations[chance.Below(std::size(kOrganisations))];
      if (chance.Below(2) == 0) brief = full;
    }
    Name name{};
    name.full_length = static_cast<uint8_t>(full.copy(name.full.data(), name.full.size() - kCopyBlock));
    name.brief_length = static_cast<uint8_t>(brief.copy(name.brief.data(), name.brief.size() - kCopyBlock));
    return name;
  }

  static Token Mention(Chance& chance, Draft* draft) {
    const uint32_t index = chance.Below(draft->cast.size());
    Name& name = draft->cast[index];
    const bool first = !std::exchange(name.mentioned, true);
    return {(first ? name.full : name.brief).data(),
            index,
            first ? name.full_length : name.brief_length,
            Kind::kName,
            0,
            false};
  }

  static Token Number(Chance& chance, Draft* draft) {
    static constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
    char* const text = draft->numbers.data() + draft->numbers_used;
    const uint32_t percentile = chance.Below(100);
    int length = 0;
    const auto print = [&](const char* format, auto... values) {
      length = std::snprintf(text, kMaxNumberBytes, format, values...);
    };
    if (percentile < 30) {
      print("%u", 2 + chance.BelowSkewed(98));
    } else if (percentile < 45) {
      print("%u", 100 + chance.BelowSkewed(900));
    } else if (percentile < 60) {
      // Drawn in a statement of its own, because the order of evaluation of arguments is unspecified.
      const uint32_t thousands = 1 + chance.BelowSkewed(90);
      print("%u,%03u", thousands, chance.Below(1000));
    } else if (percentile < 70) {
      print("%u", 2025 - chance.BelowSkewed(60));
    } else if (percentile < 80) {
      print("%u percent", 1 + chance.Below(99));
    } else if (percentile < 88) {
      const uint32_t whole = chance.BelowSkewed(40);
      print("%u.%u", whole, 1 + chance.Below(9));
    } else if (percentile < 94) {
      print("$%u million", 1 + chance.BelowSkewed(900));
    } else {
      const char* month = kMonths[chance.Below(12)];
      print("%s %u", month, 1 + chance.Below(28));
    }
    draft->numbers_used += static_cast<size_t>(length);
    return {text, kNoWord, static_cast<uint8_t>(length), Kind::kNumber, 0, false};
  }

  static bool Same(const Token& a, const Token& b) { return a.kind == b.kind && a.word == b.word && a.word != kNoWord; }

  // Appends `count` words, with commas and dashes. A phrase at the end may add up to four more.
  void Words(Chance& chance, size_t count, Draft* draft, std::vector<Token>* words) const {
    const size_t begin = words->size();
    const size_t end = begin + count;
    while (words->size() < end) {
      const uint64_t random = chance.Next();
      const uint64_t permille = random % 1000;
      if (permille < 40) {
        words->push_back(Mention(chance, draft));
      } else if (permille < 55) {
        words->push_back(Number(chance, draft));
      } else if (permille < 60) {
        // A stock phrase: unrelated articles share its word sequence.
        for (const uint32_t word : phrases_[chance.BelowSkewed(kPhrases)]) words->push_back(vocabulary_.token(word));
      } else if (permille < 190) {
        const size_t index = draft->topic * kTopicWords + chance.BelowSkewed(kTopicWords);
        words->push_back(vocabulary_.content(topic_words_[index]));
      } else {
        words->push_back(vocabulary_.Draw(chance));
      }
      // A word is not repeated directly: that is rare in print.
      const size_t size = words->size();
      if (size >= begin + 2 && Same((*words)[size - 1], (*words)[size - 2])) words->pop_back();
      if (words->size() > begin + 2 && words->size() + 2 < end) {
        const uint64_t mark = (random >> 32) % 1000;
        if (mark < 50) words->back().marks |= kComma;
        if (mark >= 50 && mark < 54) words->back().marks |= kDash;
      }
    }
  }

  // Appends a sentence of 8 to 30 words, but not more than `words_left`, or 8 if fewer are left. One in eight has a
  // quotation.
  void Sentence(Chance& chance, size_t words_left, Draft* draft) const {
    std::vector<Token>& body = draft->body;
    const size_t begin = body.size();
    const size_t count = std::min<size_t>(8 + chance.Below(12) + chance.Below(12), std::max<size_t>(words_left, 8));
    const uint32_t quoted = chance.Below(16);
    if (quoted == 0) {
      body.push_back(Mention(chance, draft));
      body.push_back(vocabulary_.said());
      body.back().marks |= kComma;
      const size_t opening = body.size();
      Words(chance, count - 2, draft, &body);
      body[opening].marks |= kOpen | kCapital;
      body.back().marks |= kClose;
    } else {
      Words(chance, quoted == 1 ? count - 2 : count, draft, &body);
      if (quoted == 1) {
        body[begin].marks |= kOpen;
        body.back().marks |= kComma | kClose;
        body.push_back(vocabulary_.said());
        body.push_back(Mention(chance, draft));
      }
    }
    body[begin].marks |= kCapital;
    body.back().marks |= kStop;
  }

  uint64_t seed_;
  const Vocabulary& vocabulary_;
  AliasTable draw_topic_;
  std::vector<uint32_t> topic_words_;                      // indexes of content words, kTopicWords for each topic
  std::array<std::array<uint32_t, 5>, kPhrases> phrases_;  // indexes of words
};

// ---------------------------------------------------------------- similarity

// Computes the Jaccard similarity of the sets of five-word shingles of two texts. Words are lower-cased runs of
// [A-Za-z0-9'], and a curly apostrophe is an apostrophe.
class ShingleComparer {
 public:
  double Compare(std::string_view a, std::string_view b) {
    Hash(a, &first_);
    Hash(b, &second_);
    size_t size = 64;
    while (size < 2 * (first_.size() + second_.size())) size *= 2;
    slots_.assign(size, {0, 0});
    int64_t counts[4] = {};  // shingles by owners: none, the first text, the second, both
    for (const auto& [hashes, owner] : {std::pair(&first_, 1), std::pair(&second_, 2)}) {
      for (const uint64_t hash : *hashes) {
        size_t slot = hash & (size - 1);  // linear probing
        while (slots_[slot].owners != 0 && slots_[slot].hash != hash) slot = (slot + 1) & (size - 1);
        --counts[slots_[slot].owners];
        slots_[slot] = {hash, static_cast<uint8_t>(slots_[slot].owners | owner)};
        ++counts[slots_[slot].owners];
      }
    }
    const int64_t union_size = counts[1] + counts[2] + counts[3];
    return union_size == 0 ? 0 : static_cast<double>(counts[3]) / static_cast<double>(union_size);
  }

 private:
  struct Slot {
    uint64_t hash;
    uint8_t owners;
  };

  static void Hash(std::string_view text, std::vector<uint64_t>* shingles) {
    shingles->clear();
    uint64_t last_words[5] = {};  // ring buffer of the hashes of the last five words
    size_t words = 0;
    uint64_t hash = 0;
    const auto end_word = [&] {
      if (hash == 0) return;
      last_words[words++ % 5] = Mix(hash);
      hash = 0;
      if (words < 5) return;
      uint64_t shingle = 0;
      for (size_t i = 0; i < 5; ++i) shingle = Mix(shingle * 31 + last_words[(words + i) % 5]);
      shingles->push_back(shingle);
    };
    for (size_t i = 0; i < text.size(); ++i) {
      unsigned char c = static_cast<unsigned char>(text[i]);
      if (c == 0xe2 && text.substr(i).starts_with("\u2019")) {
        c = '\'';
        i += 2;
      }
      if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'') {
        hash = (hash + c) * 0x100000001b3 + kGolden;
      } else {
        end_word();
      }
    }
    end_word();
  }

  std::vector<uint64_t> first_, second_;
  std::vector<Slot> slots_;
};

// ---------------------------------------------------------------- corpus and suspects

enum class Role { kOriginal, kNear, kExact, kSpun, kExcerpt, kNone };

constexpr std::string_view RoleName(Role role) {
  constexpr std::string_view kNames[] = {"original", "near", "exact", "spun", "excerpt", "none"};
  return kNames[static_cast<size_t>(role)];
}

// Range of the share of content words that a spinner replaces.
struct SpinRange {
  double min;
  double max;
};

// Generates the articles of a corpus, and suspects, in any order.
class Corpus {
 public:
  Corpus(uint64_t seed, const Vocabulary& vocabulary)
      : seed_(seed),
        vocabulary_(vocabulary),
        author_(seed, vocabulary),
        sites_(MakeSites(seed)),
        draw_site_(ZipfTable(kSites, 0.7)) {}

  // Writes the article of that number, and a line of the truth if it is a copy and `truth` is given.
  void WriteArticle(uint64_t number, Text* out, Text* truth) {
    Chance edit(Key(seed_, Purpose::kEdit, number));
    const Role role = RoleOf(number);
    Print(role, edit, {.number = number, .letter = 'a', .key = Key(seed_, Purpose::kText, number), .time = number},
          role == Role::kOriginal ? 0 : BaseOf(number), {0.2, 0.5}, out, truth);
  }

  // Writes a suspect made from an original among the first `articles`; it is younger than all of them.
  void WriteSuspect(uint64_t number, uint64_t articles, Text* out, Text* truth) {
    const uint64_t key = Key(seed_, Purpose::kSuspect, number);
    Chance edit(key);
    const double kind = edit.Unit();
    const Role role = kind < 0.3 ? Role::kSpun : kind < 0.6 ? Role::kNear : kind < 0.9 ? Role::kExcerpt : Role::kNone;
    uint64_t base = 0;
    for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
      const uint64_t candidate = edit.Next() % articles;
      if (RoleOf(candidate) != Role::kOriginal) continue;
      base = candidate;
      break;
    }
    Print(role, edit, {.number = number, .letter = 's', .key = Mix(key), .time = articles + number}, base, {0.1, 0.5},
          out, truth);
  }

 private:
  struct Identity {
    uint64_t number;
    char letter;    // first character of the id
    uint64_t key;   // key of its own text
    uint64_t time;  // index in the order of publication
  };

  static constexpr int kMaxAttempts = 1000;  // to draw an original: 82 % of the articles are originals
  static constexpr uint64_t kSpinners = 50;
  static constexpr uint64_t kWireStoryInterval = 50;  // every 50th article is a wire story, copied more often

  Role RoleOf(uint64_t number) const {
    if (number == 0) return Role::kOriginal;
    const double kind = Chance(Key(seed_, Purpose::kRole, number)).Unit();
    return kind < 0.10   ? Role::kNear
           : kind < 0.12 ? Role::kExact
           : kind < 0.15 ? Role::kSpun
           : kind < 0.18 ? Role::kExcerpt
                         : Role::kOriginal;
  }

  // Draws the original of a copy: an earlier article that is not a copy itself. Three in ten are wire stories.
  uint64_t BaseOf(uint64_t number) const {
    Chance chance(Key(seed_, Purpose::kBase, number));
    const bool wire = chance.Happens(0.3);
    for (int attempt = 0; attempt < kMaxAttempts; ++attempt) {
      const uint64_t candidate = chance.Next() % number;
      const uint64_t base = wire ? candidate - candidate % kWireStoryInterval : candidate;
      if (RoleOf(base) == Role::kOriginal) return base;
    }
    return 0;
  }

  const Site& SiteOf(uint64_t key) const { return sites_[draw_site_.Draw(Chance(Mix(key ^ kGolden)).Next())]; }

  // Number of names in the pool. It grows with the archive, so that most names stay rare in any number of articles.
  static uint64_t NamePool(uint64_t time) { return 2000 + 2 * time; }

  void WriteOriginal(uint64_t number, Draft* draft) const {
    author_.Write(Key(seed_, Purpose::kText, number), NamePool(number), nullptr, draft);
  }

  // Writes the record of an article, and a line of the truth if it is a copy.
  // Long: one case for each kind of copy.
  void Print(Role role, Chance& edit, const Identity& identity, uint64_t base, SpinRange spin, Text* out, Text* truth) {
    const Site* site = &SiteOf(identity.key);
    const std::vector<Token>* title = &base_.title;
    text_.Clear();
    base_text_.Clear();
    if (role == Role::kOriginal) {
      author_.Write(identity.key, NamePool(identity.time), nullptr, &own_);
      title = &own_.title;
      PrintText(own_.body, *site, &text_);
    } else {
      WriteOriginal(base, &base_);
      const Site& base_site = SiteOf(Key(seed_, Purpose::kText, base));
      if (truth != nullptr || role == Role::kExact) PrintText(base_.body, base_site, &base_text_);
      switch (role) {
        case Role::kExact:
          text_.Append(base_text_.view());
          break;
        case Role::kNear: {
          const uint32_t variant = edit.Below(10);
          if (variant >= 8) {
            // The same words on another site, with the header and footer of that site.
            text_.Append(site->header);
            text_.Append("\n\n");
            PrintText(base_.body, *site, &text_);
            text_.Append(" This article first appeared in the ");
            text_.Append(base_site.name);
            text_.Append(".");
          } else {
            // A later version at the same site.
            site = &base_site;
            if (variant >= 6) {
              RemoveParagraph(edit, &base_.body);
            } else {
              Edit(edit, &base_.body);
            }
            PrintText(base_.body, *site, &text_);
          }
          break;
        }
        case Role::kSpun: {
          const uint64_t spinner = Key(seed_, Purpose::kSpinner, edit.Below(kSpinners));
          const double share = spin.min + (spin.max - spin.min) * edit.Unit();
          Spin(edit, spinner, share, &base_.title);
          Spin(edit, spinner, share, &base_.body);
          PrintText(base_.body, *site, &text_);
          break;
        }
        case Role::kExcerpt:
        case Role::kNone:
          author_.Write(identity.key, NamePool(identity.time), &base_, &own_);
          title = &own_.title;
          if (role == Role::kExcerpt) Embed(edit, base_.body, &own_.body);
          PrintText(own_.body, *site, &text_);
          break;
        case Role::kOriginal:
          break;
      }
    }
    PrintRecord(identity, *site, *title, out);
    if (truth == nullptr || role == Role::kOriginal) return;
    char line[128];
    const int length =
        std::snprintf(line, sizeof line, "%c%09llu\t%s\ta%09llu\t%.4f\n", identity.letter,
                      static_cast<unsigned long long>(identity.number), RoleName(role).data(),
                      static_cast<unsigned long long>(base), comparer_.Compare(text_.view(), base_text_.view()));
    truth->Append({line, static_cast<size_t>(length)});
  }

  static void PrintText(const std::vector<Token>& body, const Site& site, Text* text) {
    Render(body, site.typographic, text);
    text->Append("\n\n");
    text->Append(site.footer);
  }

  void PrintRecord(const Identity& identity, const Site& site, const std::vector<Token>& title, Text* out) {
    // One article every twenty seconds, so that a copy is younger than its original.
    constexpr std::chrono::sys_days kFirstDay = std::chrono::year{2018} / 1 / 1;
    const auto time = std::chrono::sys_seconds(kFirstDay) + std::chrono::seconds(20 * identity.time);
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss hour(time - day);
    const int year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month()), day_of_month = static_cast<unsigned>(date.day());
    const auto number = static_cast<unsigned long long>(identity.number);

    title_.Clear();
    Render(title, site.typographic, &title_);
    char field[512];
    const auto print = [&](const char* format, auto... values) {
      const int length = std::snprintf(field, sizeof field, format, values...);
      out->Append({field, std::min(static_cast<size_t>(length), sizeof field - 1)});
    };
    print("{\"id\":\"%c%09llu\",\"site\":\"%s\",\"url\":\"https://%s/%04d/%02u/%02u/", identity.letter, number,
          site.host.c_str(), site.host.c_str(), year, month, day_of_month);
    AppendSlug(title_.view(), out);
    print("-%c%llu.html\",\"published\":\"%04d-%02u-%02uT%02d:%02d:%02dZ\",\"title\":", identity.letter, number, year,
          month, day_of_month, static_cast<int>(hour.hours().count()), static_cast<int>(hour.minutes().count()),
          static_cast<int>(hour.seconds().count()));
    out->AppendJson(title_.view());
    out->Append(",\"text\":");
    out->AppendJson(text_.view());
    out->Append("}\n");
  }

  static void AppendSlug(std::string_view title, Text* out) {
    char slug[48];
    size_t length = 0;
    for (size_t i = 0; i < title.size() && length < sizeof slug; ++i) {
      const char c = static_cast<char>(title[i] >= 'A' && title[i] <= 'Z' ? title[i] - 'A' + 'a' : title[i]);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        slug[length++] = c;
      } else if (length > 0 && slug[length - 1] != '-') {
        slug[length++] = '-';
      }
    }
    while (length > 0 && slug[length - 1] == '-') --length;
    out->Append({slug, length});
  }

  static bool IsWord(const Token& token) { return token.kind == Kind::kFunction || token.kind == Kind::kContent; }

  // Replaces, inserts or deletes 1 to 10 % of the words. The share is log-uniform, because most corrections are small.
  // Words with marks stay, so that sentences keep their punctuation.
  void Edit(Chance& edit, std::vector<Token>* body) {
    const double share = 0.01 * std::pow(10, edit.Unit());
    edited_.clear();
    size_t edits = 0;
    for (const Token& token : *body) {
      if (!IsWord(token) || token.marks != 0 || !edit.Happens(share)) {
        edited_.push_back(token);
        continue;
      }
      ++edits;
      const uint32_t operation = edit.Below(5);  // 0 deletes, 1 inserts, the others replace
      if (operation == 0) continue;
      if (operation == 1) edited_.push_back(token);
      edited_.push_back(vocabulary_.Draw(edit));
    }
    if (edits == 0) {
      Token& token = edited_[edited_.size() / 2];
      const uint8_t marks = token.marks;
      token = vocabulary_.Draw(edit);
      token.marks = marks;
    }
    body->swap(edited_);
  }

  // Removes one paragraph, or the first half of the text if it has only one paragraph.
  void RemoveParagraph(Chance& edit, std::vector<Token>* body) {
    ends_.assign(1, 0);
    for (size_t i = 0; i + 1 < body->size(); ++i) {
      if ((*body)[i].marks & kParagraph) ends_.push_back(i + 1);
    }
    ends_.push_back(ends_.size() == 1 ? body->size() / 2 : body->size());
    const size_t removed = edit.Below(ends_.size() - 1);
    const auto iterator = [body](size_t index) { return body->begin() + static_cast<std::ptrdiff_t>(index); };
    body->erase(iterator(ends_[removed]), iterator(ends_[removed + 1]));
  }

  // Replaces a share of the content words by those that the spinner prefers.
  void Spin(Chance& edit, uint64_t spinner, double share, std::vector<Token>* words) const {
    for (Token& token : *words) {
      if (token.kind != Kind::kContent || !edit.Happens(share)) continue;
      const uint8_t marks = token.marks;
      token = vocabulary_.Replacement(spinner, token.word);
      token.marks = marks;
    }
  }

  // Inserts a third of the base, in whole sentences, as paragraphs between two sentences of `own`.
  void Embed(Chance& edit, const std::vector<Token>& base, std::vector<Token>* own) {
    const size_t length = base.size() / 3;
    size_t begin = edit.Below(base.size() - length);
    while (begin > 0 && !(base[begin - 1].marks & kStop)) --begin;
    size_t end = std::min(begin + length, base.size());
    while (end < base.size() && !(base[end - 1].marks & kStop)) ++end;

    size_t position = 1 + edit.Below(own->size() - 1);
    while (position < own->size() && !((*own)[position - 1].marks & kStop)) ++position;
    (*own)[position - 1].marks |= kParagraph;
    const auto iterator = [](auto& tokens, size_t index) {
      return tokens.begin() + static_cast<std::ptrdiff_t>(index);
    };
    own->insert(iterator(*own, position), iterator(base, begin), iterator(base, end));
    (*own)[position + (end - begin) - 1].marks |= kParagraph;
  }

  uint64_t seed_;
  const Vocabulary& vocabulary_;
  Author author_;
  std::vector<Site> sites_;
  AliasTable draw_site_;
  ShingleComparer comparer_;

  Draft own_, base_;
  std::vector<Token> edited_;
  std::vector<size_t> ends_;
  Text text_, base_text_, title_;
};

// ---------------------------------------------------------------- command line

struct Options {
  std::optional<uint64_t> articles, suspects, corpus_articles;
  uint64_t seed = 1;
  uint64_t part = 1, parts = 1;
  std::string truth;
  std::string words = UNSPIN_SOURCE_DIR "/core/unspin/language/english/word-frequencies.tsv";
};

uint64_t ParseNumber(std::string_view option, std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    Fail(std::string(option) + ": expected a whole number, not \"" + std::string(text) + "\"");
  }
  return number;
}

// Parses a number of articles or suspects. The ids have nine digits, and dates must stay in range.
uint64_t ParseCount(std::string_view option, std::string_view text) {
  const uint64_t count = ParseNumber(option, text);
  if (count == 0 || count > 1'000'000'000) Fail(std::string(option) + ": expected a number from 1 to 1000000000");
  return count;
}

Options ParseOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--help" || option == "-h") {
      std::fputs(kHelp, stdout);
      std::exit(0);
    }
    static constexpr std::string_view kOptions[] = {"--articles", "--suspects", "--of",   "--seed",
                                                    "--truth",    "--part",     "--words"};
    if (std::find(std::begin(kOptions), std::end(kOptions), option) == std::end(kOptions)) {
      Fail("unknown option \"" + std::string(option) + "\"; --help lists them");
    }
    if (++i == argc) Fail(std::string(option) + ": its value is missing");
    const std::string_view value = argv[i];
    if (option == "--articles") options.articles = ParseCount(option, value);
    if (option == "--suspects") options.suspects = ParseCount(option, value);
    if (option == "--of") options.corpus_articles = ParseCount(option, value);
    if (option == "--seed") options.seed = ParseNumber(option, value);
    if (option == "--truth") options.truth = value;
    if (option == "--words") options.words = value;
    if (option == "--part") {
      const size_t slash = value.find('/');
      if (slash == value.npos) Fail("--part: expected I/N, as in 1/2");
      options.part = ParseCount(option, value.substr(0, slash));
      options.parts = ParseCount(option, value.substr(slash + 1));
      if (options.part > options.parts) Fail("--part: there is no part " + std::string(value));
    }
  }
  if (options.articles.has_value() == options.suspects.has_value()) {
    Fail("give either --articles N or --suspects M --of N; --help shows examples");
  }
  if (options.suspects.has_value() != options.corpus_articles.has_value())
    Fail("--suspects M and --of N belong together");
  return options;
}

int Run(int argc, char** argv) {
  const Options options = ParseOptions(argc, argv);
  const Vocabulary vocabulary(options.words);
  Corpus corpus(options.seed, vocabulary);

  std::FILE* truth_file = nullptr;
  if (!options.truth.empty()) {
    truth_file = std::fopen(options.truth.c_str(), "wb");
    if (truth_file == nullptr) Fail(options.truth + ": " + std::strerror(errno));
  }
  constexpr size_t kFlushBytes = size_t{1} << 20;
  Text out, truth;
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  const uint64_t count = options.articles ? *options.articles : *options.suspects;
  const uint64_t begin = count * (options.part - 1) / options.parts;
  const uint64_t end = count * options.part / options.parts;
  for (uint64_t number = begin; number < end; ++number) {
    Text* const truth_out = truth_file != nullptr ? &truth : nullptr;
    if (options.articles) {
      corpus.WriteArticle(number, &out, truth_out);
    } else {
      corpus.WriteSuspect(number, *options.corpus_articles, &out, truth_out);
    }
    if (out.view().size() >= kFlushBytes) out.Flush(stdout, "standard output");
    if (truth.view().size() >= kFlushBytes) truth.Flush(truth_file, options.truth);
  }
  out.Flush(stdout, "standard output");
  if (truth_file != nullptr) {
    truth.Flush(truth_file, options.truth);
    if (std::fclose(truth_file) != 0) Fail(options.truth + ": " + std::strerror(errno));
  }
  if (std::fclose(stdout) != 0) Fail(std::string("standard output: ") + std::strerror(errno));
  return 0;
}

}  // namespace
}  // namespace unspin

int main(int argc, char** argv) { return unspin::Run(argc, argv); }
