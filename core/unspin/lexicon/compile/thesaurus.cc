#include "unspin/lexicon/compile/thesaurus.h"

#include <fstream>
#include <sstream>
#include <string_view>

namespace unspin::compile {

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
    WordClass word_class = WordClass::kAdjective;
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
      sources.lemmas[head].classes |= Bit(word_class);
      any = true;
    }
  }
  return any;
}

}  // namespace unspin::compile
