#include "unspin/format/section_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/test_folder.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_file.h"

namespace unspin {
namespace {

using ::testing::HasSubstr;

TEST(SectionWriterTest, WritesTheSameBytesAsBuildSectionFile) {
  const testing::TestFolder folder;
  const std::string path = folder.Path("file"), many(100000, 'x');
  const Section sections[] = {{"greeting", 1, {"hello"}}, {"nothing", 2, {""}}, {"many", 3, {many}}};
  auto writer = SectionWriter::Open(path, 42, 3);
  ASSERT_TRUE(writer.ok());
  for (const Section& section : sections) {
    (*writer)->Begin(section.name, section.version);
    for (size_t at = 0; at < section.chunks[0].size(); at += 777) (*writer)->Append(section.chunks[0].substr(at, 777));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE((*writer)->Finish().ok());
  std::ifstream file(path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), BuildSectionFile(42, sections));
}

TEST(SectionWriterTest, AnUnfinishedFileIsRemoved) {
  const testing::TestFolder folder;
  const std::string path = folder.Path("file");
  {
    auto writer = SectionWriter::Open(path, 42, 1);
    ASSERT_TRUE(writer.ok());
    (*writer)->Begin("greeting", 1);
    (*writer)->Append("hello");
  }
  EXPECT_TRUE(std::filesystem::is_empty(std::filesystem::path(path).parent_path()));
}

TEST(SectionWriterTest, RefusesToReplaceADevice) {
  EXPECT_THAT(std::string(StdView(SectionWriter::Open("/dev/null", 0, 1).status().message())),
              HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace unspin
