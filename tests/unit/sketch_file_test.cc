#include "unspin/engine/sketch_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/made_articles.h"
#include "support/source_folder.h"
#include "support/test_folder.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

using ::testing::HasSubstr;

class SketchFileTest : public ::testing::Test {
 protected:
  std::string Written(size_t articles) {
    auto writer = SketchFileWriter::Open(path_);
    EXPECT_TRUE(writer.ok());
    for (size_t i = 0; i < articles; ++i) {
      const testing::MadeArticle made = testing::MakeArticle(i);
      EXPECT_TRUE((*writer)->Add(made.article.id, made.sketch).ok());
    }
    EXPECT_TRUE((*writer)->Finish().ok());
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string Problem(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    const auto read = ReadSketchFile(path_);
    return read.ok() ? "read" : std::string(StdView(read.status().message()));
  }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("sketches");
};

TEST_F(SketchFileTest, ReadsWhatItWrote) {
  for (const size_t articles : {0u, 1u, 3000u}) {
    Written(articles);
    const auto read = ReadSketchFile(path_);
    ASSERT_TRUE(read.ok()) << read.status();
    ASSERT_EQ(read->size(), articles);
    for (size_t i = 0; i < articles; ++i) {
      EXPECT_EQ((*read)[i].first, "article-" + std::to_string(i));
      EXPECT_EQ((*read)[i].second, testing::MakeArticle(i).sketch);
    }
  }
}

TEST_F(SketchFileTest, ReadsFilesOfEarlierPrograms) {
  const auto read = ReadSketchFile((testing::SourceFolder() / "tests/compat/format-1/originals.sketches").string());
  if (!read.ok() && SketchScheme::Default().unicode != "icu-72.1") {
    EXPECT_THAT(std::string(StdView(read.status().message())), HasSubstr("scheme"));
    GTEST_SKIP() << "the file was made with ICU 72.1";
  }
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 6u);
  EXPECT_EQ(read->front().first, "battery-plant");
  EXPECT_EQ(read->back().first, "vent-field");
  for (const auto& [id, sketch] : *read) EXPECT_FALSE(sketch.empty()) << id;
}

TEST_F(SketchFileTest, NamesEveryDamage) {
  const std::string good = Written(5);
  EXPECT_THAT(Problem(good.substr(0, 20)), HasSubstr("not a sketch file"));
  EXPECT_THAT(Problem(good.substr(0, good.size() - 1)), HasSubstr("cut off or damaged"));
  for (size_t at = 0; at < good.size(); at += 7) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x40);
    EXPECT_THAT(Problem(bad), HasSubstr(path_ + ": ")) << at;
  }
}

TEST_F(SketchFileTest, AnUnfinishedFileIsRemoved) {
  {
    auto writer = SketchFileWriter::Open(path_);
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE((*writer)->Add("one", testing::MakeArticle(1).sketch).ok());
  }
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_TRUE(std::filesystem::is_empty(std::filesystem::path(path_).parent_path()));
}

}  // namespace
}  // namespace unspin
