// The subcommands: one struct of options and one Run function each. main.cc fills the structs from the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "render/offsets.h"
#include "unspin/dedup/options.h"
#include "unspin/dedup/stages.h"
#include "unspin/spins/spin_dictionary.h"
#include "unspin/unspin.h"

namespace unspin::cli {

// Exit status of the program.
inline constexpr int kDone = 0;
inline constexpr int kFound = 1;    // check --fail-on: a finding at least that strong
inline constexpr int kFailed = 2;   // the work was not done
inline constexpr int kSkipped = 3;  // done, but records were skipped

// Text of a segment: more articles are one more segment.
inline constexpr uint64_t kSegmentBytes = uint64_t{96} << 20;

struct CommonOptions {
  unsigned threads = 0;  // 0: all cores
  bool quiet = false;
};

struct InputOptions {
  std::vector<std::string> inputs;
  ReaderOptions reader;
  double max_bad = 0;   // share of bad records that still counts as done
  bool strict = false;  // stop at the first bad record
};

struct IndexCommand {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  bool replace = false;
  uint64_t segment_mb = 96;  // of text, in 2^20 bytes
};
int Run(const IndexCommand& command);

struct CheckCommand {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  bool json = false;
  bool full = true;
  std::string html;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
  std::optional<Verdict> fail_on;
  bool learn = false;  // add the replacements of confirmed findings to the archive's spin dictionary
};
int Run(const CheckCommand& command);

struct CompareCommand {
  CommonOptions common;
  std::string original, suspect;
  std::string pairs;
  ReaderOptions reader;
  bool json = false;
  bool full = false;
  std::string html;
  double prior = 0.5;
  OffsetUnit offsets = OffsetUnit::kByte;
};
int Run(const CompareCommand& command);

struct AlignCommand {
  CommonOptions common;
  std::string pairs, suspects, originals, out;
};
int Run(const AlignCommand& command);

struct AuditCommand {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  std::string out;
  bool full = true;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
  bool learn = false;   // as with CheckCommand
  bool resume = false;  // go on behind the reports that `out` holds
};
int Run(const AuditCommand& command);

struct SpinsCommand {
  enum class Format { kText, kCsv, kJson };
  std::string archive;
  Format format = Format::kText;
  uint32_t least = SpinDictionary::kMinPairs;
  std::vector<std::string> compare;  // two files of reports
};
int Run(const SpinsCommand& command);

struct DedupCommand {
  CommonOptions common;
  InputOptions input;
  std::string out;
  std::string edges;    // file for the verified edges, or none
  std::string scratch;  // folder; empty: beside `out`
  DedupOptions dedup;
};

struct StageSketchCommand {
  CommonOptions common;
  InputOptions input;
  DedupOptions dedup;
  std::string out;
};

// stage join and stage verify: files of earlier stages into one file.
struct StagePartCommand {
  CommonOptions common;
  std::vector<std::string> files;
  ExpectedOptions expected;
  Part part;
  std::string out;
};

struct StageClusterCommand {
  StagePartCommand stage;
  std::string edges;  // file for the verified edges, or none
};

struct SketchCommand {
  CommonOptions common;
  InputOptions input;
  std::string out;
};

struct RemoveCommand {
  std::vector<std::string> ids;
  std::string archive;
};

struct MergeCommand {
  CommonOptions common;
  std::string archive;
  uint64_t segment_mb = 16384;
};

struct InfoCommand {
  std::string archive;
};
int Run(const DedupCommand& command);
int Run(const StageSketchCommand& command);
int RunJoin(const StagePartCommand& command);
int RunVerify(const StagePartCommand& command);
int Run(const StageClusterCommand& command);
int Run(const SketchCommand& command);
int Run(const RemoveCommand& command);
int Run(const MergeCommand& command);
int Run(const InfoCommand& command);

struct VerifyCommand {
  std::string archive;
};
int Run(const VerifyCommand& command);

}  // namespace unspin::cli
