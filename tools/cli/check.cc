#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "cli/spins.h"
#include "render/html.h"
#include "render/json.h"
#include "render/text.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/io/write_file.h"

namespace unspin::cli {

int Run(const CheckCommand& command) {
  auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return PrintError(archive.status()), kFailed;
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  SpinDictionary spins = (*archive)->spins();
  const Engine engine;
  // A folder takes a page for each suspect and an index; a file takes one suspect.
  struct stat info{};
  const bool folder = !command.html.empty() &&
                      (command.html.back() == '/' || (stat(command.html.c_str(), &info) == 0 && S_ISDIR(info.st_mode)));
  if (folder) mkdir(command.html.c_str(), 0777);
  std::vector<HtmlIndexEntry> pages;
  TextOptions text;
  text.colour = isatty(STDOUT_FILENO) != 0;
  absl::Status failure;
  bool found = false;
  uint64_t checked = 0;
  Progress progress("checking", command.common.quiet || !command.json);
  RunOrderedPipeline(
      ThreadCount(command.common), [&] { return (*input)->Next(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, Article article) {
        return engine.Check(article, **archive, command.check, *workspace);
      },
      [&](absl::StatusOr<Report> report) {
        if (!report.ok()) {
          failure = report.status();
          return false;
        }
        ++checked;
        if (command.learn) spins.Learn(*report);
        found |= command.fail_on && report->summary.verdict <= *command.fail_on;
        if (command.json) {
          std::puts(RenderJson(*report, {command.full, command.offsets}).c_str());
        } else {
          std::fputs(RenderText(*report, text).c_str(), stdout);
        }
        if (!command.html.empty()) {
          if (!folder && checked > 1) {
            failure = absl::InvalidArgumentError(
                "--html " + command.html +
                ": several suspects need a folder; name one that exists, or end the name with a slash");
            return false;
          }
          std::string path = command.html;
          if (folder) {
            char name[32];
            std::snprintf(name, sizeof name, "%06llu.html", static_cast<unsigned long long>(checked));
            if (path.back() != '/') path += '/';
            path += name;
            pages.push_back(MakeHtmlIndexEntry(*report, name));
          }
          failure = WriteFileAtomically(path, RenderHtml(*report));
        }
        progress.Update(checked, (*input)->bytes_read(), (*input)->bytes_total());
        return failure.ok() && std::ferror(stdout) == 0;
      });
  if (failure.ok() && folder)
    failure = WriteFileAtomically(command.html + (command.html.back() == '/' ? "" : "/") + "index.html",
                                  RenderHtmlIndex(pages));
  if (failure.ok() && command.learn)
    failure = SaveSpins(command.archive, (*archive)->spins(), spins, command.common.quiet);
  if (!failure.ok()) return PrintError(failure), kFailed;
  if (!ResultsWritten()) return kFailed;
  const int status = (*input)->Status();
  return status == kDone && found ? kFound : status;
}

}  // namespace unspin::cli
