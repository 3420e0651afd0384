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

ByteStream::Recovery DecodingStream::Recover(std::string_view beginning) {
  assert(!failure_.ok());
  const Recovery recovery = FindMember(beginning);
  if (recovery.found) failure_ = absl::OkStatus();
  return recovery;
}

ByteStream::Recovery DecodingStream::FindMember(std::string_view) { return {}; }

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

// Both bounds keep time linear where a file is made to be damaged everywhere.
constexpr uint64_t kMaxPutBack = 64 << 20;  // bytes of one stream that are decoded twice
constexpr uint64_t kMaxTried = 64 << 20;    // bytes of places in one stream that may be members

void DecodingStream::PutBackMember() {
  const uint64_t taken = stored_->taken() - member_begin_;
  if (taken == 0) {
    stored_->Take(std::min<size_t>(1, stored_->ahead().size()));
    return;
  }
  const size_t again = static_cast<size_t>(std::min<uint64_t>(taken - 1, stored_->max_put_back()));
  if (put_back_ + again > kMaxPutBack) return;
  put_back_ += again;
  stored_->PutBack(again);
}

bool DecodingStream::SkipToMember(std::string_view magic, size_t sample,
                                  const std::function<bool(std::string_view)>& fits) {
  for (;;) {
    if (!stored_->LookAhead(sample).ok()) return false;
    const std::string_view ahead = stored_->ahead();
    const size_t found = ahead.find(magic);
    if (found == std::string_view::npos) {
      if (ahead.size() < sample) return false;
      stored_->Take(ahead.size() - (magic.size() - 1));
      continue;
    }
    stored_->Take(found);
    if (!stored_->LookAhead(sample).ok()) return false;
    const std::string_view candidate = stored_->ahead().substr(0, sample);
    tried_ += candidate.size();
    if (tried_ > kMaxTried) return false;
    if (fits(candidate)) return true;
    stored_->Take(1);
  }
}

}  // namespace unspin
