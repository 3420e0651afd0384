#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/base/varint.h"
#include "unspin/format/section_file.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

// The file that FORMAT.md dumps.
std::string SmallFile() {
  const std::array<Section, 2> sections = {Section{"greeting", 1, "hello"},
                                           Section{"numbers", 2, std::string_view("\1\2\3", 3)}};
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

TEST(SectionFile, GivesBackWhatWasWritten) {
  const std::string bytes = SmallFile();
  const auto file = SectionFile::Parse(bytes, "small");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->scheme(), 0x0123456789abcdefu);
  EXPECT_EQ(*file->Read("greeting", 1), "hello");
  EXPECT_EQ(file->ReadLater("numbers", 2)->size(), 3u);
  EXPECT_THAT(file->Verify(), ElementsAre());
}

TEST(SectionFile, IsTheFileThatTheFormatDocumentDumps) {
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

TEST(SectionFile, HoldsEmptySections) {
  const std::array<Section, 2> sections = {Section{"nothing", 1, ""}, Section{"also nothing", 1, ""}};
  const std::string bytes = BuildSectionFile(1, sections);
  const auto file = SectionFile::Parse(bytes, "empty");
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(*file->Read("nothing", 1), "");
  EXPECT_EQ(*file->Read("also nothing", 1), "");
}

TEST(SectionFile, HoldsNamesOfTheGreatestLength) {
  const std::string name(kSectionNameSize, 'n');
  const std::array<Section, 1> sections = {Section{name, 1, "content"}};
  const std::string bytes = BuildSectionFile(1, sections);
  EXPECT_EQ(*SectionFile::Parse(bytes, "long")->Read(name, 1), "content");
}

TEST(SectionFile, AlignsEverySection) {
  const std::string bytes = SmallFile();
  const auto file = SectionFile::Parse(bytes, "small");
  for (const auto& [name, version] : {std::pair{"greeting", 1u}, std::pair{"numbers", 2u}}) {
    EXPECT_EQ((file->Read(name, version)->data() - bytes.data()) % static_cast<ptrdiff_t>(kSectionAlignment), 0)
        << name;
  }
}

TEST(SectionFile, NamesTheSectionThatIsMissing) {
  const std::string bytes = SmallFile();
  EXPECT_THAT(Message(SectionFile::Parse(bytes, "FILE")->Read("poem", 1).status()),
              HasSubstr("FILE: section poem is missing"));
}

TEST(SectionFile, NamesBothVersionsOfASectionItCannotRead) {
  const std::string bytes = SmallFile();
  const absl::Status status = SectionFile::Parse(bytes, "FILE")->Read("numbers", 1).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status), HasSubstr("section numbers is of version 2, this unspin reads 1"));
}

TEST(SectionFile, NamesBothVersionsOfAFileFromTheFuture) {
  std::string bytes = SmallFile();
  bytes[8] = 7;
  const uint64_t checksum = Hash64(std::string_view(bytes).substr(0, 56));
  std::memcpy(bytes.data() + 56, &checksum, sizeof checksum);
  const absl::Status status = SectionFile::Parse(bytes, "FILE").status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status),
              HasSubstr("FILE: written in format 7, this unspin reads 1 to 1; use the unspin that wrote it"));
}

TEST(SectionFile, SeesEveryFlippedBit) {
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

TEST(SectionFile, SeesEveryTruncation) {
  const std::string good = SmallFile();
  for (size_t size = 0; size < good.size(); ++size) {
    // A copy of that very size, so that a read past the end is seen by the address sanitizer.
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(SectionFile::Parse({bytes.data(), bytes.size()}, "FILE").status())) << size;
  }
}

TEST(SectionFile, SeesBytesThatWereAppended) {
  EXPECT_THAT(Message(SectionFile::Parse(SmallFile() + "x", "FILE").status()), HasSubstr("longer than written"));
}

TEST(SectionFile, DoesNotBelieveAFalseTableWithTrueChecksums) {
  // Offsets and lengths near the ends of their range, where careless sums wrap around.
  for (const uint64_t value :
       {uint64_t{0}, uint64_t{65}, uint64_t{1} << 32, ~uint64_t{0}, ~uint64_t{0} - 63, ~uint64_t{0} - 191}) {
    for (const size_t field : {64 + 24, 64 + 32, 112 + 24, 112 + 32}) {
      std::string bytes = SmallFile();
      std::memcpy(bytes.data() + field, &value, sizeof value);
      const uint64_t table = Hash64(std::string_view(bytes).substr(64, 96));
      std::memcpy(bytes.data() + 32, &table, sizeof table);
      const uint64_t header = Hash64(std::string_view(bytes).substr(0, 56));
      std::memcpy(bytes.data() + 56, &header, sizeof header);
      EXPECT_TRUE(absl::IsDataLoss(SectionFile::Parse(bytes, "FILE").status())) << field << ' ' << value;
    }
  }
}

TEST(Varint, GivesBackEveryNumber) {
  for (const uint64_t number : {uint64_t{0}, uint64_t{1}, uint64_t{127}, uint64_t{128}, uint64_t{16383},
                                uint64_t{16384}, uint64_t{1} << 63, ~uint64_t{0}}) {
    std::string bytes;
    AppendVarint(bytes, number);
    uint64_t read = 1;
    EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + bytes.size(), read), bytes.data() + bytes.size());
    EXPECT_EQ(read, number);
    for (size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + size, read), nullptr);
    }
    EXPECT_EQ(ZigZag(UnZigZag(number)), number);
  }
}

TEST(Varint, RefusesNumbersOfMoreThan64Bits) {
  uint64_t read;
  for (const std::string& bytes : {std::string(10, '\xff'), std::string(9, '\xff') + '\x02', std::string(11, '\x80')}) {
    EXPECT_EQ(ReadVarint(bytes.data(), bytes.data() + bytes.size(), read), nullptr);
  }
}

}  // namespace
}  // namespace unspin
