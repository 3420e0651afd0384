#include "unspin/lexicon/compile/write_tables.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"
#include "unspin/lexicon/tables.h"

namespace unspin::compile {
namespace {

// Words that the frequency table lacks occur in none to five of its articles; two is assumed.
constexpr double kArticlesOfUnknownWord = 2;

// The tables under construction: one section after the other, each aligned to eight bytes.
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

// Sorts by hash, and fails if two spellings have one hash, because look-ups compare hashes only.
template <typename Value>
void SortByHash(std::vector<std::pair<uint64_t, Value>>& rows, bool repeats_allowed) {
  std::sort(rows.begin(), rows.end());
  const auto equal =
      std::adjacent_find(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  if (!repeats_allowed && equal != rows.end()) Fail("two entries with one hash, or a word given twice");
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

}  // namespace

std::string MakeTables(Sources& sources) {
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

}  // namespace unspin::compile
