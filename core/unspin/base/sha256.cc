#include "unspin/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace unspin {
namespace {

constexpr size_t kDigestSize = 32;  // bytes

}  // namespace

std::string Sha256Hex(std::string_view bytes) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // a slow look-up
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  // Fails only if memory runs out or OpenSSL lacks the algorithm. A wrong digest would be worse than an abort.
  if (sha256 == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, sha256, nullptr) != 1 ||
      size != kDigestSize)
    std::abort();
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(2 * kDigestSize, '0');
  for (size_t i = 0; i < kDigestSize; ++i) {
    hex[2 * i] = kDigits[digest[i] >> 4];
    hex[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return hex;
}

}  // namespace unspin
