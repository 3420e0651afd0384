// Build-time program: WordNet, a MyThes thesaurus, word frequencies and function words → the tables of tables.h.
//
//   unspin_compile_lexicon WORDNET-DIR MYTHES-FILE FREQUENCIES FUNCTION-WORDS OUTPUT
//
// WordNet or the thesaurus may be absent: the tables are then poorer and their provenance says so.

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"
#include "unspin/language/inflections.h"
#include "unspin/lexicon/tables.h"

namespace unspin {
namespace {

// A hypernym with more children than this names a kind of thing ("person", "move"), not a synonym. With these two
// 39 of 100 real spinner substitutions and 7 of 1,000 pairs of random news words are strong; without them 42 and 9.
constexpr size_t kMaxNounHyponyms = 25;
constexpr size_t kMaxVerbHyponyms = 12;

// Words that the frequency table leaves out stand in zero to five of its articles; count them as in two.
constexpr double kArticlesOfUnknownWord = 2;

constexpr std::array<std::pair<const char*, WordClass>, 4> kClasses = {
    {{"noun", kNoun}, {"verb", kVerb}, {"adj", kAdjective}, {"adv", kAdverb}}};

struct Lemma {
  uint8_t classes = 0;
  std::set<std::string> neighbours;
};

struct Sources {
  std::map<std::string, Lemma> lemmas;
  std::vector<std::pair<std::string, std::string>> irregulars;  // form, base
  std::vector<std::pair<std::string, uint32_t>> frequencies;
  uint32_t articles = 0;
  std::unordered_set<std::string> function_words;
  std::string provenance;
};

// One set of synonyms of one word class, and what it points at.
struct Synset {
  struct Pointer {
    std::string relation;
    std::string target;  // class and offset, as the keys of Synsets
    size_t source_word;  // one-based; 0 stands for the whole synset
    size_t target_word;
  };
  WordClass word_class;
  std::vector<std::string> words;
  std::vector<Pointer> pointers;
  size_t hyponyms = 0;
};
using Synsets = std::map<std::string, Synset>;

[[noreturn]] void Fail(const std::string& message) {
  std::fprintf(stderr, "unspin_compile_lexicon: %s\n", message.c_str());
  std::exit(1);
}

void Warn(const std::string& message) {
  std::fprintf(stderr, "unspin_compile_lexicon: warning: %s\n", message.c_str());
}

// Spells a dictionary's lemma as the tokenizer spells a running text: lower case, words apart where a hyphen or an
// underscore joins them, no full stop at a word's end. Empty where nothing is left.
std::string Spell(std::string_view lemma) {
  std::string spelled;
  for (const char c : lemma) {
    if (c == '_' || c == '-' || c == ' ' || c == '/') {
      while (!spelled.empty() && (spelled.back() == '.' || spelled.back() == '\'')) spelled.pop_back();
      if (!spelled.empty() && spelled.back() != ' ') spelled += ' ';
    } else if (c == '\'' || c == '.') {
      if (!spelled.empty() && spelled.back() != ' ') spelled += c;
    } else if (c != ',' && c != '(' && c != ')' && c != '!' && c != '?') {
      spelled += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  while (!spelled.empty() && (spelled.back() == '.' || spelled.back() == '\'' || spelled.back() == ' ')) {
    spelled.pop_back();
  }
  return spelled;
}

// Nouns spelled like function words are other words: "it" (information technology), "he" (helium), "us" (America).
bool IsHomograph(const Sources& sources, const std::string& word, WordClass word_class) {
  return word_class == kNoun && sources.function_words.contains(word);
}

void Join(Sources& sources, const std::string& a, const std::string& b, WordClass class_a, WordClass class_b) {
  if (a.empty() || b.empty() || a == b) return;
  if (IsHomograph(sources, a, class_a) || IsHomograph(sources, b, class_b)) return;
  sources.lemmas[a].neighbours.insert(b);
  sources.lemmas[b].neighbours.insert(a);
}

void ReadFunctionWords(const std::string& path, Sources& sources) {
  std::ifstream file(path);
  if (!file) Fail("cannot read " + path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) sources.function_words.insert(word);
  }
}

void ReadFrequencies(const std::string& path, Sources& sources) {
  std::ifstream file(path);
  if (!file) Fail("cannot read " + path);
  constexpr std::string_view kArticles = "# articles: ";
  const auto number_at = [&](const std::string& line, size_t begin) {
    uint32_t value = 0;
    if (std::from_chars(line.data() + begin, line.data() + line.size(), value).ec != std::errc()) {
      Fail(path + ": not a number: " + line);
    }
    return value;
  };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(kArticles)) sources.articles = number_at(line, kArticles.size());
    if (line.empty() || line.starts_with('#')) continue;
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) Fail(path + ": no tab: " + line);
    sources.frequencies.emplace_back(line.substr(0, tab), number_at(line, tab + 1));
  }
  if (sources.articles == 0) Fail(path + ": no line '# articles: N'");
}

