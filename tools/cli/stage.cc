// `unspin stage`: dedup as four commands that run on parts.
#include <algorithm>
#include <cassert>
#include <cstdio>
#include <span>

#include "cli/cluster_lines.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/stage_plan.h"
#include "cli/temporary_outputs.h"
#include "unspin/dedup/shingle_file.h"
#include "unspin/dedup/stages.h"

namespace unspin::cli {
namespace {

struct SketchStageOptions {
  CommonOptions common;
  InputOptions input;
  DedupOptions dedup;
  std::string out;
};

// The later stages make one file of files of earlier stages.
struct StageCommandOptions {
  CommonOptions common;
  std::vector<std::string> files;
  ExpectedOptions expected;
  Part part;
  std::string out;

  StageOptions stage() const { return {part, out, ThreadCount(common)}; }
};

struct ClusterStageOptions : StageCommandOptions {
  std::string edges;  // file for the verified edges; empty: none
};

unsigned long long Number(uint64_t value) { return value; }

void PrintSummary(const CommonOptions& common, const char* format, const auto&... values) {
  if (!common.quiet) std::fprintf(stderr, format, values...);
}

ExitStatus RunSketch(const SketchStageOptions& options) {
  const absl::Status guarded = GuardOutputs({options.input.inputs, "", {{"--out", options.out}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const TemporaryOutputs temporary(options.out);
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  auto writer = ShingleFileWriter::Open(options.out, options.dedup);
  if (!writer.ok()) return Fail(writer.status());
  const Engine engine;
  const double seconds = MapTexts(
      engine, **input, options.common, "reading",
      [&](std::string_view text, Workspace& workspace) {
        return engine.Shingles(text, options.dedup.shingle, workspace);
      },
      [&](const TextInfo& info, const ShingleSet& set) {
        (*writer)->Add(info.id, info.published, info.bytes, set);
        return true;
      });
  // A file of half the input would look like a file of the whole.
  const ExitStatus status = (*input)->Finish();
  if (status == ExitStatus::kFailed) return status;
  if (const absl::Status written = (*writer)->Finish(); !written.ok()) return Fail(written);
  PrintSummary(options.common, "%llu articles, %llu bad records in %.1f s\n", Number((*input)->articles()),
               Number((*input)->bad()), seconds);
  return status;
}

ExitStatus RunJoin(const StageCommandOptions& options) {
  const absl::Status guarded = GuardOutputs({options.files, "", {{"--out", options.out}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const TemporaryOutputs temporary(options.out);
  const auto inputs = StageInputs::Open(options.files, StageKind::kShingles, options.expected);
  if (!inputs.ok()) return Fail(inputs.status());
  const auto joined = JoinPart(*inputs, options.stage());
  if (!joined.ok()) return Fail(joined.status());
  PrintSummary(options.common, "%llu pairs; %llu hot buckets with %llu articles were split\n", Number(joined->pairs),
               Number(joined->hot_buckets), Number(joined->hot_articles));
  return ExitStatus::kDone;
}

ExitStatus RunVerify(const StageCommandOptions& options) {
  const absl::Status guarded = GuardOutputs({options.files, "", {{"--out", options.out}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const TemporaryOutputs temporary(options.out);
  const auto inputs = StageInputs::Open(options.files, StageKind::kPairs, options.expected);
  if (!inputs.ok()) return Fail(inputs.status());
  const auto verified = VerifyPart(*inputs, options.stage());
  if (!verified.ok()) return Fail(verified.status());
  PrintSummary(options.common, "%llu pairs compared, %llu similar\n", Number(verified->compared),
               Number(verified->edges));
  return ExitStatus::kDone;
}

// The edges whose first article is in [begin, end). REQUIRES: `edges` ascend.
std::span<const SimilarPair> EdgesOf(std::span<const SimilarPair> edges, uint64_t begin, uint64_t end) {
  assert(std::is_sorted(edges.begin(), edges.end(), [](const auto& x, const auto& y) { return x.a < y.a; }));
  const auto first_from = [&](uint64_t article) {
    return std::partition_point(edges.begin(), edges.end(), [&](const SimilarPair& edge) { return edge.a < article; });
  };
  return {first_from(begin), first_from(end)};
}

ExitStatus RunCluster(const ClusterStageOptions& options) {
  const absl::Status guarded =
      GuardOutputs({options.files, "", {{"--out", options.out}, {"--edges", options.edges}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const TemporaryOutputs temporary(options.out), temporary_edges(options.edges.empty() ? "-" : options.edges);
  const auto inputs = StageInputs::Open(options.files, StageKind::kEdges, options.expected);
  if (!inputs.ok()) return Fail(inputs.status());
  const auto clustered = ClusterEdges(*inputs);
  if (!clustered.ok()) return Fail(clustered.status());
  const ShingleFiles& corpus = inputs->corpus();
  const ClusterLines lines{corpus.size(), [&](uint64_t article) { return clustered->memberships[article]; },
                           [&](uint64_t article) { return clustered->memberships[article].representative; },
                           [&](uint64_t article) { return std::string(corpus.IdOf(static_cast<uint32_t>(article))); }};
  const Part part = options.part;
  const uint64_t begin = corpus.size() * part.index / part.count;
  const uint64_t end = corpus.size() * (uint64_t{part.index} + 1) / part.count;
  const auto write_clusters = [&](ResultFile& out) { return lines.WriteClusters(begin, end, out); };
  const auto write_edges = [&](ResultFile& out) {
    return lines.WriteEdges(EdgesOf(clustered->edges, begin, end), out);
  };
  if (!WriteResults(options.out, write_clusters)) return ExitStatus::kFailed;
  if (!options.edges.empty() && !WriteResults(options.edges, write_edges)) return ExitStatus::kFailed;
  const DedupSummary& summary = clustered->summary;
  PrintSummary(
      options.common,
      "%llu articles: %llu clusters, %llu duplicates (%llu of them exact); %llu pairs compared, %llu similar\n",
      Number(summary.articles), Number(summary.clusters), Number(summary.duplicates), Number(summary.exact),
      Number(summary.candidates), Number(summary.edges));
  return ExitStatus::kDone;
}

// "2/3" → the second of three parts. Returns what is wrong; empty if nothing.
std::string ParsePart(const std::string& text, Part& part) {
  constexpr unsigned kMaxParts = 1000000;
  unsigned number = 0, count = 0;
  int size = 0;
  const bool is_part = std::sscanf(text.c_str(), "%7u/%7u%n", &number, &count, &size) == 2 &&
                       static_cast<size_t>(size) == text.size() && text[0] >= '0' && text[0] <= '9';
  if (!is_part || number < 1 || number > count || count > kMaxParts)
    return text + ": a part is i/n, such as 2/3, with i from 1 to n and n at most 1000000";
  part = {number - 1, count};
  return "";
}

void AddStageOptions(CLI::App& command, StageCommandOptions& options, const char* files_help, const char* part_help,
                     const char* out_help) {
  command.add_option("files", options.files, files_help)->required();
  command.add_option_function<std::string>(
      "--part",
      [&options](const std::string& text) {
        if (const std::string problem = ParsePart(text, options.part); !problem.empty())
          throw CLI::ValidationError("--part", problem);
      },
      part_help);
  command.add_option("--out", options.out, out_help)->required();
  const char* help = "as `stage sketch` was told; an error where it was told something else";
  AddWordOption(command, "--measure", options.expected.measure, kMeasureNames, help);
  command
      .add_option("--threshold", options.expected.threshold,
                  "as the files were made with, or a higher one: less similar pairs are left out from here on")
      ->check(RealNumber(kMinThreshold, 1));
  command.add_option("--shingle", options.expected.shingle, help);
  AddWordOption(command, "--prefer", options.expected.prefer, kPreferNames, help);
  AddCommonOptions(command, options.common);
}

void AddSketchStage(CLI::App& stage, ExitStatus& status) {
  auto [command, options] =
      AddCommand(stage, status, "sketch", "articles to their sets of shingles and their keys",
                 "The later stages know the options from the file.\n" +
                     Examples("unspin stage sketch part-07.jsonl.zst --out 07.shingles",
                              "ls parts | xargs -P 8 -I {} unspin stage sketch parts/{} --out {}.shingles --measure "
                              "containment --threads 1"),
                 RunSketch);
  AddInputOptions(command, options.input,
                  "some of the articles: files, folders or - for standard input; every run takes others");
  command.add_option("--out", options.out, "file for the shingles")->required();
  AddDedupOptions(command, options.dedup);
  AddCommonOptions(command, options.common);
}

void AddJoinStage(CLI::App& stage, ExitStatus& status) {
  auto [command, options] = AddCommand(
      stage, status, "join", "keys to pairs of articles that share one",
      Examples("unspin stage join *.shingles --out all.pairs",
               "seq 40 | xargs -P 8 -I {} unspin stage join *.shingles --part {}/40 --out {}.pairs --threads 1"),
      RunJoin);
  AddStageOptions(command, options, "all files of shingles, in the order of the input",
                  "i/n: the i-th of n parts of the keys (default: 1/1)", "file for the pairs");
}

void AddVerifyStage(CLI::App& stage, ExitStatus& status) {
  auto [command, options] = AddCommand(
      stage, status, "verify", "pairs to edges: the pairs that are similar enough",
      Examples(
          "unspin stage verify *.shingles *.pairs --out all.edges",
          "seq 16 | xargs -P 8 -I {} unspin stage verify *.shingles *.pairs --part {}/16 --out {}.edges --threads 1"),
      RunVerify);
  AddStageOptions(command, options, "all files of shingles, in the order of the input, and all files of pairs",
                  "i/n: the i-th of n parts of the pairs (default: 1/1)", "file for the edges");
}

void AddClusterStage(CLI::App& stage, ExitStatus& status) {
  auto [command, options] =
      AddCommand(stage, status, "cluster", "edges to clusters, as `unspin dedup` writes them",
                 Examples("unspin stage cluster *.shingles *.edges --out clusters.jsonl --edges edges.jsonl",
                          "unspin stage cluster *.shingles *.edges --part 1/2 --out clusters-1.jsonl"),
                 RunCluster);
  AddStageOptions(command, options, "all files of shingles, in the order of the input, and all files of edges",
                  "i/n: write the lines of the i-th of n parts of the articles (default: 1/1)",
                  "file for id, cluster, representative and similarity of each article; - for standard output");
  command.add_option("--edges", options.edges, "file for every pair that is similar enough, equal ones aside");
}

}  // namespace

void AddStage(CLI::App& app, ExitStatus& status) {
  CLI::App& stage =
      *app.add_subcommand("stage", "dedup in stages that run on parts, each a run that reads files and writes one");
  stage.require_subcommand(1);
  stage.footer(
      "sketch → join → verify → cluster: the clusters of `unspin dedup`, byte for byte, whatever the parts.\n"
      "`unspin stage plan` says what it will take; `unspin stage STAGE --help` says more; docs/stages.md drives them "
      "with xargs and make.\n" +
      Examples("unspin stage sketch part-07.jsonl.zst --out 07.shingles",
               "unspin stage join *.shingles --part 2/3 --out 2.pairs"));
  AddSketchStage(stage, status);
  AddJoinStage(stage, status);
  AddVerifyStage(stage, status);
  AddClusterStage(stage, status);
  AddStagePlan(stage, status);
}

}  // namespace unspin::cli
