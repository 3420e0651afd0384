// `unspin sketch`: articles → a file of their sketches.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/progress.h"
#include "cli/temporary_outputs.h"
#include "unspin/engine/sketch_file.h"

namespace unspin::cli {
namespace {

struct SketchOptions {
  CommonOptions common;
  InputOptions input;
  std::string out;
};

ExitStatus Run(const SketchOptions& options) {
  const absl::Status guarded = GuardOutputs({options.input.inputs, "", {{"--out", options.out}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const TemporaryOutputs temporary(options.out);
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  auto writer = SketchFileWriter::Open(options.out);
  if (!writer.ok()) return Fail(writer.status());
  const Engine engine;
  absl::Status failure;
  double seconds = MapTexts(
      engine, **input, options.common, "sketching",
      [&](std::string_view text, Workspace& workspace) { return engine.SketchText(text, workspace); },
      [&](const TextInfo& info, const Sketch& sketch) {
        failure = (*writer)->Add(info.id, sketch);
        return failure.ok();
      });
  Progress finishing("writing", options.common.quiet);
  if (failure.ok()) failure = (*writer)->Finish();
  seconds += finishing.Finish();
  if (!failure.ok()) return Fail(failure);
  if (!options.common.quiet) {
    const auto read = static_cast<double>((*input)->bytes_read());
    std::fprintf(stderr, "%llu articles, %llu bad records, %.0f bytes in %.2f s: %.1f MB/s\n",
                 static_cast<unsigned long long>((*input)->articles()),
                 static_cast<unsigned long long>((*input)->bad()), read, seconds, read / 1e6 / seconds);
  }
  return (*input)->Finish();
}

}  // namespace

void AddSketch(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "sketch", "text to MinHash sketches only, for pipelines and benchmarks",
                 Examples("unspin sketch crawl.jsonl.zst --out crawl.sketches",
                          "zstdcat wire.jsonl.zst | unspin sketch - --out wire.sketches --threads 1"),
                 Run);
  AddInputOptions(command, options.input, "articles: files, folders or - for standard input");
  command
      .add_option("--out", options.out, "file for the sketches (core/unspin/format/FORMAT.md); - for standard output")
      ->type_name("FILE")
      ->required();
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