// A line of data.noun and its like:
//   offset file class word-count(hex) {word id}… pointer-count {relation offset class source-target(hex)}… | gloss
std::optional<Synset> ParseSynset(const std::string& line, WordClass word_class) {
  std::istringstream fields(line);
  std::string offset, lexicographer, letter, count, word, id;
  if (!(fields >> offset >> lexicographer >> letter >> count)) return std::nullopt;
  Synset synset{.word_class = word_class, .words = {}, .pointers = {}};
  for (long words = std::strtol(count.c_str(), nullptr, 16); words > 0 && fields >> word >> id; --words) {
    synset.words.push_back(Spell(word.substr(0, word.find('('))));  // "galore(ip)": where an adjective may stand
  }
  size_t pointers = 0;
  fields >> pointers;
  for (std::string relation, target, places; pointers > 0 && fields >> relation >> target >> letter >> places;
       --pointers) {
    if (letter == "s") letter = "a";
    const long joined = std::strtol(places.c_str(), nullptr, 16);
    synset.pointers.push_back(
        {relation, letter + target, static_cast<size_t>(joined >> 8), static_cast<size_t>(joined & 0xff)});
  }
  return fields ? std::optional(std::move(synset)) : std::nullopt;
}

// The version that the licence at the head of a data file names, "3.0".
std::string VersionIn(const std::string& line) {
  constexpr std::string_view kName = "WordNet ";
  const size_t at = line.find(kName);
  if (at == std::string::npos || at + kName.size() >= line.size()) return {};
  const std::string rest = line.substr(at + kName.size());
  const size_t end = rest.find_first_not_of("0123456789.");
  const std::string version = rest.substr(0, end);
  return version.find('.') == std::string::npos || version.front() == '.' ? std::string() : version;
}

void JoinSynset(const Synset& synset, const Synsets& synsets, Sources& sources) {
  // Relations that stand for a synonym in spun text: similar to, verb group, derived form, pertaining to, see also,
  // cause, entailment. Antonyms, parts, domains and instances do not.
  static const std::unordered_set<std::string> kClose = {"&", "$", "+", "\\", "^", ">", "*"};
  for (const std::string& a : synset.words) {
    for (const std::string& b : synset.words) Join(sources, a, b, synset.word_class, synset.word_class);
  }
  for (const Synset::Pointer& pointer : synset.pointers) {
    const auto found = synsets.find(pointer.target);
    if (found == synsets.end()) continue;
    const Synset& target = found->second;
    const size_t most = target.word_class == kNoun ? kMaxNounHyponyms : kMaxVerbHyponyms;
    if (pointer.relation == "@" ? target.hyponyms > most : !kClose.contains(pointer.relation)) continue;
    for (size_t i = 0; i < synset.words.size(); ++i) {
      for (size_t j = 0; j < target.words.size(); ++j) {
        const bool named = pointer.source_word == 0 || (pointer.source_word == i + 1 && pointer.target_word == j + 1);
        if (named) Join(sources, synset.words[i], target.words[j], synset.word_class, target.word_class);
      }
    }
  }
}

void ReadIrregulars(const std::string& path, Sources& sources) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string form, base;
    fields >> form;
    while (fields >> base) sources.irregulars.emplace_back(Spell(form), Spell(base));
  }
}

