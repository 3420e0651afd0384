#include "unspin/io/decoding_stream.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/io/codec.h"

namespace unspin {

DecodingStream::DecodingStream(std::unique_ptr<StoredBytes> stored) : stored_(std::move(stored)) {}

absl::StatusOr<size_t> DecodingStream::Read(std::span<char> into) {
  assert(!into.empty());
  if (!failure_.ok()) return failure_;
  if (finished_) return size_t{0};
  auto got = Decode(into);
  if (!got.ok()) {
    failure_ = got.status();
    return failure_;
  }
  if (*got == 0) {
    if (!failure_.ok()) return failure_;
    finished_ = true;
  }
  decoded_ += *got;
  return got;
}

absl::StatusOr<size_t> DecodingStream::FailLater(size_t decoded, absl::Status status) {
  failure_ = std::move(status);
  return decoded;
}

absl::Status DecodingStream::Damage(std::string_view format, std::string_view what, size_t also_decoded) const {
  const std::string message = stored_->name() + ": the " + std::string(format) + " data " + std::string(what) +
                              " at about byte " + std::to_string(stored_->taken()) + " (" +
                              std::to_string(decoded_ + also_decoded) +
                              " bytes decoded); copy or download the file again";
  return absl::DataLossError(AbslView(message));
}

absl::StatusOr<bool> DecodingStream::AnotherMemberFollows(bool (*starts_member)(std::string_view head)) {
  for (;;) {
    if (absl::Status status = stored_->LookAhead(kCodecSignatureBytes); !status.ok()) return status;
    const std::string_view ahead = stored_->ahead();
    if (ahead.empty()) return false;
    if (starts_member(ahead)) return true;
    const size_t zeros = std::min(ahead.find_first_not_of('\0'), ahead.size());
    if (zeros == 0) {
      const std::string message = stored_->name() +
                                  ": bytes that are not compressed follow the compressed data at byte " +
                                  std::to_string(stored_->taken()) + "; remove them or copy the file again";
      return absl::DataLossError(AbslView(message));
    }
    stored_->Take(zeros);
  }
}

}  // namespace unspin
