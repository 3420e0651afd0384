// Checks articles against an archive, makes every report again from its basis, and compares the bytes:
// build/bench/unspin_replay ARCHIVE SUSPECTS...
//
// Each report is made from the basis as the check filled it, and from the basis after it was written as JSON and read
// back. Both of its forms are compared, JSON and page. Exits with 1 where any differs.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <variant>
#include <vector>

#include "evidence/basis_json.h"
#include "render/html.h"
#include "render/json.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"
#include "unspin/ingest/reader.h"

namespace {

using unspin::Article;
using unspin::CheckBasis;
using unspin::Report;

struct Counts {
  uint64_t reports = 0, differ = 0, with_findings = 0, explained = 0, set_aside = 0;
  uint64_t with_standing = 0, with_replacements = 0, originals = 0;
  std::vector<size_t> bytes, bytes_without_texts;
  double check_seconds = 0, again_seconds = 0;
};

std::string Rendered(const Report& report) { return RenderJson(report, {}) + RenderHtml(report); }

double Seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void Count(const Report& report, const CheckBasis& basis, Counts& counts) {
  ++counts.reports;
  counts.with_findings += !report.findings.empty();
  counts.set_aside += !report.set_aside.empty();
  counts.explained += std::any_of(report.findings.begin(), report.findings.end(), [](const unspin::Finding& finding) {
    return finding.verdict == unspin::Verdict::kCommonSource;
  });
  counts.with_standing += std::any_of(basis.originals.begin(), basis.originals.end(),
                                      [](const auto& original) { return !original.standing_runs.empty(); });
  counts.with_replacements += !basis.replacements.empty();
  counts.originals += basis.originals.size();
}

// False where the archive is damaged.
bool Replay(const unspin::Engine& engine, const unspin::Archive& archive, const Article& suspect,
            const unspin::CheckOptions& options, unspin::Workspace& workspace, Counts& counts) {
  CheckBasis basis;
  const double begin = Seconds();
  const auto report = engine.Check(suspect, archive, options, workspace, &basis);
  const double checked = Seconds();
  if (!report.ok()) return false;
  const Report again = engine.CheckWithBasis(suspect, basis, options, workspace);
  counts.again_seconds += Seconds() - checked;
  counts.check_seconds += checked - begin;
  const std::string json = unspin::evidence::RenderBasis(basis, true);
  const auto read = unspin::evidence::ParseBasis(json);
  const std::string wanted = Rendered(*report);
  if (Rendered(again) != wanted || !read.ok() ||
      Rendered(engine.CheckWithBasis(suspect, *read, options, workspace)) != wanted) {
    ++counts.differ;
    std::printf("differs: %s\n", suspect.id.c_str());
  }
  Count(*report, basis, counts);
  counts.bytes.push_back(json.size());
  counts.bytes_without_texts.push_back(unspin::evidence::RenderBasis(basis, false).size());
  return true;
}

size_t Quantile(std::vector<size_t> sizes, double share) {
  if (sizes.empty()) return 0;
  std::sort(sizes.begin(), sizes.end());
  return sizes[static_cast<size_t>(share * static_cast<double>(sizes.size() - 1))];
}

void Print(const char* options, const Counts& counts) {
  std::printf(
      "%s: %ju reports, %ju differ; %ju with findings, %ju with a common source, %ju with own records, "
      "%ju with standing text, %ju with learnt replacements\n",
      options, uintmax_t{counts.reports}, uintmax_t{counts.differ}, uintmax_t{counts.with_findings},
      uintmax_t{counts.explained}, uintmax_t{counts.set_aside}, uintmax_t{counts.with_standing},
      uintmax_t{counts.with_replacements});
  std::printf("  originals in a basis: %.2f; bytes of JSON: median %zu, 99 %% below %zu; without texts %zu and %zu\n",
              static_cast<double>(counts.originals) / static_cast<double>(counts.reports), Quantile(counts.bytes, 0.5),
              Quantile(counts.bytes, 0.99), Quantile(counts.bytes_without_texts, 0.5),
              Quantile(counts.bytes_without_texts, 0.99));
  std::printf("  seconds: %.1f to check with a basis, %.1f to make the reports again\n", counts.check_seconds,
              counts.again_seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: unspin_replay ARCHIVE SUSPECTS...\n");
    return 2;
  }
  const auto archive = unspin::Archive::Open(argv[1]);
  auto reader = unspin::ArticleReader::Open({argv + 2, argv + argc}, {});
  if (!archive.ok() || !reader.ok()) {
    std::fprintf(stderr, "%s\n", (archive.ok() ? reader.status() : archive.status()).ToString().c_str());
    return 2;
  }
  const unspin::Engine engine;
  unspin::Workspace workspace(engine);
  unspin::CheckOptions all;
  all.all = true;
  Counts usual_counts, all_counts;
  while (const auto record = (*reader)->Next()) {
    const auto* const suspect = std::get_if<Article>(&*record);
    if (suspect == nullptr) continue;
    if (!Replay(engine, **archive, *suspect, {}, workspace, usual_counts) ||
        !Replay(engine, **archive, *suspect, all, workspace, all_counts))
      return 2;
  }
  Print("as usual", usual_counts);
  Print("--all", all_counts);
  return usual_counts.differ + all_counts.differ > 0 ? 1 : 0;
}