bool ReadWordNet(const std::string& folder, Sources& sources) {
  Synsets synsets;
  std::string version;
  for (const auto& [name, word_class] : kClasses) {
    std::ifstream file(folder + "/data." + name);
    const std::string letter(1, word_class == kAdverb ? 'r' : name[0]);
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(' ')) {
        if (version.empty()) version = VersionIn(line);
        continue;
      }
      if (auto synset = ParseSynset(line, word_class)) synsets.emplace(letter + line.substr(0, 8), std::move(*synset));
    }
    ReadIrregulars(folder + "/" + name + ".exc", sources);
  }
  if (synsets.empty()) return false;
  for (auto& [key, synset] : synsets) {
    synset.hyponyms = static_cast<size_t>(std::count_if(synset.pointers.begin(), synset.pointers.end(),
                                                        [](const auto& pointer) { return pointer.relation == "~"; }));
    for (const std::string& word : synset.words) {
      if (!word.empty() && !IsHomograph(sources, word, synset.word_class)) {
        sources.lemmas[word].classes |= synset.word_class;
      }
    }
  }
  for (const auto& [key, synset] : synsets) JoinSynset(synset, synsets, sources);
  sources.provenance = "wordnet" + (version.empty() ? "" : " " + version);
  return true;
}

// MyThes: the encoding, then entries "word|meanings", each followed by its meanings "(class)|synonym|synonym (note)".
bool ReadThesaurus(const std::string& path, bool have_wordnet, Sources& sources) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return false;
  std::string head;
  bool any = false;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string first, synonym;
    std::getline(fields, first, '|');
    if (!first.starts_with('(') && !first.starts_with('-')) {
      head = Spell(first);
      continue;
    }
    WordClass word_class = kAdjective;
    for (const auto& [name, named] : kClasses) {
      if (first == std::string("(") + name + ")") word_class = named;
    }
    if (head.empty() || IsHomograph(sources, head, word_class)) continue;
    while (std::getline(fields, synonym, '|')) {
      const size_t note = synonym.rfind(" (");
      const std::string_view kind =
          note == std::string::npos ? std::string_view() : std::string_view(synonym).substr(note);
      if (kind == " (antonym)") continue;
      // Generic terms are WordNet's hypernyms without its measure of how general they are.
      if (kind == " (generic term)" && have_wordnet) continue;
      const std::string spelled = Spell(std::string_view(synonym).substr(0, note));
      if (spelled.empty()) continue;
      Join(sources, head, spelled, word_class, word_class);
      sources.lemmas[head].classes |= word_class;
      any = true;
    }
  }
  return any;
}

