// The layout of the lexicon's compiled tables, written by compile_lexicon.cc and read in place by lexicon.cc.
#pragma once

#include <cstdint>

namespace unspin {

// Little-endian. The sections follow the header in this order, each beginning at a multiple of eight bytes:
//
//   lemma hashes        u64 × lemmas        ascending; a lemma's id is its index here
//   neighbour starts    u32 × lemmas + 1    neighbours of lemma i: [starts[i], starts[i + 1])
//   neighbours          u32 × neighbours    ids of strong synonyms, ascending per lemma, in both directions
//   lemma classes       u8  × lemmas        WordClass bits
//   irregular hashes    u64 × irregulars    ascending, repeated where a form has several bases ("axes")
//   irregular bases     u32 × irregulars    offset of the base form in the text; it ends with a zero byte
//   word hashes         u64 × words         ascending
//   word idfs           f32 × words
//   function words      u64 × function words, ascending
//   text                u8  × text size     base forms, then the provenance, each ended by a zero byte
struct LexiconTablesHeader {
  char magic[8];
  uint64_t fingerprint;  // Hash64 of all that follows the header
  uint32_t articles;     // that the word frequencies were counted over
  float unknown_idf;
  uint32_t lemmas;
  uint32_t neighbours;
  uint32_t irregulars;
  uint32_t words;
  uint32_t function_words;
  uint32_t text_size;
  uint32_t provenance;  // its offset in the text
  uint32_t reserved;
};
static_assert(sizeof(LexiconTablesHeader) == 56);

inline constexpr char kLexiconMagic[8] = {'u', 'n', 's', 'p', 'i', 'n', 'L', '1'};

}  // namespace unspin
