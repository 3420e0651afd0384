// An archive of the samples, a file of suspects, and what an audit of them must write.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "render/json.h"
#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"
#include "unspin/ingest/reader.h"

namespace unspin::server {

class AuditFolder {
 public:
  AuditFolder() {
    std::filesystem::create_directories(Path("inputs"));
    Workspace workspace(engine_);
    auto writer = ArchiveWriter::Open(Path("archive"));
    EXPECT_TRUE(writer.ok()) << writer.status();
    for (const std::string& story : testing::SampleStories()) {
      const Article original = testing::SampleArticle(story, "original.txt");
      EXPECT_TRUE((*writer)->Add(original, engine_.Fingerprints(original, workspace)).ok());
    }
    EXPECT_TRUE((*writer)->Finish().ok());
    archive_ = *Archive::Open(Path("archive"));
  }

  std::string Path(const std::string& name) const { return folder_.Path(name); }
  const Engine& engine() const { return engine_; }
  const std::shared_ptr<const Archive>& archive() const { return archive_; }

  // Writes inputs/`name`: `count` suspects of all kinds, those of even number without an id.
  void WriteSuspects(const std::string& name, int count) const {
    const std::vector<std::string> stories = testing::SampleStories();
    const std::vector<std::string> files = {"copy.txt", "spun.txt", "edited.txt", "excerpt.txt", "independent.txt"};
    std::ofstream out(Path("inputs/" + name), std::ios::binary);
    for (int number = 0; number < count; ++number) {
      nlohmann::json record;
      const auto index = static_cast<size_t>(number);
      record["text"] = testing::ReadSample(stories[index % stories.size()], files[index % files.size()]) +
                       "\n\nNumber " + std::to_string(number) + ".";
      if (number % 2 == 1) record["id"] = "s" + std::to_string(number);
      out << record.dump() << "\n";
    }
  }

  // The lines that `unspin audit NAME` writes, run in the folder of inputs.
  std::string ExpectedReports(const std::string& name, const CheckOptions& check = {},
                              const JsonOptions& json = {}) const {
    const std::string path = Path("inputs/" + name);
    auto reader = ArticleReader::Open({path}, {});
    EXPECT_TRUE(reader.ok()) << reader.status();
    Workspace workspace(engine_);
    std::string lines;
    while (std::optional<Record> record = (*reader)->Next()) {
      auto* article = std::get_if<Article>(&*record);
      if (article == nullptr) continue;
      if (article->id.starts_with(path)) article->id = name + article->id.substr(path.size());
      article->path = name;
      lines += RenderJson(*engine_.Check(*article, *archive_, check, workspace), json) + "\n";
    }
    return lines;
  }

  static std::string ReadFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  const testing::TestFolder folder_;
  const Engine engine_;
  std::shared_ptr<const Archive> archive_;
};

}  // namespace unspin::server
