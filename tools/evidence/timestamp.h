// Timestamps of RFC 3161: the request for a file, and whether a reply to it is right.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace unspin::evidence {

// The request (DER) to stamp `bytes`: their SHA-256, with the signer's certificate in the reply, without a nonce. Equal
// bytes give an equal request.
std::string TimestampRequest(std::string_view bytes);

inline constexpr size_t kMaxTimestampBytes = 1 << 20;  // of a reply; usual ones have some 6 KB

// A reply that is right.
struct Timestamp {
  std::string time;         // "2026-11-30T14:05:09Z", with fractions of a second where the reply has them
  std::string signer;       // the subject of its certificate: "CN=…, O=…"
  bool is_trusted = false;  // whether the authorities that were given certify the signer, for that time
};

// Whether `authorities` are certificates (PEM), one or more.
absl::Status CheckCertificates(std::string_view authorities);

// Whether the reply (DER) stamps these bytes, and its signature is right, by a certificate in the reply that is made
// for timestamps. Fails with what is wrong. `authorities`: certificates (PEM) that are trusted; where they are given, a
// signer that none of them certifies is an error. Whether a certificate was revoked is not asked.
absl::StatusOr<Timestamp> CheckTimestamp(std::string_view reply, std::string_view bytes, std::string_view authorities);

}  // namespace unspin::evidence
