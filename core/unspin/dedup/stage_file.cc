#include "unspin/dedup/stage_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "unspin/base/strings.h"
#include "unspin/io/file_error.h"
#include "unspin/sketch/sketch.h"

namespace unspin {
namespace {

constexpr const char* kHeaderSection = "stage";
constexpr uint32_t kHeaderVersion = 1;  // changes with the way keys are made or pairs are found
constexpr FileOwner kStagesOwner{.name = "the stages of unspin", .remedy = "make it again with `unspin stage`"};

const char* NameOf(Measure measure) { return measure == Measure::kJaccard ? "jaccard" : "containment"; }

const char* NameOf(Prefer prefer) {
  return prefer == Prefer::kMaxLength ? "longest" : prefer == Prefer::kEarliest ? "earliest" : "first";
}

// As a user would write it: the shortest decimal that reads as the same number.
std::string NameOf(double threshold) {
  constexpr int kExactDigits = 17;  // enough for every double
  char text[32];
  for (int digits = 1; digits <= kExactDigits; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, threshold);
    if (std::strtod(text, nullptr) == threshold) break;
  }
  return text;
}

std::string NameOf(uint32_t number) { return std::to_string(number); }

// The first option that differs, thresholds aside, as "--shingle 5": in the header, and as expected.
std::optional<std::pair<std::string, std::string>> Difference(const StageHeader& header,
                                                              const ExpectedOptions& expected) {
  std::optional<std::pair<std::string, std::string>> found;
  const auto compare = [&](const char* option, const auto& actual, const auto& wanted) {
    if (found || !wanted || actual == *wanted) return;
    found = {std::string(option) + " " + NameOf(actual), std::string(option) + " " + NameOf(*wanted)};
  };
  compare("--measure", header.measure, expected.measure);
  compare("--shingle", header.shingle, expected.shingle);
  compare("--prefer", header.prefer, expected.prefer);
  return found;
}

std::string ThresholdOption(double threshold) { return "--threshold " + NameOf(threshold); }

// As Difference.
std::optional<std::pair<std::string, std::string>> DifferenceBetween(const StageFile& file, const StageFile& other) {
  const StageHeader& wanted = other.header();
  return Difference(file.header(), {wanted.measure, std::nullopt, wanted.shingle, wanted.prefer});
}

std::string NameOf(const Part& part) {
  return "part " + std::to_string(part.index + 1) + " of " + std::to_string(part.count);
}

absl::Status Refused(const std::string& message) { return absl::FailedPreconditionError(AbslView(message)); }

absl::Status MadeDifferently(const StageFile& file, const StageFile& other,
                             const std::pair<std::string, std::string>& difference) {
  return Refused(file.path() + ": made with " + difference.first + ", but " + other.path() + " with " +
                 difference.second + "; make one of them again with the options of the other");
}

}  // namespace

absl::StatusOr<std::unique_ptr<SectionWriter>> OpenStageFile(const std::string& path, uint32_t sections) {
  return SectionWriter::Open(path, SketchScheme::Default().Fingerprint(), sections + 1);
}

absl::Status FinishStageFile(SectionWriter& writer, const StageHeader& header) {
  writer.Begin(kHeaderSection, kHeaderVersion);
  writer.Append(header.Encode());
  return writer.Finish();
}

absl::Status StageFile::Damaged(std::string_view section) const {
  return absl::DataLossError(AbslView(path() + ": what its section " + std::string(section) +
                                      " says cannot be; restore the file from a copy, or " + kStagesOwner.remedy));
}

absl::StatusOr<StageFile> StageFile::Open(const std::string& path) {
  absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (!mapped.ok()) return mapped.status();
  absl::StatusOr<SectionFile> sections = SectionFile::Parse(mapped->bytes(), path, kStagesOwner);
  if (!sections.ok()) return sections.status();
  StageFile file(*std::move(mapped), *std::move(sections));
  const absl::StatusOr<std::string_view> bytes = file.sections_.Read(kHeaderSection, kHeaderVersion);
  if (!bytes.ok()) return bytes.status();
  const std::optional<StageHeader> header = StageHeader::Decode(*bytes);
  if (!header) return file.Damaged(kHeaderSection);
  file.header_ = *header;
  if (file.sections_.scheme() != SketchScheme::Default().Fingerprint())
    return Refused(path + ": made by an unspin that sketches in another way; use that one for every stage, or " +
                   kStagesOwner.remedy);
  struct stat about;
  if (stat(path.c_str(), &about) != 0) return FileError(path, "cannot examine", errno);
  file.device_ = about.st_dev;
  file.inode_ = about.st_ino;
  return file;
}

absl::Status RequireOptions(const StageFile& file, const ExpectedOptions& expected) {
  const auto difference = Difference(file.header(), expected);
  const double threshold = file.header().threshold;
  if (!difference && expected.threshold && *expected.threshold < threshold) {
    const std::string made = ThresholdOption(threshold);
    return Refused(file.path() + ": made with " + made + ", and " + ThresholdOption(*expected.threshold) +
                   " is asked for: less similar pairs were never looked for; ask for " + made +
                   " or more, leave the option out, or make every file again from `unspin stage sketch` on");
  }
  if (!difference) return absl::OkStatus();
  return Refused(file.path() + ": made with " + difference->first + ", and " + difference->second +
                 " is asked for; leave the option out, or make every file again from `unspin stage sketch` on");
}

absl::Status RequireOptions(const StageFile& file, const StageFile& other) {
  auto difference = DifferenceBetween(file, other);
  const double threshold = file.header().threshold, wanted = other.header().threshold;
  if (!difference && threshold != wanted) difference = {ThresholdOption(threshold), ThresholdOption(wanted)};
  return difference ? MadeDifferently(file, other, *difference) : absl::OkStatus();
}

absl::Status RequireSource(const StageFile& file, const StageFile& shingles) {
  auto difference = DifferenceBetween(file, shingles);
  const double threshold = file.header().threshold, min_threshold = shingles.header().threshold;
  if (!difference && threshold < min_threshold)
    difference = {ThresholdOption(threshold), ThresholdOption(min_threshold)};
  return difference ? MadeDifferently(file, shingles, *difference) : absl::OkStatus();
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
    if (part.index >= of_part.size()) of_part.resize(size_t{part.index} + 1, nullptr);
    const StageFile*& slot = of_part[part.index];
    if (slot != nullptr)
      return Refused(file.path() + ": " + NameOf(part) + ", as is " + slot->path() + "; give each part once");
    slot = &file;
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
