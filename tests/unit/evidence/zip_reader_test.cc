#include "evidence/zip_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "evidence/zip_writer.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;

constexpr ZipLimits kLimits = {
    .zip_bytes = 1 << 20, .files = 10, .total_bytes = 1 << 20, .file_bytes = 1 << 19, .ratio = 100};
const std::vector<ZipFile> kFiles = {{"README.txt", "hello\n"}, {"a/b.bin", ""}, {"a/c.json", "{}"}};

std::string MessageOf(std::string_view zip, const ZipLimits& limits = kLimits) {
  const auto read = ReadZip(zip, limits);
  return read.ok() ? "" : std::string(read.status().message());
}

// What is wrong with the only problem.
std::string ProblemOf(std::string_view zip) {
  const auto read = ReadZip(zip, kLimits);
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() && read->problems.size() == 1 ? read->problems[0].path + ": " + read->problems[0].text : "";
}

void Set16(std::string& zip, size_t at, uint16_t value) {
  zip[at] = static_cast<char>(value & 0xff);
  zip[at + 1] = static_cast<char>(value >> 8);
}
void Set32(std::string& zip, size_t at, uint32_t value) {
  Set16(zip, at, static_cast<uint16_t>(value & 0xffff));
  Set16(zip, at + 2, static_cast<uint16_t>(value >> 16));
}

// Where the entry of the table of contents for `path` begins.
size_t EntryOf(const std::string& zip, std::string_view path) { return zip.rfind(path) - 46; }

std::string Deflated(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 100, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// One deflated file, which the table says to have `claimed` bytes.
std::string DeflatedZip(std::string_view bytes, uint32_t claimed) {
  const std::string content = Deflated(bytes);
  const std::vector<ZipFile> files = {{"a.txt", content}};
  std::string zip = WriteZip(files);
  const size_t entry = EntryOf(zip, "a.txt");
  Set16(zip, entry + 10, 8);
  Set32(zip, entry + 24, claimed);
  return zip;
}

TEST(ZipReaderTest, ReadsWhatWasWritten) {
  const auto read = ReadZip(WriteZip(kFiles), kLimits);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(read->problems.empty());
  ASSERT_EQ(read->files.size(), kFiles.size());
  for (size_t i = 0; i < kFiles.size(); ++i) {
    EXPECT_EQ(read->files[i].path, kFiles[i].path);
    EXPECT_EQ(read->files[i].bytes, kFiles[i].bytes);
  }
}

TEST(ZipReaderTest, ReadsDeflatedEntries) {
  const std::string text(1000, 'x');
  const auto read = ReadZip(DeflatedZip(text, 1000), kLimits);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->files.size(), 1U);
  EXPECT_EQ(read->files[0].bytes, text);
}

TEST(ZipReaderTest, ADeflatedEntryThatIsLongerThanItClaimsIsNamed) {
  EXPECT_THAT(ProblemOf(DeflatedZip(std::string(1000, 'x'), 10)), HasSubstr("a.txt: cannot be unpacked"));
}

