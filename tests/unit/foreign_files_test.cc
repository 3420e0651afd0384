#include "unspin/inputs/foreign_files.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace unspin {
namespace {

using namespace std::string_literals;

std::string RandomBytes(size_t size) {
  std::mt19937 random(7);
  std::string bytes;
  while (bytes.size() < size) bytes += static_cast<char>(random() & 0xff);
  return bytes;
}

const std::string kText = "The ferry sails again in May, the board said on Wednesday. ";

TEST(ForeignFilesTest, ASentenceIsNoSignature) {
  for (const std::string begin :
       {"BM", "MZ", "OTTO ", "Rar! ", "FLAC ", "PK ", "MM* ", "8BPS ", "LZIP ", "ORC ", "ORC\n", "Obj 1 "})
    EXPECT_FALSE(FindForeignFile(begin + kText)) << begin;
}

TEST(ForeignFilesTest, SignaturesNeedWhatNoTextHas) {
  EXPECT_TRUE(FindForeignFile("BM\x46\0\0\0\0\0\0\0\x36\0"s + RandomBytes(60)));
  EXPECT_TRUE(FindForeignFile("ORC\n\x0b\n\x03\0\0"s));
  EXPECT_TRUE(
      FindForeignFile("Obj\x01\x04\x16"
                      "avro.schema"s));
  EXPECT_TRUE(FindForeignFile("MZ\x90\0\x03\0"s + RandomBytes(100)));
  EXPECT_TRUE(FindForeignFile("\x80\x04\x95\x10\0\0\0"s));
}

TEST(ForeignFilesTest, PortablePicturesHaveTheirSizesInFront) {
  EXPECT_TRUE(FindForeignFile("P6 40 40 255\nAHWCBKFoEYV"));
  EXPECT_TRUE(FindForeignFile("P5\n# made by a camera\n640 480\n65535\n" + RandomBytes(60)));
  EXPECT_TRUE(FindForeignFile("P1\n3 2\n0 1 0\n1 0 1\n"));
  for (const std::string text : {"P6 of the report says it all. ", "P3 40 boats were lost. ", "P5\n", "P7 40 40 255\nx",
                                 "P6 40 40 boats. ", "P1 2026 was a good year. ", "P64 40 40 255 "})
    EXPECT_FALSE(FindForeignFile(text)) << text;
}

TEST(ForeignFilesTest, APdfMayBeginLate) {
  EXPECT_EQ(FindForeignFile("\n\n%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>").kind, ForeignKind::kDocument);
  EXPECT_FALSE(FindForeignFile(kText + "%PDF-1.4\nis how such a file begins. " + kText));
}

TEST(ForeignFilesTest, RandomBytesAreBinary) {
  for (const size_t size : {100, 1000, 60000}) EXPECT_TRUE(FindBinaryData(RandomBytes(size))) << size;
  EXPECT_TRUE(FindBinaryData(std::string(300, '\0')));
}

TEST(ForeignFilesTest, TextsInLegacyEncodingsAreNotBinary) {
  EXPECT_FALSE(FindBinaryData(kText));
  EXPECT_FALSE(
      FindBinaryData("Caf\xe9 \xe0 la carte, na\xefve fa\xe7"
                     "ade"));  // windows-1252
  std::string koi8;
  for (int i = 0; i < 500; ++i) koi8 += static_cast<char>(i % 7 == 0 ? ' ' : 0xc0 + i % 63);
  EXPECT_FALSE(FindBinaryData(koi8));
}

TEST(ForeignFilesTest, ControlCharactersInUtf8AreNotBinary) {
  std::string hidden;
  for (const char c : kText) (hidden += c) += '\x02';
  EXPECT_FALSE(FindBinaryData(hidden));
  EXPECT_FALSE(FindBinaryData(kText + "\f" + kText + "\x1a"));
}

TEST(ForeignFilesTest, AFewNulBytesAreNotBinary) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += kText;
  EXPECT_FALSE(FindBinaryData(text + '\0'));
  EXPECT_TRUE(FindBinaryData(text + std::string(1000, '\0')));
}

