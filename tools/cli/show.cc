// `unspin show`: an article of an archive as it was read.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "render/article_json.h"
#include "unspin/engine/archive_reader.h"

namespace unspin::cli {
namespace {

struct ShowOptions {
  std::string id, archive;
  uint32_t version = 0;  // 0: all
  bool json = false;
  bool quiet = false;
};

std::string TextOf(const StoredArticle& stored, bool first) {
  const Article& article = stored.article;
  std::string out = first ? "" : "\n";
  const auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out.append(name).append(value).append("\n");
  };
  line("id         ", article.id);
  line("version    ", std::to_string(stored.version));
  line("title      ", article.title);
  line("url        ", article.url);
  line("site       ", article.site);
  line("published  ", article.published);
  line("fetched    ", article.fetched);
  line("file       ", article.path + (article.record ? ":" + std::to_string(*article.record) : ""));
  line("sha256     ", stored.sha256);
  return out + "\n" + article.text + (article.text.ends_with('\n') ? "" : "\n");
}

ExitStatus Run(const ShowOptions& options) {
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  const ArchiveReader& reader = (*archive)->reader();
  bool first = true;
  for (const ArticleAddress& address : reader.FindVersions(options.id)) {
    const auto stored = reader.Fetch(address);
    if (!stored.ok()) return Fail(stored.status());
    if (options.version != 0 && stored->version != options.version) continue;
    const std::string out =
        options.json ? RenderArticle(stored->article, stored->version) + "\n" : TextOf(*stored, first);
    std::fwrite(out.data(), 1, out.size(), stdout);
    first = false;
  }
  if (first)
    return Fail(options.id + ": the archive holds no such " + (options.version != 0 ? "version" : "article") +
                "; `unspin list " + options.archive + "` shows the ids of all");
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddShow(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "show", "show an article of an archive as it was read, in all its versions",
                 Examples("unspin show wire-2023-0451 --archive archive",
                          "unspin show pages/a.html --archive archive --version 2"),
                 Run);
  command.add_option("id", options.id, "id of the article, as `unspin list` shows it")->type_name("ID")->required();
  AddArchiveArgument(command, options.archive);
  command.add_option("--version", options.version, "only this version, from 1")->check(WholeNumber(1, 1 << 30));
  command.add_flag("--json", options.json, "one version per line as JSON");
  AddQuietOption(command, options.quiet);
}

}  // namespace unspin::cli
