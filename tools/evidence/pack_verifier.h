// Evidence pack → whether everything in it follows from the files as they were received, or what differs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "evidence/pack_limits.h"
#include "render/json_writer.h"

namespace unspin::evidence {

struct VerifyOptions {
  // Certificates (PEM) of authorities that are trusted to certify timestamp signers. Empty: a timestamp is checked, and
  // whether its signer can be trusted is not.
  std::string timestamp_ca;
  ReadLimits limits = kReadLimits;  // smaller for packs that somebody sends to a service (LimitsForBody)
};

// Of a pack. More are counted only, so that a pack that differs everywhere costs no more memory than others.
inline constexpr size_t kMaxPackDifferences = 1'000;

struct PackDifference {
  std::string path;  // of the file in the pack; empty: the pack as a whole
  std::string text;  // what differs: "findings[0].probability: the pack has 0.5, made again 0.991"
};

// A report that the pack holds.
struct PackedReport {
  std::string folder;  // "reports/0001"
  std::string id, suspect, verdict;
};

struct PackCheck {
  absl::Status readable;                    // why it cannot be read at all, so that nothing was compared
  std::vector<PackDifference> differences;  // the first kMaxPackDifferences; then one that says how many more
  std::vector<std::string> notes;  // what a reader must know besides: who signed the timestamp, an other version
  std::vector<PackedReport> reports;

  bool equal() const { return readable.ok() && differences.empty(); }
};

// Reads the pack in memory; writes, opens and runs nothing. Any bytes are a valid argument. Memory: some four times
// the bytes of the pack, and some 100 times those of its originals; the limits bound both, and the time (ReadLimits).
PackCheck VerifyPack(std::string_view zip, const VerifyOptions& options);

// The fields `equal`, `reports`, `differences` and `notes`, as the program and the service say them.
void WritePackCheck(const PackCheck& check, JsonWriter& json);

// What a verified pack was written from.
struct PackContents {
  std::vector<Evidence> evidence;
  std::string timestamp_reply;  // empty: none
};
// Fails where VerifyPack does not say equal.
absl::StatusOr<PackContents> ReadPack(std::string_view zip);

}  // namespace unspin::evidence
