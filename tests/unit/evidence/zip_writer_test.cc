#include "evidence/zip_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin::evidence {
namespace {

const std::vector<ZipFile> kFiles = {{"README.txt", "hello\n"}, {"a/b.bin", ""}, {"a/c.json", "{}"}};

TEST(ZipWriterTest, CrcIsThatOfTheStandardsCheck) {
  EXPECT_EQ(Crc32("123456789"), 0xcbf43926U);
  EXPECT_EQ(Crc32(""), 0U);
}

TEST(ZipWriterTest, EqualFilesGiveEqualBytes) { EXPECT_EQ(WriteZip(kFiles), WriteZip(kFiles)); }

TEST(ZipWriterTest, AnEmptyArchiveIsItsEndRecord) {
  EXPECT_EQ(WriteZip({}), std::string("PK\5\6", 4) + std::string(18, '\0'));
}

TEST(ZipWriterTest, SizeIsKnownBeforehand) { EXPECT_EQ(WriteZip(kFiles).size(), SizeOfZip(kFiles)); }

TEST(ZipWriterTest, EveryByteHasAPlace) {
  const std::string zip = WriteZip(kFiles);
  EXPECT_EQ(PlaceInZip(kFiles, 0).path, "README.txt");
  EXPECT_EQ(PlaceInZip(kFiles, zip.find("hello")).part, "its content");
  EXPECT_EQ(PlaceInZip(kFiles, zip.find("{}")).path, "a/c.json");
  EXPECT_EQ(PlaceInZip(kFiles, zip.rfind("a/b.bin")).part, "its entry in the table of contents");
  EXPECT_EQ(PlaceInZip(kFiles, zip.rfind("a/b.bin")).path, "a/b.bin");
  EXPECT_EQ(PlaceInZip(kFiles, zip.size() - 1).path, "");
  EXPECT_EQ(PlaceInZip(kFiles, zip.size() + 1000).path, "");
}

TEST(ZipWriterTest, PlainPathsMeanTheSameEverywhere) {
  for (const char* plain : {"README.txt", "reports/0001/suspect/received.bin", "a-b_c.9"})
    EXPECT_TRUE(IsPlainZipPath(plain)) << plain;
  for (const char* other :
       {"", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/.b", "a\\b", "c:a", "a b", "\xc3\xa4", "a\nb", "~a", "$a"})
    EXPECT_FALSE(IsPlainZipPath(other)) << other;
  EXPECT_FALSE(IsPlainZipPath(std::string_view("a\0b", 3)));
  EXPECT_TRUE(IsPlainZipPath(std::string(kMaxZipPath, 'a')));
  EXPECT_FALSE(IsPlainZipPath(std::string(kMaxZipPath + 1, 'a')));
}

}  // namespace
}  // namespace unspin::evidence
