#include "server/report_pages.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "support/test_folder.h"

namespace unspin::server {
namespace {

class ReportPagesTest : public ::testing::Test {
 protected:
  void Append(const std::string& text) { std::ofstream(path_, std::ios::app | std::ios::binary) << text; }
  static std::string Line(uint64_t number) { return std::to_string(number) + std::string(number % 97, 'x') + "\n"; }
  std::string Lines(uint64_t from, uint64_t to) {
    std::string lines;
    for (uint64_t number = from; number < to; ++number) lines += Line(number);
    return lines;
  }
  void ExpectPage(ReportPages& pages, uint64_t after, uint64_t limit, uint64_t to) {
    const auto page = pages.Read(after, limit);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->lines, Lines(after, to)) << after;
    EXPECT_EQ(page->next, to);
  }

  const testing::TestFolder folder_;
  const std::string path_ = folder_.Path("reports.jsonl");
};

TEST_F(ReportPagesTest, PagesFollowEachOther) {
  Append(Lines(0, 3000));
  ReportPages pages(path_);
  for (uint64_t after = 0; after < 3000; after += 700)
    ExpectPage(pages, after, 700, std::min<uint64_t>(after + 700, 3000));
}

TEST_F(ReportPagesTest, AnyPageIsReadFirst) {
  Append(Lines(0, 3000));
  for (const uint64_t after : {0, 255, 256, 257, 511, 2999}) {
    ReportPages pages(path_);
    ExpectPage(pages, after, 2, std::min<uint64_t>(after + 2, 3000));
    ExpectPage(pages, 1, 2, 3);
  }
}

TEST_F(ReportPagesTest, ALineThatIsBeingWrittenIsNotShown) {
  ReportPages pages(path_);
  ExpectPage(pages, 0, 10, 0);  // no file yet
  Append(Lines(0, 2) + "2x");
  ExpectPage(pages, 0, 10, 2);
  ExpectPage(pages, 2, 10, 2);
  Append("x\n");
  ExpectPage(pages, 2, 10, 3);
  Append(Lines(3, 600));
  ExpectPage(pages, 590, 100, 600);
}

TEST_F(ReportPagesTest, BehindTheEndThereIsNothing) {
  Append(Lines(0, 5));
  ReportPages pages(path_);
  const auto page = pages.Read(900, 10);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->lines, "");
  EXPECT_EQ(page->next, 900u);
}

TEST_F(ReportPagesTest, AFileThatBeganAgainIsCountedAnew) {
  Append(Lines(0, 3000));
  ReportPages pages(path_);
  ExpectPage(pages, 2900, 2, 2902);
  std::filesystem::remove(path_);
  Append("long first line\n" + Lines(1, 2000));
  ExpectPage(pages, 1500, 2, 1502);
  ExpectPage(pages, 1999, 100, 2000);
}

TEST_F(ReportPagesTest, APageIsNoLargerThanItMayBeButHasALine) {
  const std::string large(ReportPages::kMaxPageBytes * 2 / 3, 'x');
  Append(large + "\n" + large + "\n" + large + large + "\n");
  ReportPages pages(path_);
  EXPECT_EQ(pages.Read(0, 10)->next, 1u);
  EXPECT_EQ(pages.Read(1, 10)->next, 2u);
  EXPECT_EQ(pages.Read(2, 10)->next, 3u);
}

TEST_F(ReportPagesTest, VisitGivesEachWholeLine) {
  Append(Lines(0, 1000) + "rest");
  std::string lines;
  EXPECT_TRUE(ReportPages::Visit(path_, [&](std::string_view line) {
                lines += std::string(line) + "\n";
                return true;
              }).ok());
  EXPECT_EQ(lines, Lines(0, 1000));
}

TEST_F(ReportPagesTest, AFolderCannotBeRead) { EXPECT_FALSE(ReportPages(folder_.Path("")).Read(0, 1).ok()); }

}  // namespace
}  // namespace unspin::server
