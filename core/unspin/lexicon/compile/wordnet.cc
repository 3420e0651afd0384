#include "unspin/lexicon/compile/wordnet.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace unspin::compile {
namespace {

// A hypernym with more children than this names a kind of thing ("person", "move"), not a synonym. With these two
// 39 of 100 real spinner substitutions and 7 of 1,000 pairs of random news words are strong; without them 42 and 9.
constexpr size_t kMaxNounHyponyms = 25;
constexpr size_t kMaxVerbHyponyms = 12;

// One set of synonyms of one word class, and the sets it is related to.
struct Synset {
  struct Pointer {
    std::string relation;
    std::string target;  // class and offset: a key of Synsets
    size_t source_word;  // from 1; 0 means all words
    size_t target_word;
  };
  WordClass word_class;
  std::vector<std::string> words;
  std::vector<Pointer> pointers;
  size_t hyponyms = 0;
};
using Synsets = std::map<std::string, Synset>;

// A line of data.noun and its like:
//   offset file class word-count(hex) {word id}… pointer-count {relation offset class source-target(hex)}… | gloss
std::optional<Synset> ParseSynset(const std::string& line, WordClass word_class) {
  std::istringstream fields(line);
  std::string offset, lexicographer, letter, count, word, id;
  if (!(fields >> offset >> lexicographer >> letter >> count)) return std::nullopt;
  Synset synset{.word_class = word_class, .words = {}, .pointers = {}};
  for (long words = std::strtol(count.c_str(), nullptr, 16); words > 0 && fields >> word >> id; --words) {
    synset.words.push_back(Spell(word.substr(0, word.find('('))));  // "galore(ip)": positions of an adjective
  }
  size_t pointers = 0;
  fields >> pointers;
  for (std::string relation, target, positions; pointers > 0 && fields >> relation >> target >> letter >> positions;
       --pointers) {
    if (letter == "s") letter = "a";
    const long joined = std::strtol(positions.c_str(), nullptr, 16);
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
  // Relations that are synonyms in spun text: similar to, verb group, derived form, pertaining to, see also,
  // cause, entailment. Antonyms, parts, domains and instances do not.
  static const std::unordered_set<std::string> kClose = {"&", "$", "+", "\\", "^", ">", "*"};
  for (const std::string& a : synset.words) {
    for (const std::string& b : synset.words) Join(sources, a, b, synset.word_class, synset.word_class);
  }
  for (const Synset::Pointer& pointer : synset.pointers) {
    const auto found = synsets.find(pointer.target);
    if (found == synsets.end()) continue;
    const Synset& target = found->second;
    const size_t max_hyponyms = target.word_class == WordClass::kNoun ? kMaxNounHyponyms : kMaxVerbHyponyms;
    if (pointer.relation == "@" ? target.hyponyms > max_hyponyms : !kClose.contains(pointer.relation)) continue;
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

}  // namespace

bool ReadWordNet(const std::string& folder, Sources& sources) {
  Synsets synsets;
  std::string version;
  for (const auto& [name, word_class] : kClasses) {
    std::ifstream file(folder + "/data." + name);
    const std::string letter(1, word_class == WordClass::kAdverb ? 'r' : name[0]);
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
        sources.lemmas[word].classes |= Bit(synset.word_class);
      }
    }
  }
  for (const auto& [key, synset] : synsets) JoinSynset(synset, synsets, sources);
  sources.provenance = "wordnet" + (version.empty() ? "" : " " + version);
  return true;
}

}  // namespace unspin::compile