TEST(ZipReaderTest, ABombIsRefusedBeforeItIsUnpacked) {
  EXPECT_THAT(MessageOf(DeflatedZip(std::string(400'000, 'x'), 400'000)), HasSubstr("more than 100 times"));
  EXPECT_THAT(MessageOf(DeflatedZip("x", 0xffffffff)), HasSubstr("a.txt: has 4294967295 bytes"));
}

TEST(ZipReaderTest, LimitsAreNamed) {
  ZipLimits limits = kLimits;
  limits.files = 2;
  EXPECT_THAT(MessageOf(WriteZip(kFiles), limits), HasSubstr("holds 3 files"));
  limits = kLimits;
  limits.zip_bytes = 10;
  EXPECT_THAT(MessageOf(WriteZip(kFiles), limits), HasSubstr("at most 10 are read"));
  limits = kLimits;
  limits.total_bytes = 7;
  EXPECT_THAT(MessageOf(WriteZip(kFiles), limits), HasSubstr("unpacks to 8 bytes"));
  limits = kLimits;
  limits.file_bytes = 5;
  EXPECT_THAT(MessageOf(WriteZip(kFiles), limits), HasSubstr("README.txt: has 6 bytes"));
}

TEST(ZipReaderTest, NamesThatLeaveTheFolderAreNotRead) {
  for (const char* name : {"../c.json", "/x/c.json", "a\\cc.json", "c:\\.json1", "a/./cjson"}) {
    std::string zip = WriteZip(kFiles);
    zip.replace(zip.rfind("a/c.json"), 8,
                std::string(name).substr(0, 8).append(8 - std::min<size_t>(8, std::string(name).size()), '.'));
    const auto read = ReadZip(zip, kLimits);
    ASSERT_TRUE(read.ok()) << name;
    EXPECT_EQ(read->files.size(), 2U) << name;
    ASSERT_EQ(read->problems.size(), 1U) << name;
    EXPECT_THAT(read->problems[0].text, HasSubstr("no name of a file in a pack"));
  }
}

TEST(ZipReaderTest, ALinkIsNotRead) {
  std::string zip = WriteZip(kFiles);
  Set32(zip, EntryOf(zip, "a/c.json") + 38, 0120777U << 16);
  EXPECT_THAT(ProblemOf(zip), HasSubstr("a/c.json: is a link"));
}

TEST(ZipReaderTest, ADeviceIsNotRead) {
  std::string zip = WriteZip(kFiles);
  Set32(zip, EntryOf(zip, "a/c.json") + 38, 0020666U << 16);
  EXPECT_THAT(ProblemOf(zip), HasSubstr("a/c.json: is a device"));
}

TEST(ZipReaderTest, AFolderIsNotRead) {
  std::string zip = WriteZip(kFiles);
  Set32(zip, EntryOf(zip, "a/b.bin") + 38, 0x10);
  EXPECT_THAT(ProblemOf(zip), HasSubstr("a/b.bin: is a folder"));
}

TEST(ZipReaderTest, TheSecondOfOneNameIsNotRead) {
  std::string zip = WriteZip(std::vector<ZipFile>{{"a.txt", "one"}, {"b.txt", "two"}});
  zip[zip.rfind("b.txt")] = 'a';
  const auto read = ReadZip(zip, kLimits);
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->files.size(), 1U);
  EXPECT_EQ(read->files[0].bytes, "one");
  ASSERT_EQ(read->problems.size(), 1U);
  EXPECT_THAT(read->problems[0].text, HasSubstr("twice"));
}

TEST(ZipReaderTest, OverlappingEntriesAreRefused) {
  std::string zip = WriteZip(kFiles);
  Set32(zip, EntryOf(zip, "a/c.json") + 42, 0);  // where README.txt begins
  EXPECT_THAT(MessageOf(zip), HasSubstr("overlaps"));
}

TEST(ZipReaderTest, AnEncryptedEntryIsRefused) {
  std::string zip = WriteZip(kFiles);
  Set16(zip, EntryOf(zip, "a/c.json") + 8, 1);
  EXPECT_THAT(MessageOf(zip), HasSubstr("a/c.json: is encrypted"));
}

TEST(ZipReaderTest, AnotherCompressionIsRefused) {
  std::string zip = WriteZip(kFiles);
  Set16(zip, EntryOf(zip, "a/c.json") + 10, 14);
  EXPECT_THAT(MessageOf(zip), HasSubstr("a/c.json: compressed by method 14"));
}

TEST(ZipReaderTest, SizesOfZip64AreRefused) {
  std::string zip = WriteZip(kFiles);
  const size_t entry = EntryOf(zip, "a/c.json");
  Set32(zip, entry + 20, 0xffffffff);
  EXPECT_THAT(MessageOf(zip), HasSubstr("a/c.json: its content is cut off"));
  Set32(zip, entry + 24, 0xffffffff);
  EXPECT_FALSE(MessageOf(zip).empty());
}

TEST(ZipReaderTest, FilesAreFoundBeforeADamagedTableOfContents) {
  std::string zip = WriteZip(kFiles);
  zip[EntryOf(zip, "a/b.bin")] = 'Q';
  const auto read = ReadZip(zip, kLimits);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->files.size(), kFiles.size());
  EXPECT_THAT(read->damage, HasSubstr("the table of contents behind README.txt: damaged"));
}

TEST(ZipReaderTest, EveryCutIsSurvived) {
  const std::string zip = WriteZip(kFiles);
  for (size_t size = 0; size < zip.size(); ++size) {
    const auto read = ReadZip(zip.substr(0, size), kLimits);
    EXPECT_TRUE(!read.ok() || !read->damage.empty()) << size;
  }
}

TEST(ZipReaderTest, EveryChangedByteIsSurvived) {
  const std::string zip = WriteZip(kFiles);
  for (size_t at = 0; at < zip.size(); ++at) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = zip;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      const auto read = ReadZip(changed, kLimits);
      if (read.ok()) {
        EXPECT_LE(read->files.size(), kFiles.size());
      }
    }
  }
}

TEST(ZipReaderTest, AZipIsToldFromOtherFiles) {
  EXPECT_TRUE(LooksLikeZip(WriteZip(kFiles)));
  EXPECT_TRUE(LooksLikeZip(WriteZip({})));
  EXPECT_FALSE(LooksLikeZip("{\"unspin\":{}}"));
  EXPECT_FALSE(LooksLikeZip(""));
}

}  // namespace
}  // namespace unspin::evidence
