// `unspin remove`: deletes articles from an archive.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/line_reader.h"
#include "cli/repeated_messages.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct RemoveOptions {
  std::vector<std::string> ids;  // "-": those on standard input, one a line
  std::string archive;
};

absl::StatusOr<std::vector<std::string>> ReadIds(const RemoveOptions& options) {
  std::vector<std::string> ids;
  for (const std::string& id : options.ids) {
    if (id != "-") {
      ids.push_back(id);
      continue;
    }
    auto lines = LineReader::Open("-");
    if (!lines.ok()) return lines.status();
    while (std::optional<std::string> line = lines->Next()) {
      if (!line->empty() && *line != "\r") ids.push_back(*std::move(line));
    }
    if (!lines->status().ok()) return lines->status();
  }
  return ids;
}

ExitStatus Run(const RemoveOptions& options) {
  const auto ids = ReadIds(options);
  if (!ids.ok()) return Fail(ids.status());
  // The writer would make an archive where there is none.
  if (const auto archive = Archive::Open(options.archive); !archive.ok()) return Fail(archive.status());
  auto writer = ArchiveWriter::Open(options.archive);
  if (!writer.ok()) return Fail(writer.status());
  RepeatedMessages messages;
  uint64_t removed = 0, unknown = 0;
  for (const std::string& id : *ids) {
    absl::StatusOr<bool> known = (*writer)->Remove(id);
    // A list that Windows wrote has a carriage return at the end of each line.
    if (known.ok() && !*known && id.ends_with('\r')) known = (*writer)->Remove(id.substr(0, id.size() - 1));
    if (!known.ok()) return Fail(known.status());
    if (*known) {
      ++removed;
    } else {
      ++unknown;
      messages.Add(id, "the archive holds no such article; `unspin list` shows the ids of all");
    }
  }
  messages.Finish();
  if (const absl::Status finished = (*writer)->Finish(); !finished.ok()) return Fail(finished);
  std::printf("removed    %llu articles; `unspin merge %s` frees their room\n",
              static_cast<unsigned long long>(removed), options.archive.c_str());
  if (!ResultsWritten()) return ExitStatus::kFailed;
  if (unknown == 0) return ExitStatus::kDone;
  return removed == 0 ? ExitStatus::kFailed : ExitStatus::kSkipped;
}

}  // namespace

void AddRemove(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "remove", "delete articles from an archive, every version of them",
                 Examples("unspin remove wire-2023-0451 --archive archive",
                          "cut -f1 withdrawn.tsv | unspin remove - --archive archive && unspin merge archive"),
                 Run);
  command.add_option("ids", options.ids, "ids of the articles; - reads them from standard input, one a line")
      ->type_name("ID")
      ->required();
  command.add_option("--archive", options.archive, "folder of the archive")->type_name("FOLDER")->required();
}

}  // namespace unspin::cli
