// The identity of an article that may come again: 128 bits of its id, its address and the hash of its text.
#pragma once

#include <string_view>

#include "render/json_writer.h"
#include "unspin/base/hash.h"

namespace unspin::watch {

struct ArticleKey {
  uint64_t high = 0, low = 0;
  friend bool operator==(const ArticleKey&, const ArticleKey&) = default;
  template <typename H>
  friend H AbslHashValue(H hash, const ArticleKey& key) {
    return H::combine(std::move(hash), key.high, key.low);
  }
};

// `sha256`: of the text. Broken UTF-8 counts as in a report, so that an article and the report on it have the same key.
inline ArticleKey KeyOf(std::string_view id, std::string_view url, std::string_view sha256) {
  JsonWriter json;
  json.BeginArray();
  for (const std::string_view part : {id, url, sha256}) json.Text(part);
  json.EndArray();
  const Hash128Value hash = Hash128(json.Take());
  return {hash.high, hash.low};
}

// The key of a file's path.
inline ArticleKey KeyOfPath(std::string_view path) {
  const Hash128Value hash = Hash128(path);
  return {hash.high, hash.low};
}

}  // namespace unspin::watch
