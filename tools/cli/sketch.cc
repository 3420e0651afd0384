#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Sketched {
  ArticleTexts texts;
  std::vector<Sketch> sketches;
};

}  // namespace

int Run(const SketchCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return Complain(input.status()), kFailed;
  auto writer = SketchFileWriter::Open(command.out);
  if (!writer.ok()) return Complain(writer.status()), kFailed;
  const Engine engine;
  Progress progress("sketching", command.common.quiet);
  uint64_t sketched = 0;
  absl::Status failure;
  RunOrdered(
      ThreadCount(command.common), [&] { return (*input)->NextTexts(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, ArticleTexts texts) {
        Sketched done;
        done.sketches.reserve(texts.size());
        for (size_t i = 0; i < texts.size(); ++i) done.sketches.push_back(engine.SketchText(texts.text(i), *workspace));
        done.texts = std::move(texts);
        return done;
      },
      [&](Sketched done) {
        for (size_t i = 0; i < done.texts.size() && failure.ok(); ++i)
          failure = (*writer)->Add(done.texts.id(i), done.sketches[i]);
        progress.Update(sketched += done.texts.size(), (*input)->bytes_read(), (*input)->bytes_total());
        (*input)->Recycle(std::move(done.texts));
        return failure.ok();
      });
  if (failure.ok()) failure = (*writer)->Finish();
  if (!failure.ok()) return Complain(failure), kFailed;
  if (!command.common.quiet) {
    const double seconds = progress.seconds(), read = static_cast<double>((*input)->bytes_read());
    std::fprintf(stderr, "%llu articles, %llu bad records, %.0f bytes in %.2f s: %.1f MB/s\n",
                 static_cast<unsigned long long>(sketched), static_cast<unsigned long long>((*input)->bad()), read,
                 seconds, read / 1e6 / seconds);
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
