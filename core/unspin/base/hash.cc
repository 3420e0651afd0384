// The only file that includes xxhash, all of it inline: callers need neither its header nor its library.
#include "unspin/base/hash.h"

#ifndef XXH_INLINE_ALL
#define XXH_INLINE_ALL
#endif
#include <xxhash.h>

namespace unspin {

uint64_t Hash64(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

struct StreamingHash64::State {
  XXH3_state_t xxh3;
};

StreamingHash64::StreamingHash64() : state_(std::make_unique<State>()) { Reset(); }
StreamingHash64::StreamingHash64(StreamingHash64&&) noexcept = default;
StreamingHash64& StreamingHash64::operator=(StreamingHash64&&) noexcept = default;
StreamingHash64::~StreamingHash64() = default;

void StreamingHash64::Update(std::string_view chunk) { XXH3_64bits_update(&state_->xxh3, chunk.data(), chunk.size()); }
uint64_t StreamingHash64::Digest() const { return XXH3_64bits_digest(&state_->xxh3); }
void StreamingHash64::Reset() { XXH3_64bits_reset(&state_->xxh3); }

Hash128Value Hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

}  // namespace unspin
