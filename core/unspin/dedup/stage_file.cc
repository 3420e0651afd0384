#include "unspin/dedup/stage_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"
#include "unspin/sketch/sketch.h"

namespace unspin {
namespace {

constexpr uint32_t kVersion = 1;  // of the section `stage`; another way of banding is another version
constexpr const char* kWhose = "the stages of unspin";
constexpr const char* kAgain = "make it again with `unspin stage`";

const char* NameOf(Measure measure) { return measure == Measure::kJaccard ? "jaccard" : "containment"; }

const char* NameOf(Prefer prefer) {
  return prefer == Prefer::kMaxLength ? "longest" : prefer == Prefer::kEarliest ? "earliest" : "first";
}

std::string NameOf(double threshold) {
  char text[32];
  std::snprintf(text, sizeof text, "%.17g", threshold);
  for (int digits = 1; digits < 17; ++digits) {
    char shorter[32];
    std::snprintf(shorter, sizeof shorter, "%.*g", digits, threshold);
    if (std::strtod(shorter, nullptr) == threshold) return shorter;
  }
  return text;
}

std::string NameOf(uint32_t number) { return std::to_string(number); }

// "--threshold 0.8" of the first option that differs, as it is in either.
std::optional<std::pair<std::string, std::string>> Difference(const StageHeader& header,
                                                              const ExpectedOptions& expected) {
  std::optional<std::pair<std::string, std::string>> found;
  const auto compare = [&](const char* option, const auto& is, const auto& wanted) {
    if (found || !wanted || is == *wanted) return;
    found = {std::string(option) + " " + NameOf(is), std::string(option) + " " + NameOf(*wanted)};
  };
  compare("--measure", header.measure, expected.measure);
  compare("--threshold", header.threshold, expected.threshold);
  compare("--shingle", header.shingle, expected.shingle);
  compare("--prefer", header.prefer, expected.prefer);
  return found;
}

std::string NameOf(const Part& part) {
  return "part " + std::to_string(part.index + 1) + " of " + std::to_string(part.count);
}

absl::Status Refused(const std::string& message) { return absl::FailedPreconditionError(AbslView(message)); }

}  // namespace

std::string_view StageName(StageKind kind) {
  return kind == StageKind::kShingles ? "shingles" : kind == StageKind::kPairs ? "pairs" : "edges";
}

StageHeader StageHeader::Of(StageKind kind, const DedupOptions& options) {
  StageHeader header;
  header.kind = kind;
  header.measure = options.measure;
  header.shingle = options.shingle;
  header.prefer = options.prefer;
  header.threshold = options.threshold;
  return header;
}

DedupOptions StageHeader::Options() const {
  DedupOptions options;
  options.measure = measure;
  options.shingle = shingle;
  options.prefer = prefer;
  options.threshold = threshold;
  return options;
}

absl::StatusOr<std::unique_ptr<SectionWriter>> OpenStageFile(const std::string& path, uint32_t sections) {
  return SectionWriter::Open(path, SketchScheme::Default().Fingerprint(), sections + 1);
}

absl::Status FinishStageFile(SectionWriter& writer, const StageHeader& header) {
  std::string bytes;
  AppendNumber(bytes, static_cast<uint32_t>(header.kind));
  AppendNumber(bytes, static_cast<uint32_t>(header.measure));
  AppendNumber(bytes, header.shingle);
  AppendNumber(bytes, static_cast<uint32_t>(header.prefer));
  AppendNumber(bytes, header.threshold);
  AppendNumber(bytes, header.corpus);
  AppendNumber(bytes, header.part.index);
  AppendNumber(bytes, header.part.count);
  AppendNumber(bytes, header.rows);
  AppendNumber(bytes, header.compared);
  writer.Begin("stage", kVersion);
  writer.Append(bytes);
  return writer.Finish();
}

absl::Status StageFile::Damaged(std::string_view section) const {
  return absl::DataLossError(AbslView(path() + ": what its section " + std::string(section) +
                                      " says cannot be; restore the file from a copy, or " + kAgain));
}

absl::StatusOr<StageFile> StageFile::Open(const std::string& path) {
  absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (!mapped.ok()) return mapped.status();
  absl::StatusOr<SectionFile> sections = SectionFile::Parse(mapped->bytes(), path, kWhose, kAgain);
  if (!sections.ok()) return sections.status();
  StageFile file(*std::move(mapped), *std::move(sections));
  const absl::StatusOr<std::string_view> bytes = file.sections_.Read("stage", kVersion);
  if (!bytes.ok()) return bytes.status();
  ByteReader reader(*bytes);
  StageHeader& header = file.header_;
  const uint32_t kind = reader.Read<uint32_t>().value_or(0), measure = reader.Read<uint32_t>().value_or(2);
  header.shingle = reader.Read<uint32_t>().value_or(0);
  const uint32_t prefer = reader.Read<uint32_t>().value_or(3);
  header.threshold = reader.Read<double>().value_or(0);
  header.corpus = reader.Read<uint64_t>().value_or(0);
  header.part.index = reader.Read<uint32_t>().value_or(0);
  header.part.count = reader.Read<uint32_t>().value_or(0);
  header.rows = reader.Read<uint64_t>().value_or(0);
  const std::optional<uint64_t> compared = reader.Read<uint64_t>();
  if (!compared || !reader.AtEnd() || kind < 1 || kind > 3 || measure > 1 || prefer > 2 || !(header.threshold > 0) ||
      header.threshold > 1 || header.part.index >= header.part.count)
    return file.Damaged("stage");
  header.kind = static_cast<StageKind>(kind);
  header.measure = static_cast<Measure>(measure);
  header.prefer = static_cast<Prefer>(prefer);
  header.compared = *compared;
  if (file.sections_.scheme() != SketchScheme::Default().Fingerprint())
    return Refused(path + ": made by an unspin that sketches in another way; use that one for every stage, or " +
                   kAgain);
  struct stat about;
  if (stat(path.c_str(), &about) != 0) return FileError(path, "cannot examine", errno);
  file.device_ = about.st_dev;
  file.node_ = about.st_ino;
  return file;
}

absl::Status RequireOptions(const StageFile& file, const ExpectedOptions& expected) {
  const auto difference = Difference(file.header(), expected);
  if (!difference) return absl::OkStatus();
  return Refused(file.path() + ": made with " + difference->first + ", and " + difference->second +
                 " is asked for; leave the option out, or make every file again from `unspin stage sketch` on");
}

absl::Status RequireOptions(const StageFile& file, const StageFile& other) {
  const StageHeader& wanted = other.header();
  const auto difference = Difference(file.header(), {wanted.measure, wanted.threshold, wanted.shingle, wanted.prefer});
  if (!difference) return absl::OkStatus();
  return Refused(file.path() + ": made with " + difference->first + ", but " + other.path() + " with " +
                 difference->second + "; make one of them again with the options of the other");
}

absl::Status RequireAllParts(std::span<const StageFile> files) {
  if (files.empty()) return absl::OkStatus();
  const StageFile& first = files.front();
  const uint32_t count = first.header().part.count;
  std::vector<const StageFile*> of_part(files.size(), nullptr);
  for (const StageFile& file : files) {
    const Part& part = file.header().part;
    if (part.count != count)
      return Refused(file.path() + ": " + NameOf(part) + ", but " + first.path() + " is " +
                     NameOf(first.header().part) + "; give the parts of one whole");
    // More parts than files: which one is missing is said below.
    if (part.index >= of_part.size()) of_part.resize(size_t{part.index} + 1, nullptr);
    const StageFile*& known = of_part[part.index];
    if (known != nullptr)
      return Refused(file.path() + ": " + NameOf(part) + ", as is " + known->path() + "; give each part once");
    known = &file;
  }
  for (uint32_t index = 0; index < count; ++index) {
    if (index < of_part.size() && of_part[index] != nullptr) continue;
    const StageKind kind = first.header().kind;
    const std::string part = std::to_string(index + 1) + "/" + std::to_string(count);
    return Refused(NameOf(Part{index, count}) + " of the " + std::string(StageName(kind)) +
                   " is missing; give its file too, or make it with `unspin stage " +
                   (kind == StageKind::kPairs ? "join" : "verify") + " --part " + part + "`");
  }
  return absl::OkStatus();
}

}  // namespace unspin
