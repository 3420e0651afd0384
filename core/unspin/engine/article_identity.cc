#include "unspin/engine/article_identity.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr size_t kHexDigits64 = 16;  // of a 64-bit number

uint64_t FromHexadecimal(std::string_view digits) {
  uint64_t number = 0;
  for (const char digit : digits) {
    number = number << 4 | static_cast<uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  return number;
}

}  // namespace

IdHash HashId(std::string_view id) {
  const Hash128Value hash = Hash128(id);
  return {hash.high, hash.low};
}

ArticleIdentity ArticleIdentity::Of(std::string_view id, uint64_t text_bytes, std::string_view sha256, uint32_t version,
                                    uint32_t article) {
  // A stored hash may be too short where a file is damaged.
  const auto digits = [sha256](size_t begin) { return sha256.substr(std::min(begin, sha256.size()), kHexDigits64); };
  const IdHash text = {FromHexadecimal(digits(0)), FromHexadecimal(digits(kHexDigits64))};
  return {HashId(id), text, version, article, text_bytes};
}

void ArticleIdentity::AppendTo(std::string& section) const {
  for (const uint64_t half : {id.high, id.low, text.high, text.low}) AppendNumber(section, half);
  AppendNumber(section, version);
  AppendNumber(section, article);
  AppendNumber(section, text_bytes);
}

ArticleIdentity ArticleIdentity::Decode(std::string_view row) {
  assert(row.size() >= kEncodedSize);
  ByteReader reader(row);
  ArticleIdentity identity;
  for (uint64_t* half : {&identity.id.high, &identity.id.low, &identity.text.high, &identity.text.low}) {
    *half = reader.Read<uint64_t>().value_or(0);
  }
  identity.version = reader.Read<uint32_t>().value_or(0);
  identity.article = reader.Read<uint32_t>().value_or(0);
  identity.text_bytes = reader.Read<uint64_t>().value_or(0);
  return identity;
}

bool ArticleIdentity::Precedes(const ArticleIdentity& other) const {
  return id != other.id ? id < other.id : version < other.version;
}

uint64_t ArticleIdentity::Fingerprint() const {
  return Mix64(id.high ^ Mix64(id.low ^ Mix64(text.high ^ Mix64(text.low ^ Mix64(version)))));
}

}  // namespace unspin
