// Which files a report has in a pack, and the way back from files to the evidence that they were written from.
//
// Five kinds of files are read back: what was received, what a person said beside it (`suspect/given.json`),
// `report.json` (for its options and the name of the file), `basis.json` with the texts of the originals, and the
// licence rules and the log. All others, and `report.json` too,
// are made from them; so a pack is right where writing what was read gives the same bytes.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "evidence/differences.h"
#include "evidence/evidence.h"
#include "evidence/pack_limits.h"
#include "evidence/remake.h"

namespace unspin::evidence {

inline constexpr std::string_view kReadmePath = "README.txt";
inline constexpr std::string_view kManifestPath = "manifest.json";
inline constexpr std::string_view kRequestPath = "manifest.tsq";
inline constexpr std::string_view kReplyPath = "manifest.tsr";

struct PackFile {
  std::string path, bytes;
  std::string_view role, media_type;  // static
  std::string name;                   // under which it was received; empty: it is our own
};

// "reports/0001". REQUIRES: number >= 1.
std::string ReportFolder(size_t number);
// The folder of a report that the path lies in; empty: in none.
std::string_view FolderOf(std::string_view path);

// The files of a report, in its folder.
std::vector<PackFile> FilesOfReport(const Evidence& evidence, const std::string& folder, const Engine& engine,
                                    Workspace& workspace);

// README.txt, manifest.json and manifest.tsq for these files, and `reply` as manifest.tsr where it is not empty. Adds
// them to `files` and sorts all by path.
void AddPackFiles(std::span<const Evidence> evidence, std::string_view reply, std::vector<PackFile>& files);

// How a file of this path is compared with the one that is made again.
Compared ComparedAs(std::string_view path);

// Whether the file is one that the others are made from.
bool IsSource(std::string_view path);

// The bytes of a file of the pack; null: it has none of this path.
using FindFile = std::function<const std::string*(const std::string& path)>;

// What is left of the limits of a pack, whose folders share it.
struct PackBudget {
  explicit PackBudget(const ReadLimits& of) : limits(of), received(of.unpacked_bytes, of.records) {}

  const ReadLimits limits;
  ReceivedBudget received;
  uint64_t original_bytes = 0;  // of the originals that were read
};

// How a reader of packs reads received files: as for the report, and no article beyond `limits`.
ReaderOptions PackReader(ReaderOptions reader, const ReadLimits& limits = kReadLimits);

// The evidence of a folder, its report computed again. The message of a failure begins with the path of the file.
absl::StatusOr<Evidence> ReadReportFolder(const std::string& folder, const FindFile& find, PackBudget& budget,
                                          const Engine& engine, Workspace& workspace);

}  // namespace unspin::evidence
