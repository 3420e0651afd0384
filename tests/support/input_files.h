// Files for a reader to read, and what it makes of them as short lines.
#pragma once

#include <gtest/gtest.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/test_folder.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"

namespace unspin::testing {

class InputFiles : public TestFolder {
 public:
  // Writes a file, and the folders above it. Returns its path.
  std::string Write(const std::string& name, const std::string& bytes) const {
    const std::string path = Path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
};

inline std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

inline std::vector<Record> ReadAll(std::vector<std::string> inputs, const ReaderOptions& options = {}) {
  std::vector<Record> records;
  auto reader = ArticleReader::Open(std::move(inputs), options);
  EXPECT_TRUE(reader.ok()) << (reader.ok() ? "" : StdView(reader.status().message()));
  if (!reader.ok()) return records;
  while (auto record = (*reader)->Next()) records.push_back(*std::move(record));
  return records;
}

// A record in one line: "id: text", or "bad location".
inline std::string Line(const Record& record) {
  if (const auto* article = std::get_if<Article>(&record)) return article->id + ": " + article->text;
  return "bad " + std::get<BadRecord>(record).location;
}

inline std::vector<std::string> Lines(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const Record& record : records) lines.push_back(Line(record));
  return lines;
}

// A bad record's message; empty for an article.
inline std::string Problem(const Record& record) {
  const auto* bad = std::get_if<BadRecord>(&record);
  return bad == nullptr ? "" : bad->message;
}

}  // namespace unspin::testing
