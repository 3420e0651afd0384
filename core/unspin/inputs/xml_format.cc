// News in XML: feeds in RSS and Atom, stories in NITF and NewsML.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "unspin/charset/charset_table.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/xml_article.h"
#include "unspin/inputs/xml_kind.h"
#include "unspin/inputs/xml_splitter.h"
#include "unspin/inputs/xml_tokens.h"
#include "unspin/records/file_name.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/split_source.h"

namespace unspin {
namespace {

// A larger item is no article, and a tree of it would take too much memory.
constexpr uint64_t kMaxItemBytes = uint64_t{64} << 20;

bool IsXmlButNoPage(std::string_view head) {
  const XmlKind kind = FindXmlKind(head).kind;
  return kind != XmlKind::kNoXml && kind != XmlKind::kPage;
}

const Charset* DeclaredCharset(std::string_view head) {
  const std::string_view content = SkipBlank(head);
  if (!content.starts_with("<?xml")) return nullptr;
  const XmlToken declaration = NextXmlToken(content, 0);
  return CharsetOfLabel(XmlAttribute(content.substr(1, declaration.end), "encoding"));
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  const XmlFile xml = FindXmlKind(file.head);
  if (xml.kind == XmlKind::kPage) return kHtmlFormat.open(std::move(file), options);
  std::string refusal;
  if (!xml.refusal.empty()) refusal = "this is " + xml.refusal;
  if (xml.kind == XmlKind::kNoXml && refusal.empty()) refusal = "this is no XML; name its format (--format)";
  if (!refusal.empty())
    return MakeSingleRecordSource(BadFile(std::move(file.path), std::move(refusal)), file.bytes->stored_bytes_read());
  RecordParserFactory make_parser = [path = file.path, options, declared = DeclaredCharset(file.head),
                                     converted_from = file.charset] {
    return std::make_unique<XmlArticleParser>(path, options, declared, converted_from);
  };
  auto splitter =
      std::make_unique<XmlSplitter>(std::move(file.bytes), std::min(options.max_article_bytes, kMaxItemBytes));
  return MakeSplitSource(std::move(file.path), std::move(splitter), std::move(make_parser));
}

}  // namespace

constinit const InputFormat kXmlFormat = {.name = "xml",
                                          .title = "RSS, Atom, NITF and NewsML-G2",
                                          .extensions = {"rss", "atom", "xml", "nitf", "newsml", "g2"},
                                          .has_signature = IsXmlButNoPage,
                                          .open = Open};

}  // namespace unspin
