#include <algorithm>
#include <cstdio>
#include <span>

#include "cli/clusters.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/messages.h"

namespace unspin::cli {
namespace {

unsigned long long Number(uint64_t value) { return value; }

void Summarize(const CommonOptions& common, const char* format, const auto&... values) {
  if (!common.quiet) std::fprintf(stderr, format, values...);
}

StageOptions OptionsOf(const StagePartCommand& command) {
  return {command.part, command.out, ThreadCount(command.common)};
}

}  // namespace

int Run(const StageSketchCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  auto writer = ShingleFileWriter::Open(command.out, command.dedup);
  if (!writer.ok()) return PrintError(writer.status()), kFailed;
  const Engine engine;
  const double seconds = MapTexts(
      **input, command.common, "reading",
      [&](std::string_view text, Workspace& workspace) {
        return engine.Shingles(text, command.dedup.shingle, workspace);
      },
      [&](const TextCard& card, const ShingleSet& set) {
        (*writer)->Add(card.id, card.published, card.bytes, set);
        return true;
      });
  // Half of what was asked for must not look like all of it.
  const int status = (*input)->Status();
  if (status == kFailed) return kFailed;
  if (const absl::Status written = (*writer)->Finish(); !written.ok()) return PrintError(written), kFailed;
  Summarize(command.common, "%llu articles, %llu bad records in %.1f s\n", Number((*input)->articles()),
            Number((*input)->bad()), seconds);
  return status;
}

int RunJoin(const StagePartCommand& command) {
  const auto inputs = StageInputs::Open(command.files, StageKind::kShingles, command.expected);
  if (!inputs.ok()) return PrintError(inputs.status()), kFailed;
  const auto joined = JoinPart(*inputs, OptionsOf(command));
  if (!joined.ok()) return PrintError(joined.status()), kFailed;
  Summarize(command.common, "%llu pairs; %llu hot buckets with %llu articles were split\n", Number(joined->pairs),
            Number(joined->hot_buckets), Number(joined->hot_articles));
  return kDone;
}

int RunVerify(const StagePartCommand& command) {
  const auto inputs = StageInputs::Open(command.files, StageKind::kPairs, command.expected);
  if (!inputs.ok()) return PrintError(inputs.status()), kFailed;
  const auto verified = VerifyPart(*inputs, OptionsOf(command));
  if (!verified.ok()) return PrintError(verified.status()), kFailed;
  Summarize(command.common, "%llu pairs compared, %llu similar\n", Number(verified->compared), Number(verified->edges));
  return kDone;
}

int Run(const StageClusterCommand& command) {
  const StagePartCommand& stage = command.stage;
  const auto inputs = StageInputs::Open(stage.files, StageKind::kEdges, stage.expected);
  if (!inputs.ok()) return PrintError(inputs.status()), kFailed;
  const auto clustered = ClusterEdges(*inputs);
  if (!clustered.ok()) return PrintError(clustered.status()), kFailed;
  const ShingleFiles& corpus = inputs->corpus();
  const ClusterLines lines{[&](uint64_t article) { return clustered->memberships[article]; },
                           [&](uint64_t article) { return std::string(corpus.IdOf(static_cast<uint32_t>(article))); }};
  const auto cut = [&](uint64_t index) { return corpus.size() * index / stage.part.count; };
  const uint64_t begin = cut(stage.part.index), end = cut(uint64_t{stage.part.index} + 1);
  std::span<const SimilarPair> edges = clustered->edges;
  const auto first_from = [&](uint64_t article) {
    return std::partition_point(edges.begin(), edges.end(), [&](const SimilarPair& edge) { return edge.a < article; });
  };
  edges = {first_from(begin), first_from(end)};
  if (!WriteResults(stage.out, [&](ResultFile& out) { return lines.WriteClusters(begin, end, out); }) ||
      (!command.edges.empty() &&
       !WriteResults(command.edges, [&](ResultFile& out) { return lines.WriteEdges(edges, out); })))
    return kFailed;
  const DedupSummary& summary = clustered->summary;
  Summarize(stage.common,
            "%llu articles: %llu clusters, %llu duplicates (%llu of them exact); %llu pairs compared, %llu similar\n",
            Number(summary.articles), Number(summary.clusters), Number(summary.duplicates), Number(summary.exact),
            Number(summary.candidates), Number(summary.edges));
  return kDone;
}

}  // namespace unspin::cli
