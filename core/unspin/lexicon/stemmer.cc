#include "unspin/lexicon/stemmer.h"

#include <libstemmer.h>

#include "unspin/language/language.h"

namespace unspin {

Stemmer::Stemmer(const Language& language) : stemmer_(sb_stemmer_new(language.snowball, "UTF_8")) {}

void Stemmer::Deleter::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

std::string_view Stemmer::Stem(std::string_view word) {
  if (stemmer_ == nullptr) return word;  // out of memory: a word is at least its own stem
  const auto* letters = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), letters, static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  return {reinterpret_cast<const char*>(stem), static_cast<size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace unspin
