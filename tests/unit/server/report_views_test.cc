#include "server/report_views.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/test_folder.h"

namespace unspin::server {
namespace {

class ReportViewsTest : public ::testing::Test {
 protected:
  testing::TestFolder folder_;
  ReportViews views_{folder_.Path("views")};
};

TEST_F(ReportViewsTest, ViewAndBasisOfAReportAreKeptApart) {
  ASSERT_TRUE(views_.Save(7, "abc", "<main>").ok());
  EXPECT_FALSE(views_.HasBasis(7, "abc"));
  EXPECT_EQ(views_.LoadBasis(7, "abc"), std::nullopt);
  ASSERT_TRUE(views_.SaveBasis(7, "abc", "{}").ok());
  EXPECT_TRUE(views_.HasBasis(7, "abc"));
  EXPECT_EQ(views_.Load(7, "abc"), "<main>");
  EXPECT_EQ(views_.LoadBasis(7, "abc"), "{}");
  EXPECT_EQ(views_.LoadBasis(8, "abc"), std::nullopt);
}

TEST_F(ReportViewsTest, RemovingACaseRemovesAllOfItAndNothingElse) {
  for (const int64_t id : {1, 2}) {
    ASSERT_TRUE(views_.Save(id, "abc", "view").ok());
    ASSERT_TRUE(views_.SaveBasis(id, "abc", "basis").ok());
  }
  views_.Remove(1);
  EXPECT_FALSE(views_.HasBasis(1, "abc"));
  EXPECT_EQ(views_.Load(1, "abc"), std::nullopt);
  EXPECT_EQ(views_.LoadBasis(2, "abc"), "basis");
  EXPECT_EQ(views_.Cases(), std::vector<int64_t>{2});
}

TEST_F(ReportViewsTest, DamagedFileIsMissing) {
  ASSERT_TRUE(views_.SaveBasis(1, "abc", "basis").ok());
  std::ofstream(folder_.Path("views/0/1/abc.basis.zst")) << "nonsense";
  EXPECT_EQ(views_.LoadBasis(1, "abc"), std::nullopt);
}

TEST_F(ReportViewsTest, OnlyIdsOfReportsNameFiles) {
  ASSERT_TRUE(views_.SaveBasis(1, "abc", "basis").ok());
  for (const char* id : {"", "../1/abc", "ABC", "abc.basis"}) {
    EXPECT_EQ(views_.LoadBasis(1, id), std::nullopt) << id;
    EXPECT_FALSE(views_.HasBasis(1, id)) << id;
  }
}

}  // namespace
}  // namespace unspin::server
