#include "unspin/engine/originals.h"

#include "unspin/align/exclude_words.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/word_hashes.h"

namespace unspin {

SuspectWords::SuspectWords(const Article& suspect, std::span<const ByteSpan> excluded, LexiconCache& lexicon)
    : article(suspect),
      analyzed(AnalyzeWithout(suspect.text, excluded, lexicon)),
      hashes(WordHashesOf(analyzed.text)),
      runs(HashShingles(analyzed.with_excluded ? WholeHashes() : hashes, kShingleWords)) {}

std::vector<uint64_t> SuspectWords::WholeHashes() const { return WordHashesOf(analyzed.whole().text); }

}  // namespace unspin
