#include "unspin/format/section_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_layout.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

// The file that FORMAT.md dumps.
std::string SmallFile() {
  const std::array<Section, 2> sections = {Section{"greeting", 1, {"hello"}},
                                           Section{"numbers", 2, {std::string_view("\1\2\3", 3)}}};
  return BuildSectionFile(0x0123456789abcdef, sections);
}

std::string Hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text.push_back("0123456789abcdef"[static_cast<uint8_t>(byte) >> 4]);
    text.push_back("0123456789abcdef"[byte & 15]);
  }
  return text;
}

TEST(SectionFileTest, ReadsWhatWasWritten) {
  const std::string bytes = SmallFile();
  const auto file = SectionFile::Parse(bytes, "small");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->scheme(), 0x0123456789abcdefu);
  EXPECT_EQ(*file->Read("greeting", 1), "hello");
  EXPECT_EQ(file->ReadUnchecked("numbers", 2)->size(), 3u);
  EXPECT_THAT(file->Verify(), ElementsAre());
}

TEST(SectionFileTest, EqualsTheDumpInFormatMd) {
  const std::string bytes = SmallFile();
  EXPECT_EQ(Hexadecimal(bytes.substr(0, 64)),
            "554e5350494e1a0a0100000002000000efcdab89674523010301000000000000"
            "72896392839fc094000000000000000000000000000000008861ed7047c901bf");
  EXPECT_EQ(Hexadecimal(bytes.substr(64, 96)),
            "6772656574696e6700000000000000000000000001000000c000000000000000"
            "0500000000000000fddc625c55e855956e756d62657273000000000000000000"
            "0000000002000000000100000000000003000000000000003b73ae32769bceeb");
  EXPECT_EQ(Hexadecimal(bytes.substr(160, 32)), std::string(64, '0'));
  EXPECT_EQ(bytes.substr(192, 5), "hello");
  EXPECT_EQ(Hexadecimal(bytes.substr(197)), std::string(118, '0') + "010203");
}

TEST(SectionFileTest, SectionsMayBeEmpty) {
  const std::array<Section, 2> sections = {Section{"nothing", 1, {""}}, Section{"also nothing", 1, {}}};
  const std::string bytes = BuildSectionFile(1, sections);
  const auto file = SectionFile::Parse(bytes, "empty");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(*file->Read("nothing", 1), "");
  EXPECT_EQ(*file->Read("also nothing", 1), "");
}

TEST(SectionFileTest, NamesMayHaveTheMaximumLength) {
  const std::string name(kSectionNameSize, 'n');
  const std::array<Section, 1> sections = {Section{name, 1, {"content"}}};
  const std::string bytes = BuildSectionFile(1, sections);
  EXPECT_EQ(*SectionFile::Parse(bytes, "long")->Read(name, 1), "content");
}

TEST(SectionFileTest, SectionsAreAligned) {
  const std::string bytes = SmallFile();
  const auto file = SectionFile::Parse(bytes, "small");
  for (const auto& [name, version] : {std::pair{"greeting", 1u}, std::pair{"numbers", 2u}}) {
    EXPECT_EQ((file->Read(name, version)->data() - bytes.data()) % static_cast<ptrdiff_t>(kSectionAlignment), 0)
        << name;
  }
}

TEST(SectionFileTest, ErrorNamesAMissingSection) {
  const std::string bytes = SmallFile();
  EXPECT_THAT(Message(SectionFile::Parse(bytes, "FILE")->Read("poem", 1).status()),
              HasSubstr("FILE: section poem is missing"));
}

TEST(SectionFileTest, ErrorNamesBothVersionsOfASection) {
  const std::string bytes = SmallFile();
  const absl::Status status = SectionFile::Parse(bytes, "FILE")->Read("numbers", 1).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status), HasSubstr("section numbers is of version 2, this unspin reads 1"));
}

TEST(SectionFileTest, ErrorNamesBothVersionsOfAFile) {
  std::string bytes = SmallFile();
  auto header = *SectionFileHeader::Decode(bytes);
  header.format_version = 7;
  bytes.replace(0, SectionFileHeader::kEncodedSize, header.Encode());
  const absl::Status status = SectionFile::Parse(bytes, "FILE").status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status),
              HasSubstr("FILE: written in format 7, this unspin reads 1 to 1; use the unspin that wrote it"));
}

