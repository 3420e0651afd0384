// `unspin read`: inputs → the articles that were read from them.
#include <cstdio>
#include <string>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "render/article_json.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct ReadOptions {
  CommonOptions common;
  InputOptions input;
  bool json = false;
};

// The text, under a line that names the article.
std::string TextOf(const Article& article, bool first) {
  std::string out = first ? "" : "\n";
  out += "== " + article.id;
  for (const std::string* field : {&article.title, &article.published, &article.url}) {
    if (!field->empty()) out += " | " + *field;
  }
  out.reserve(out.size() + article.text.size() + 3);
  out.append("\n\n").append(article.text).append("\n");
  return out;
}

ExitStatus Run(const ReadOptions& options) {
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  Progress progress("reading", options.common.quiet || !options.json || ResultsGoToTerminal());
  bool first = true;
  while (const auto article = (*input)->Next()) {
    const std::string out = options.json ? RenderArticle(*article) + "\n" : TextOf(*article, first);
    first = false;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) break;
    progress.Update((*input)->articles(), (*input)->bytes_read(), (*input)->bytes_total());
  }
  progress.Finish();
  if (!ResultsWritten()) return ExitStatus::kFailed;
  return (*input)->Finish();
}

}  // namespace

void AddRead(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "read", "show what is read as articles: the text of pages, and what is known about it",
      Examples("unspin read page.html", "unspin read saved-pages/ --json | jq -r '[.id, .published] | @tsv'"), Run);
  AddInputOptions(command, options.input, "articles: files, folders or - for standard input");
  command.add_flag("--json", options.json, "one article per line as JSON");
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
