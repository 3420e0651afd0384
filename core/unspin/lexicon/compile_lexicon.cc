// Build-time program: WordNet, a MyThes thesaurus, word frequencies and function words → the tables of tables.h.
//
//   unspin_compile_lexicon WORDNET-DIR MYTHES-FILE FREQUENCIES FUNCTION-WORDS OUTPUT
//
// WordNet or the thesaurus may be absent: the tables are then poorer and their provenance says so.

#include <fstream>
#include <string>
#include <vector>

#include "unspin/lexicon/compile/sources.h"
#include "unspin/lexicon/compile/thesaurus.h"
#include "unspin/lexicon/compile/wordnet.h"
#include "unspin/lexicon/compile/write_tables.h"

namespace unspin::compile {
namespace {

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
  const std::string bytes = MakeTables(sources);
  std::ofstream output(arguments[4], std::ios::binary);
  output.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  output.close();
  if (!output) Fail("cannot write " + arguments[4]);
  return 0;
}

}  // namespace
}  // namespace unspin::compile

int main(int argc, char** argv) { return unspin::compile::Main({argv + 1, argv + argc}); }
