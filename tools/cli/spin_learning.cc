#include "cli/spin_learning.h"

#include <cstdio>

namespace unspin::cli {

Report SpinLesson(const Report& report) {
  Report lesson;
  lesson.suspect.sha256 = report.suspect.sha256;
  if (report.findings.empty()) return lesson;
  const Finding& first = report.findings.front();
  Finding& copy = lesson.findings.emplace_back();
  copy.original.sha256 = first.original.sha256;
  copy.verdict = first.verdict;
  copy.log10_likelihood_ratio = first.log10_likelihood_ratio;
  copy.direction = first.direction;
  copy.substitutions = first.substitutions;
  return lesson;
}

absl::Status SaveSpins(const std::string& archive, const SpinDictionary& before, const SpinDictionary& after,
                       bool quiet) {
  const auto writer = ArchiveWriter::Open(archive);
  if (!writer.ok()) return writer.status();
  const absl::Status saved = (*writer)->SaveSpins(before, after);
  if (saved.ok() && !quiet) {
    std::fprintf(stderr, "learnt from %zu articles; the dictionary has %zu replacements seen in two articles or more\n",
                 after.pairs() - before.pairs(), after.Entries().size());
  }
  return saved;
}

}  // namespace unspin::cli