TEST(ForeignFilesTest, OwnReportsAreRecognised) {
  EXPECT_TRUE(IsOwnReport("{\"unspin\":{\"version\":\"0.1.0\"},\"id\":\"1\"}"));
  EXPECT_TRUE(IsOwnReport("{\"id\":\"a \\\"b\",\"cluster\":1,\"representative\":\"c\",\"similarity\":1}\n"));
  EXPECT_TRUE(IsOwnReport("{\"a\":\"x\",\"b\":\"y\",\"similarity\":0.83}\n"));
  EXPECT_TRUE(IsOwnReport("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta name=\"generator\" content=\"unspin\">"));
}

TEST(ForeignFilesTest, TheBeginningOfAFileIsEnough) {
  const std::string cluster = "{\"id\":\"a\",\"cluster\":1,\"representative\":\"c\",\"similarity\":1}";
  const std::string picture = "BM\x46\0\0\0\0\0\0\0\x36"s;
  for (size_t size = 0; size < cluster.size(); ++size) EXPECT_FALSE(IsOwnReport(cluster.substr(0, size)));
  for (size_t size = 0; size < 10; ++size) EXPECT_FALSE(FindForeignFile(picture.substr(0, size)));
}

TEST(ForeignFilesTest, ArticlesWithSuchFieldsAreNotOurs) {
  EXPECT_FALSE(IsOwnReport("{\"id\":\"a\",\"cluster\":1,\"representative\":\"c\",\"similarity\":1,\"text\":\"x\"}"));
  EXPECT_FALSE(IsOwnReport("{\"id\":\"a\",\"text\":\"unspin\"}"));
  EXPECT_FALSE(IsOwnReport("<!DOCTYPE html>\n<html><head><meta name=\"generator\" content=\"WordPress 6\">"));
  EXPECT_FALSE(IsOwnReport("{\"id\":"));
  EXPECT_FALSE(IsOwnReport(""));
}

// A member of a ZIP archive, stored.
std::string Member(const std::string& name, const std::string& bytes = "") {
  std::string header = std::string("PK\x03\x04", 4) + std::string(22, '\0');
  header += {static_cast<char>(name.size()), '\0', '\0', '\0'};
  return header + name + bytes;
}

TEST(ForeignFilesTest, OfficeDocumentsAndArchivesAreToldByTheirMembers) {
  const auto what = [](const std::string& bytes) { return std::string(FindForeignFile(bytes).description); };
  EXPECT_NE(what(Member("[Content_Types].xml", "x") + Member("word/document.xml")).find("DOCX"), std::string::npos);
  EXPECT_NE(what(Member("[Content_Types].xml", "x") + Member("xl/workbook.xml")).find("XLSX"), std::string::npos);
  EXPECT_NE(what(Member("ppt/slides/1.xml")).find("PPTX"), std::string::npos);
  EXPECT_NE(what(Member("mimetype", "application/epub+zip")).find("EPUB"), std::string::npos);
  EXPECT_NE(what(Member("mimetype", "application/vnd.oasis.opendocument.text")).find("ODT"), std::string::npos);
  EXPECT_NE(what(Member("archive/data.warc.gz")).find("WACZ"), std::string::npos);
  EXPECT_EQ(what(Member("story.txt", "word/")), "a ZIP archive; unpack it first");
  EXPECT_EQ(what("PK\x03\x04"), "a ZIP archive; unpack it first");
}

TEST(ForeignFilesTest, MailIsADocument) {
  const ForeignFile mail = FindForeignFile("From: a@a.example\nMessage-ID: <1>\n\nText");
  EXPECT_EQ(mail.kind, ForeignKind::kDocument);
  EXPECT_NE(mail.description.find("a mail"), std::string_view::npos);
  EXPECT_FALSE(FindForeignFile("From: the editor\nSubject: ferries\n\nText"));
}

}  // namespace
}  // namespace unspin
