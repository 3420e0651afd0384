// Content and name decide the format.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/detect_format.h"

namespace unspin {
namespace {

using namespace std::string_literals;
using testing::InputFiles;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using testing::Zstd;

class DetectFormatTest : public ::testing::Test {
 protected:
  InputFiles files_;
};

using Expected = std::vector<std::string>;

TEST_F(DetectFormatTest, ContentDecidesIfTheNameHasNoExtension) {
  EXPECT_EQ(Lines(ReadAll({files_.Write("a", "{\"id\":1,\"text\":\"J\"}\n{\"id\":2,\"text\":\"K\"}\n")})),
            (Expected{"1: J", "2: K"}));
  EXPECT_EQ(Lines(ReadAll({files_.Write("b", "<!DOCTYPE html><p>A page of its own.</p>")})),
            Expected{files_.Path("b") + ": A page of its own."});
  EXPECT_EQ(Lines(ReadAll({files_.Write("c", "{not json} but text")})),
            Expected{files_.Path("c") + ": {not json} but text"});
  EXPECT_EQ(Lines(ReadAll({files_.Write("d", "<3 is a heart")})), Expected{files_.Path("d") + ": <3 is a heart"});
}

TEST_F(DetectFormatTest, AForcedFormatIsBelieved) {
  ReaderOptions options;
  options.format = InputFormatNamed("text");
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.html", "<p>x</p>")}, options)),
            Expected{files_.Path("a.html") + ": <p>x</p>"});
  options.format = InputFormatNamed("jsonl");
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.txt", "{\"id\":1,\"text\":\"J\"}")}, options)), Expected{"1: J"});
  options.format = InputFormatNamed("html");
  EXPECT_EQ(Lines(ReadAll({files_.Write("b.txt", "<p>x</p>")}, options)), Expected{files_.Path("b.txt") + ": x"});
}

TEST_F(DetectFormatTest, ForeignFilesAreNamed) {
  EXPECT_NE(Problem(ReadAll({files_.Write("a.txt", "%PDF-1.7 ...")}).at(0)).find("PDF"), std::string::npos);
  EXPECT_NE(Problem(ReadAll({files_.Write("b", "\x89PNG\r\n\x1a\n...")}).at(0)).find("picture"), std::string::npos);
  EXPECT_NE(Problem(ReadAll({files_.Write("c.docx", "PK\x03\x04...")}).at(0)).find("ZIP archive"), std::string::npos);
}

TEST_F(DetectFormatTest, ATextThatIsCertainlyATableOrJsonIsReadAsSuch) {
  const Expected both = {"1: J", "2: K"};
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.txt", "id\ttext\n1\tJ\n2\tK\n")})), both);
  EXPECT_EQ(Lines(ReadAll({files_.Write("b.txt", "[{\"id\":1,\"text\":\"J\"},\n {\"id\":2,\"text\":\"K\"}]\n")})),
            both);
  EXPECT_EQ(Lines(ReadAll({files_.Write("c.txt", "{\"id\":1,\"text\":\"J\"}\n{\"id\":2,\"text\":\"K\"}\n")})), both);
  EXPECT_EQ(Lines(ReadAll({files_.Write("d.txt",
                                        "\xff\xfei\0d\0\t\0t\0e\0x\0t\0\n\0"
                                        "1\0\t\0J\0\n\0"
                                        "2\0\t\0K\0"s)})),
            both);
}

TEST_F(DetectFormatTest, ATextThatShowsATableOrJsonIsAText) {
  for (const std::string text :
       {"id\ttext\n1\tone row only\n", "id\ttext\n1\tJ\n2\tK\nThe table above shows all.", "id,text\n1,J\n2,K\n",
        "name\ttotal\n1\tJ\n2\tK\n", "{\"text\": \"J\"} is how a record begins.", "[{\"text\": \"J\"}] he wrote.",
        "[{\"id\": 1}, {\"id\": 2}]", "{\"text\": \"J\"}\n{broken\n", "[{\"text\": \"J\"}",
        "[sic] {\"text\": \"J\"}"}) {
    const auto records = Lines(ReadAll({files_.Write("a.txt", text)}));
    ASSERT_EQ(records.size(), 1u) << text;
    EXPECT_TRUE(records[0].starts_with(files_.Path("a.txt") + ": " + text.substr(0, 4))) << records[0];
  }
}

}  // namespace
}  // namespace unspin
