// What is known of a language before any article is read. Each language is one source file of this folder, which fills
// in all of it: english.cc.
#pragma once

#include <string_view>

#include "unspin/language/fact_words.h"
#include "unspin/language/inflections.h"
#include "unspin/language/numerals.h"
#include "unspin/language/word_set.h"
#include "unspin/language/zone_words.h"

namespace unspin {

// A value; what it refers to are constants of the program. It is built once and only read afterwards, by any thread.
struct Language {
  const char* code = "";            // ISO 639-1: "en"
  const char* name = "";            // "English"
  const char* snowball = "";        // name of the Snowball stemming algorithm: "english"
  std::string_view lexicon_tables;  // frequencies, function words, synonyms: core/unspin/lexicon/tables.h
  std::string_view standing_runs;   // runs of standing text: core/unspin/standing/run_table.h; empty: none are known
  double min_function_words = 0;    // share of words below which a text is in another language
  Inflections inflections;          // what the tables do not list
  NumberReader read_number = nullptr;
  std::string_view percent;   // the word that a percent sign behind a number becomes
  WordSet percent_spellings;  // all words that mean it
  WordSet abbreviations;      // after which a full stop does not end a sentence
  ZoneWords zone_words;
  FactWords fact_words;
};

}  // namespace unspin
