#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/messages.h"
#include "unspin/engine/sketch_file.h"

namespace unspin::cli {

int Run(const SketchCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  auto writer = SketchFileWriter::Open(command.out);
  if (!writer.ok()) return PrintError(writer.status()), kFailed;
  const Engine engine;
  absl::Status failure;
  double seconds = MapTexts(
      engine, **input, command.common, "sketching",
      [&](std::string_view text, Workspace& workspace) { return engine.SketchText(text, workspace); },
      [&](const TextCard& card, const Sketch& sketch) {
        failure = (*writer)->Add(card.id, sketch);
        return failure.ok();
      });
  const Progress finishing("writing", command.common.quiet);
  if (failure.ok()) failure = (*writer)->Finish();
  seconds += finishing.seconds();
  if (!failure.ok()) return PrintError(failure), kFailed;
  if (!command.common.quiet) {
    const auto read = static_cast<double>((*input)->bytes_read());
    std::fprintf(stderr, "%llu articles, %llu bad records, %.0f bytes in %.2f s: %.1f MB/s\n",
                 static_cast<unsigned long long>((*input)->articles()),
                 static_cast<unsigned long long>((*input)->bad()), read, seconds, read / 1e6 / seconds);
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
