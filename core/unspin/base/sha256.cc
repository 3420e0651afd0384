#include "unspin/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cstdlib>

namespace unspin {

std::string Sha256Hex(std::string_view bytes) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // looked up once
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  // Fails only where the library cannot give memory or lacks the algorithm: a wrong digest would be worse than an end.
  if (sha256 == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, sha256, nullptr) != 1 ||
      size != 32)
    std::abort();
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex(64, '0');
  for (size_t i = 0; i < 32; ++i) {
    hex[2 * i] = kDigits[digest[i] >> 4];
    hex[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return hex;
}

}  // namespace unspin
