// A pack on disk is told from reports, and is not read where no reader would take it.
#include "evidence/pack_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "evidence/pack_limits.h"
#include "evidence/zip_writer.h"

namespace unspin::evidence {
namespace {

namespace fs = std::filesystem;

class PackFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-pack-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // A file of `bytes`, with a hole behind them that makes it larger than a pack may be.
  std::string Write(const std::string& bytes, bool is_large) const {
    const std::string path = folder_ + "/file";
    std::ofstream(path, std::ios::binary) << bytes;
    if (is_large) fs::resize_file(path, kPackLimits.zip_bytes + 1);
    return path;
  }

  std::string folder_;
};

TEST_F(PackFileTest, OnlyAZipIsRead) {
  const std::string zip = WriteZip({});
  const auto pack = ReadPackFile(Write(zip, false));
  ASSERT_TRUE(pack.ok() && pack->has_value());
  EXPECT_EQ(**pack, zip);
  const auto reports = ReadPackFile(Write("{}\n", false));
  EXPECT_TRUE(reports.ok() && !reports->has_value());
  EXPECT_FALSE(ReadPackFile(folder_ + "/none").ok());
}

TEST_F(PackFileTest, AZipOfMoreBytesThanAPackMayHaveIsRefused) {
  EXPECT_TRUE(absl::IsResourceExhausted(ReadPackFile(Write("PK\x03\x04", true)).status()));
}

TEST_F(PackFileTest, ReportsMayHaveMoreBytesThanAPack) {
  const auto reports = ReadPackFile(Write("{}\n", true));
  EXPECT_TRUE(reports.ok() && !reports->has_value());
}

}  // namespace
}  // namespace unspin::evidence
