#include <cstdio>

#include "cli/commands.h"
#include "cli/messages.h"
#include "unspin/engine/pipeline.h"

namespace unspin::cli {

int Run(const InfoCommand& command) {
  const auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return PrintError(archive.status()), kFailed;
  const ArchiveStatistics statistics = (*archive)->Statistics();
  const Engine engine;
  const SketchScheme scheme = SketchScheme::Default();
  std::printf("archive      %s\n", command.archive.c_str());
  std::printf("articles     %llu\n", static_cast<unsigned long long>(statistics.articles));
  std::printf("text         %llu bytes\n", static_cast<unsigned long long>(statistics.text_bytes));
  std::printf("on disk      %llu bytes\n", static_cast<unsigned long long>(statistics.disk_bytes));
  std::printf("fingerprint  %s\n", statistics.fingerprint.c_str());
  std::printf("segments     %zu\n", statistics.segments.size());
  for (const std::string& segment : statistics.segments) std::printf("             %s\n", segment.c_str());
  std::printf("scheme       FastSimilaritySketch of %u, %u-word shingles, %s, seed %llu, normalizer %u, %s\n",
              scheme.size, scheme.shingle_words, scheme.hash.c_str(), static_cast<unsigned long long>(scheme.seed),
              scheme.normalizer_version, scheme.unicode.c_str());
  std::printf("lexicon      %s\n", engine.LexiconProvenance().c_str());
  std::printf("model        %s\n", engine.ModelName().c_str());
  std::printf("kernels      %s\n", Engine::KernelName().c_str());
  std::printf("version      %s\n", kVersion);
  return ResultsWritten() ? kDone : kFailed;
}

}  // namespace unspin::cli
