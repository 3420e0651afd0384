// `unspin info`: what an archive holds, and what the program was built with.
#include <cstdio>

#include "cli/allocator.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "unspin/engine/pipeline.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct InfoOptions {
  std::string archive;
};

ExitStatus Run(const InfoOptions& options) {
  RequireArchive(options.archive);
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  const ArchiveStatistics statistics = (*archive)->Statistics();
  const SketchScheme scheme = SketchScheme::Default();
  std::printf("archive      %s\n", options.archive.c_str());
  std::printf("articles     %llu\n", static_cast<unsigned long long>(statistics.articles));
  std::printf("text         %llu bytes\n", static_cast<unsigned long long>(statistics.text_bytes));
  std::printf("on disk      %llu bytes\n", static_cast<unsigned long long>(statistics.disk_bytes));
  std::printf("fingerprint  %s\n", statistics.fingerprint.c_str());
  std::printf("segments     %zu\n", statistics.segments.size());
  for (const std::string& segment : statistics.segments) std::printf("             %s\n", segment.c_str());
  std::printf("standing     %s\n",
              statistics.standing_text
                  ? "known: what stands in many articles of one site, or of several"
                  : "unknown: an early version of the program made the archive; index the originals again to learn it");
  std::printf("scheme       FastSimilaritySketch of %u, %u-word shingles, %s, seed %llu, normalizer %u, %s\n",
              scheme.size, scheme.shingle_words, scheme.hash.c_str(), static_cast<unsigned long long>(scheme.seed),
              scheme.normalizer_version, scheme.unicode.c_str());
  const Engine engine;
  std::printf("lexicon      %s\n", engine.LexiconProvenance().c_str());
  std::printf("built-in     %s\n", engine.StandingTextProvenance().c_str());
  std::printf("model        %s\n", engine.ModelName().c_str());
  std::printf("kernels      %s\n", Engine::KernelName().c_str());
  std::printf("allocator    %s\n", AllocatorName().c_str());
  std::printf("version      %s\n", kVersion);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddInfo(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(app, status, "info", "what an archive holds, its scheme, its sizes",
                                       Examples("unspin info archive", "unspin info archive | grep articles"), Run);
  AddArchiveArgument(command, options.archive);
}

}  // namespace unspin::cli
