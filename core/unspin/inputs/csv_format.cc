// CSV and its like: a row for each article, fields parted by commas, semicolons, tabs or bars.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/csv_article.h"
#include "unspin/inputs/csv_columns.h"
#include "unspin/inputs/csv_dialect.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_splitter.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/records/file_name.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_source.h"
#include "unspin/records/split_source.h"

namespace unspin {
namespace {

bool IsWhole(std::string_view head) { return head.size() < kHeadForDetection; }

bool NamesTabs(std::string_view path) {
  const std::string extension = FileExtension(path);
  return extension == "tsv" || extension == "tab";
}

// Whether a first row names columns, as programs do: short names of one word.
bool IsHeader(std::string_view head, const CsvDialect& dialect) {
  constexpr size_t kMaxNameBytes = 40;
  std::vector<CsvField> fields;
  std::string scratch;
  SplitCsvRecord(SkipBlank(head).substr(0, SkipBlank(head).find_first_of("\r\n")), dialect, fields);
  return std::all_of(fields.begin(), fields.end(), [&](const CsvField& field) {
    const std::string_view name = TrimmedCsvName(CsvValue(field, dialect, scratch));
    return name.size() <= kMaxNameBytes && std::all_of(name.begin(), name.end(), [](char c) {
             return IsAsciiAlphanumeric(c) || c == '_' || c == '-' || c == '.' || c == ':';
           });
  });
}

// What a table looks like: a header with one of the usual names of a text, and rows that all have as many fields.
// Nothing if it is not certain that there is a table.
std::optional<CsvLook> FindTable(std::string_view head) {
  constexpr size_t kMaxHeaderBytes = 2000;
  constexpr std::string_view kTextNames[] = {"text",      "body",      "content",  "article",
                                             "full_text", "main_text", "maintext", "article_text"};
  const std::string_view content = SkipBlank(head);
  const std::string first_line = AsciiLower(content.substr(0, content.find_first_of("\r\n")));
  if (first_line.size() > kMaxHeaderBytes || first_line.find_first_of(",;\t|") == std::string::npos) return {};
  for (const std::string_view name : kTextNames) {
    if (first_line.find(name) == std::string::npos) continue;
    const CsvLook look = DetectCsvDialect(content, IsWhole(head), name, /*tabs_first=*/false);
    if (look.names_text && look.columns > 1 && look.rows > 0 && look.odd == 0 && IsHeader(content, look.dialect)) {
      return look;
    }
  }
  return std::nullopt;
}

bool LooksLikeTable(std::string_view head) { return FindTable(head).has_value(); }

// Texts have lines with tabs seldom, and hardly ever as many in each.
bool IsTabTable(std::string_view head) {
  constexpr size_t kMinRows = 2;
  const std::optional<CsvLook> look = FindTable(head);
  return look && look->dialect.delimiter == '\t' && look->rows >= kMinRows;
}

absl::StatusOr<CsvColumns> ReadColumns(CsvSplitter& splitter, const CsvTable& table) {
  std::string row;
  if (std::string problem = splitter.ReadFirst(table.options.has_header, row); !problem.empty()) {
    return absl::InvalidArgumentError(problem);
  }
  if (!IsValidUtf8(row)) {
    std::optional<DecodedBytes> decoded = DecodeText(std::move(row), table.likely);
    if (!decoded) {
      return absl::InvalidArgumentError("its first row is not valid UTF-8, and " + std::string(kUnknownCharset));
    }
    row = std::move(decoded->text);
  }
  std::vector<CsvField> fields;
  SplitCsvRecord(row, table.dialect, fields);
  std::vector<std::string> names;
  std::string scratch;
  for (const CsvField& field : fields) names.emplace_back(CsvValue(field, table.dialect, scratch));
  return FindCsvColumns(names, table.options);
}

std::unique_ptr<RecordSource> Open(InputFile file, const ReaderOptions& options) {
  const std::string text_name = options.has_header ? options.fields.text : "";
  auto table = std::make_shared<CsvTable>();
  const CsvLook look = DetectCsvDialect(file.head, IsWhole(file.head), text_name, NamesTabs(file.path));
  table->dialect = look.dialect;
  table->options = options;
  table->likely = LegacyCharset(file.head);
  table->converted_from = file.charset;
  auto splitter = std::make_unique<CsvSplitter>(std::move(file.bytes), options.max_article_bytes, table->dialect);
  absl::StatusOr<CsvColumns> columns = ReadColumns(*splitter, *table);
  if (!columns.ok()) {
    return MakeSingleRecordSource(BadFile(std::move(file.path), std::string(StdView(columns.status().message()))),
                                  splitter->stored_bytes_read());
  }
  table->columns = *std::move(columns);
  splitter->set_columns(table->columns.count);
  splitter->set_escapes_quotes(look.escapes_quotes);
  RecordParserFactory make_parser = [path = file.path, table = std::shared_ptr<const CsvTable>(std::move(table))] {
    return std::make_unique<CsvArticleParser>(path, table);
  };
  return MakeSplitSource(std::move(file.path), std::move(splitter), std::move(make_parser));
}

}  // namespace

constinit const InputFormat kCsvFormat = {.name = "csv",
                                          .title = "CSV (also TSV)",
                                          .extensions = {"csv", "tsv", "tab"},
                                          .looks_like = LooksLikeTable,
                                          .is_certain = IsTabTable,
                                          .open = Open};

}  // namespace unspin
