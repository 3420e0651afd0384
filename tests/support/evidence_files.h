// Suspects in files, an archive of the samples beside them, and the evidence gathered for their reports.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evidence/gather.h"
#include "render/json.h"
#include "render/json_writer.h"
#include "render/report_options.h"
#include "support/check_archives.h"
#include "support/sample_articles.h"
#include "unspin/ingest/reader.h"

namespace unspin::testing {

class EvidenceFilesTest : public CheckArchiveTest {
 protected:
  void SetUp() override {
    std::vector<Article> articles;
    for (const std::string& story : SampleStories()) {
      Article article = SampleArticle(story, "original.txt");
      article.published = "2020-01-01";
      article.url = "https://courier.example/" + story;
      article.site = "Courier";
      articles.push_back(std::move(article));
    }
    Write("archive", articles);
    archive_ = OpenArchive(folder_.Path("archive"));
    options_.archive = archive_.get();
  }

  std::string AddFile(const std::string& name, const std::string& bytes) {
    WriteFile(folder_.Path(name), bytes);
    return folder_.Path(name);
  }
  // Sample articles as lines of JSON, in a file.
  std::string AddLines(const std::string& name, const std::vector<std::string>& files, size_t repeats = 1) {
    std::string lines;
    for (size_t i = 0; i < repeats; ++i) {
      for (const std::string& file : files) {
        JsonWriter json;
        json.BeginObject();
        json.Field("text", ReadSample(SampleStories().front(), file));
        json.Field("site", "Herald");
        json.EndObject();
        lines += json.Take() + "\n";
      }
    }
    return AddFile(name, lines);
  }

  static std::vector<Article> Read(const std::string& path, const ReaderOptions& options) {
    auto reader = ArticleReader::Open({path}, options);
    EXPECT_TRUE(reader.ok()) << reader.status();
    std::vector<Article> articles;
    while (std::optional<Record> record = (*reader)->Next()) articles.push_back(std::get<Article>(*std::move(record)));
    return articles;
  }

  // As `unspin check --json` writes them.
  std::vector<std::string> CheckFile(const std::string& path, const CheckOptions& check = {},
                                     const ReaderOptions& given = {}, OffsetUnit offsets = OffsetUnit::kByte) {
    ReaderOptions reader = given;
    reader.hash_files = true;
    std::vector<std::string> lines;
    for (const Article& suspect : Read(path, reader)) {
      const auto report = engine_.Check(suspect, *archive_, check, workspace_);
      EXPECT_TRUE(report.ok());
      lines.push_back(RenderJson(*report, {check.details, offsets, OptionsInReports(reader, check, offsets)}));
    }
    return lines;
  }
  // As `unspin compare --json` writes it.
  std::string CompareFiles(const std::string& original, const std::string& suspect) {
    ReaderOptions reader;
    const Article first = Read(original, reader).front();
    reader.hash_files = true;
    return RenderJson(engine_.Compare(first, Read(suspect, reader).front(), {}, workspace_), {});
  }

  absl::StatusOr<evidence::Evidence> Gather(const std::string& line) {
    return evidence::GatherEvidence(line, options_, engine_, workspace_);
  }

  std::unique_ptr<const Archive> archive_;
  evidence::GatherOptions options_;
};

}  // namespace unspin::testing
