#include "unspin/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace unspin {
namespace {

constexpr size_t kDigestSize = 32;  // bytes

const EVP_MD* Algorithm() {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // a slow look-up
  return sha256;
}

// OpenSSL fails only if memory runs out or it lacks the algorithm. A wrong digest would be worse than an abort.
void Require(bool done) {
  if (!done) std::abort();
}

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string HexOf(const Digest& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(2 * kDigestSize, '0');
  for (size_t i = 0; i < kDigestSize; ++i) {
    hex[2 * i] = kDigits[digest[i] >> 4];
    hex[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return hex;
}

}  // namespace

std::string Sha256Hex(std::string_view bytes) {
  Digest digest;
  unsigned size = 0;
  Require(Algorithm() != nullptr &&
          EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, Algorithm(), nullptr) == 1 &&
          size == kDigestSize);
  return HexOf(digest);
}

struct Sha256::State {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  Require(Algorithm() != nullptr && state_->context != nullptr &&
          EVP_DigestInit_ex2(state_->context, Algorithm(), nullptr) == 1);
}
Sha256::~Sha256() = default;

void Sha256::Add(std::string_view bytes) {
  Require(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::Hex() {
  Digest digest;
  unsigned size = 0;
  Require(EVP_DigestFinal_ex(state_->context, digest.data(), &size) == 1 && size == kDigestSize);
  return HexOf(digest);
}

}  // namespace unspin
