#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "cli/spins.h"
#include "render/json.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Answer {
  std::string json;
  Verdict verdict = Verdict::kUnrelated;
  std::optional<Report> learnt_from;  // as much of it as the spin dictionary asks for
};

}  // namespace

int Run(const AuditCommand& command) {
  auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return Complain(archive.status()), kFailed;
  auto input = Input::Open(command.input);
  if (!input.ok()) return Complain(input.status()), kFailed;
  std::FILE* out = command.out == "-" ? stdout : std::fopen(command.out.c_str(), "wb");
  if (out == nullptr)
    return Complain("cannot write " + command.out + ": check that its folder exists and may be written to"), kFailed;
  SpinDictionary spins = (*archive)->spins();
  const Engine engine;
  Progress progress("auditing", command.common.quiet);
  uint64_t checked = 0;
  uint64_t verdicts[static_cast<size_t>(Verdict::kInsufficient) + 1] = {};
  absl::Status failure;
  bool written = true;
  RunOrdered(
      ThreadCount(command.common), [&] { return (*input)->Next(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, Article article) -> absl::StatusOr<Answer> {
        const auto report = engine.Check(article, **archive, command.check, *workspace);
        if (!report.ok()) return report.status();
        Answer answer{RenderJson(*report, {command.full, command.offsets}), report->summary.verdict, std::nullopt};
        if (command.learn) answer.learnt_from = SpinLesson(*report);
        return answer;
      },
      [&](absl::StatusOr<Answer> answer) {
        if (!answer.ok()) {
          failure = answer.status();
          return false;
        }
        if (answer->learnt_from) spins.Learn(*answer->learnt_from);
        answer->json += '\n';
        written = std::fwrite(answer->json.data(), 1, answer->json.size(), out) == answer->json.size();
        ++verdicts[static_cast<size_t>(answer->verdict)];
        progress.Update(++checked, (*input)->bytes_read(), (*input)->bytes_total());
        return written;
      });
  written &= (out == stdout ? std::fflush(out) : std::fclose(out)) == 0;
  if (!failure.ok()) return Complain(failure), kFailed;
  if (!written)
    return Complain("cannot write " + (out == stdout ? "to standard output" : command.out) + ": is the disk full?"),
           kFailed;
  if (command.learn) failure = SaveSpins(command.archive, (*archive)->spins(), spins, command.common.quiet);
  if (!failure.ok()) return Complain(failure), kFailed;
  if (!command.common.quiet) {
    std::fprintf(stderr, "%llu suspects in %.1f s, %llu bad records:", static_cast<unsigned long long>(checked),
                 progress.seconds(), static_cast<unsigned long long>((*input)->bad()));
    for (size_t i = 0; i < std::size(verdicts); ++i) {
      if (verdicts[i] > 0)
        std::fprintf(stderr, " %s %llu", Name(static_cast<Verdict>(i)), static_cast<unsigned long long>(verdicts[i]));
    }
    std::fputc('\n', stderr);
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
