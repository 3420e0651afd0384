// WARC: what crawlers and "save to web archive" tools write, pages with the answers that brought them; and WET, the
// texts of such pages.
#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/warc_article.h"
#include "unspin/inputs/warc_header.h"
#include "unspin/inputs/warc_splitter.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/split_source.h"

namespace unspin {
namespace {

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  auto splitter = std::make_unique<WarcSplitter>(std::move(file.bytes),
                                                 std::min(options.max_article_bytes, kMaxWarcPage), MayHoldPage);
  RecordParserFactory make_parser = [path = file.path, options] {
    return std::make_unique<WarcArticleParser>(path, options);
  };
  return MakeSplitSource(std::move(file.path), std::move(splitter), std::move(make_parser));
}

}  // namespace

constinit const InputFormat kWarcFormat = {.name = "warc",
                                           .title = "WARC (also WET)",
                                           .extensions = {"warc", "wet", "wat"},
                                           .has_signature = BeginsWarcRecord,
                                           .reads_behind_damage = true,
                                           .open = Open};

}  // namespace unspin