TEST(SectionFileTest, FindsEveryFlippedBit) {
  const std::string good = SmallFile();
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bytes = good;
    bytes[bit / 8] ^= static_cast<char>(1 << bit % 8);
    const auto file = SectionFile::Parse(bytes, "FILE");
    const std::vector<std::string> problems = file.ok() ? file->Verify() : std::vector{Message(file.status())};
    ASSERT_EQ(problems.size(), 1u) << "bit " << bit;
    EXPECT_THAT(problems[0], HasSubstr("FILE: ")) << "bit " << bit;
  }
}

TEST(SectionFileTest, FindsEveryTruncation) {
  const std::string good = SmallFile();
  for (size_t size = 0; size < good.size(); ++size) {
    // A copy of that very size, so that a read past the end is seen by the address sanitizer.
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(SectionFile::Parse({bytes.data(), bytes.size()}, "FILE").status())) << size;
  }
}

TEST(SectionFileTest, FindsAppendedBytes) {
  EXPECT_THAT(Message(SectionFile::Parse(SmallFile() + "x", "FILE").status()), HasSubstr("longer than written"));
}

TEST(SectionFileTest, RefusesAForgedTableWithRightChecksums) {
  const std::string good = SmallFile();
  const auto header = *SectionFileHeader::Decode(good);
  const std::string_view good_table =
      std::string_view(good).substr(SectionFileHeader::kEncodedSize, 2 * SectionTableEntry::kEncodedSize);
  // Offsets and lengths near the ends of their range, where careless sums overflow.
  for (const uint64_t value :
       {uint64_t{0}, uint64_t{65}, uint64_t{1} << 32, ~uint64_t{0}, ~uint64_t{0} - 63, ~uint64_t{0} - 191}) {
    for (const size_t forged_section : {0, 1}) {
      for (const auto forged_field : {&SectionTableEntry::offset, &SectionTableEntry::length}) {
        std::vector<SectionTableEntry> entries;
        for (size_t i = 0; i < 2; ++i) {
          entries.push_back(SectionTableEntry::Decode(
              good_table.substr(i * SectionTableEntry::kEncodedSize, SectionTableEntry::kEncodedSize)));
        }
        entries[forged_section].*forged_field = value;
        const std::string table = EncodeSectionTable(entries);
        SectionFileHeader forged = header;
        forged.table_checksum = Hash64(table);
        std::string bytes = good;
        bytes.replace(0, SectionFileHeader::kEncodedSize + table.size(), forged.Encode() + table);
        EXPECT_TRUE(absl::IsDataLoss(SectionFile::Parse(bytes, "FILE").status())) << forged_section << ' ' << value;
      }
    }
  }
}

TEST(SectionFileTest, ReportsProgressOfALargeSection) {
  const std::string large(size_t{33} << 20, 'x');
  const std::array<Section, 2> sections = {Section{"small", 1, {"content"}}, Section{"large", 1, {large}}};
  const std::string bytes = BuildSectionFile(1, sections);
  const auto file = SectionFile::Parse(bytes, "large");
  ASSERT_TRUE(file.ok()) << file.status();
  int calls = 0;
  EXPECT_TRUE(file->Read("large", 1, [&] { ++calls; }).ok());
  EXPECT_EQ(calls, 3);
  EXPECT_TRUE(file->Read("small", 1, [&] { ++calls; }).ok());
  EXPECT_EQ(calls, 3);
}

TEST(SectionFileTest, ErrorsNameOwnerAndRemedy) {
  const FileOwner owner{.name = "the museum", .remedy = "dig again"};
  EXPECT_EQ(Message(SectionFile::Parse(std::string(64, 'x'), "FILE", owner).status()),
            "FILE: not a file of the museum; restore the file from a copy, or dig again");
}

TEST(SectionFileTest, ChunksMakeTheSameFileAsTheirConcatenation) {
  const std::array<Section, 1> whole = {Section{"greeting", 1, {"hello world"}}};
  const std::array<Section, 1> chunks = {Section{"greeting", 1, {"hello", "", " ", "world"}}};
  EXPECT_EQ(BuildSectionFile(1, chunks), BuildSectionFile(1, whole));
  const SectionFileImage image(1, chunks);
  const std::string bytes = Concatenated(image.chunks());
  EXPECT_EQ(image.length(), bytes.size());
  EXPECT_EQ(image.checksum(), SectionFile::Parse(bytes, "FILE")->checksum());
}

}  // namespace
}  // namespace unspin
