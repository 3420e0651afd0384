#include "unspin/lexicon/compile/sources.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

namespace unspin::compile {

void Fail(const std::string& message) {
  std::fprintf(stderr, "unspin_compile_lexicon: %s\n", message.c_str());
  std::exit(1);
}

void Warn(const std::string& message) {
  std::fprintf(stderr, "unspin_compile_lexicon: warning: %s\n", message.c_str());
}

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

bool IsHomograph(const Sources& sources, const std::string& word, WordClass word_class) {
  return word_class == WordClass::kNoun && sources.function_words.contains(word);
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

}  // namespace unspin::compile
