#include <cstdio>

#include "cli/commands.h"
#include "cli/line_reader.h"
#include "cli/messages.h"

namespace unspin::cli {
namespace {

// The ids of the command line; "-" stands for those on standard input, one a line.
absl::StatusOr<std::vector<std::string>> Ids(const RemoveCommand& command) {
  std::vector<std::string> ids;
  for (const std::string& id : command.ids) {
    if (id != "-") {
      ids.push_back(id);
      continue;
    }
    auto lines = LineReader::Open("-");
    if (!lines.ok()) return lines.status();
    while (std::optional<std::string> line = lines->Next()) {
      if (!line->empty()) ids.push_back(*std::move(line));
    }
    if (!lines->status().ok()) return lines->status();
  }
  return ids;
}

}  // namespace

int Run(const RemoveCommand& command) {
  const auto ids = Ids(command);
  if (!ids.ok()) return PrintError(ids.status()), kFailed;
  // An archive is made where there is none, but not to remove from.
  if (const auto archive = Archive::Open(command.archive); !archive.ok()) return PrintError(archive.status()), kFailed;
  auto writer = ArchiveWriter::Open(command.archive, kSegmentBytes, false);
  if (!writer.ok()) return PrintError(writer.status()), kFailed;
  uint64_t removed = 0, unknown = 0;
  for (const std::string& id : *ids) {
    const absl::StatusOr<bool> held = (*writer)->Remove(id);
    if (!held.ok()) return PrintError(held.status()), kFailed;
    if (*held) {
      ++removed;
    } else {
      ++unknown;
      PrintError(id + ": the archive holds no such article; `unspin check --json` shows the ids of what it finds");
    }
  }
  if (absl::Status status = (*writer)->Finish(); !status.ok()) return PrintError(status), kFailed;
  std::printf("removed    %llu articles; `unspin merge %s` frees their room\n",
              static_cast<unsigned long long>(removed), command.archive.c_str());
  if (!ResultsWritten()) return kFailed;
  return unknown == 0 ? kDone : removed == 0 ? kFailed : kSkipped;
}

}  // namespace unspin::cli