// The tables under construction: sections appended one after the other, each aligned to eight bytes.
class Tables {
 public:
  template <typename Number>
  void Append(const std::vector<Number>& section) {
    for (const Number value : section) AppendNumber(bytes_, value);
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Sorts by hash, and refuses two different spellings of one hash: look-ups compare hashes only.
template <typename Value>
void SortByHash(std::vector<std::pair<uint64_t, Value>>& rows, bool repeats_allowed) {
  std::sort(rows.begin(), rows.end());
  const auto twin =
      std::adjacent_find(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  if (!repeats_allowed && twin != rows.end()) Fail("two entries with one hash, or a word given twice");
}

template <typename First, typename Second>
std::pair<std::vector<First>, std::vector<Second>> Unzip(const std::vector<std::pair<First, Second>>& rows) {
  std::pair<std::vector<First>, std::vector<Second>> columns;
  for (const auto& [first, second] : rows) {
    columns.first.push_back(first);
    columns.second.push_back(second);
  }
  return columns;
}

void AppendLemmas(const Sources& sources, LexiconTablesHeader& header, Tables& tables) {
  std::vector<std::pair<uint64_t, const std::pair<const std::string, Lemma>*>> order;
  for (const auto& entry : sources.lemmas) order.emplace_back(HashWord(entry.first), &entry);
  SortByHash(order, false);
  std::unordered_map<std::string_view, uint32_t> ids;
  for (uint32_t id = 0; id < order.size(); ++id) ids[order[id].second->first] = id;

  std::vector<uint64_t> hashes;
  std::vector<uint32_t> starts, neighbours;
  std::vector<uint8_t> classes;
  for (const auto& [hash, entry] : order) {
    hashes.push_back(hash);
    classes.push_back(entry->second.classes);
    starts.push_back(static_cast<uint32_t>(neighbours.size()));
    for (const std::string& word : entry->second.neighbours) neighbours.push_back(ids.at(word));
    std::sort(neighbours.begin() + starts.back(), neighbours.end());
  }
  starts.push_back(static_cast<uint32_t>(neighbours.size()));
  header.lemmas = static_cast<uint32_t>(hashes.size());
  header.neighbours = static_cast<uint32_t>(neighbours.size());
  tables.Append(hashes);
  tables.Append(starts);
  tables.Append(neighbours);
  tables.Append(classes);
}

void AppendIrregulars(Sources& sources, std::string& text, LexiconTablesHeader& header, Tables& tables) {
  std::sort(sources.irregulars.begin(), sources.irregulars.end());
  sources.irregulars.erase(std::unique(sources.irregulars.begin(), sources.irregulars.end()), sources.irregulars.end());
  std::vector<std::pair<uint64_t, uint32_t>> rows;
  for (const auto& [form, base] : sources.irregulars) {
    if (form == base || form.find(' ') != std::string::npos || !sources.lemmas.contains(base)) continue;
    rows.emplace_back(HashWord(form), static_cast<uint32_t>(text.size()));
    text += base + '\0';
  }
  SortByHash(rows, true);
  const auto [hashes, bases] = Unzip(rows);
  header.irregulars = static_cast<uint32_t>(rows.size());
  tables.Append(hashes);
  tables.Append(bases);
}

void AppendFrequencies(const Sources& sources, LexiconTablesHeader& header, Tables& tables) {
  const auto idf = [&](double articles) {
    return static_cast<float>(std::max(0.0, std::log((sources.articles + 1.0) / (articles + 1.0))));
  };
  std::vector<std::pair<uint64_t, float>> rows;
  for (const auto& [word, articles] : sources.frequencies) rows.emplace_back(HashWord(word), idf(articles));
  SortByHash(rows, false);
  const auto [hashes, idfs] = Unzip(rows);
  header.articles = sources.articles;
  header.words = static_cast<uint32_t>(rows.size());
  header.unknown_idf = idf(kArticlesOfUnknownWord);
  tables.Append(hashes);
  tables.Append(idfs);
}

std::string Compile(Sources& sources) {
  LexiconTablesHeader header{};
  std::memcpy(header.magic, kLexiconMagic, sizeof header.magic);
  Tables tables;
  std::string text;
  AppendLemmas(sources, header, tables);
  AppendIrregulars(sources, text, header, tables);
  AppendFrequencies(sources, header, tables);

  std::vector<uint64_t> function_words;
  for (const std::string& word : sources.function_words) function_words.push_back(HashWord(word));
  std::sort(function_words.begin(), function_words.end());
  header.function_words = static_cast<uint32_t>(function_words.size());
  tables.Append(function_words);

  header.provenance = static_cast<uint32_t>(text.size());
  text += sources.provenance + '\0';
  header.text_size = static_cast<uint32_t>(text.size());
  tables.Append(std::vector<char>(text.begin(), text.end()));
  header.fingerprint = Hash64(tables.bytes());
  return std::string(reinterpret_cast<const char*>(&header), sizeof header) + tables.bytes();
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.size() != 5) Fail("usage: WORDNET-DIR MYTHES-FILE FREQUENCIES FUNCTION-WORDS OUTPUT");
  Sources sources;
  ReadFunctionWords(arguments[3], sources);
  ReadFrequencies(arguments[2], sources);
  const bool have_wordnet = ReadWordNet(arguments[0], sources);
  if (!have_wordnet) {
    sources.provenance = "without WordNet (fewer synonyms, no irregular inflections)";
    Warn("no WordNet in " + arguments[0]);
  }
  if (ReadThesaurus(arguments[1], have_wordnet, sources)) {
    sources.provenance += " + mythes-en-us";
  } else {
    sources.provenance += ", without a thesaurus ";
    sources.provenance += have_wordnet ? "(fewer synonyms)" : "(no synonyms)";
    Warn("no thesaurus at " + arguments[1]);
  }
  const std::string bytes = Compile(sources);
  std::ofstream output(arguments[4], std::ios::binary);
  output.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  output.close();
  if (!output) Fail("cannot write " + arguments[4]);
  return 0;
}

}  // namespace
}  // namespace unspin

int main(int argc, char** argv) { return unspin::Main({argv + 1, argv + argc}); }
