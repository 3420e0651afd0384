#include "server/site_cards.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::MadeCase;
using unspin::testing::MadeFinding;
using unspin::testing::MadeReport;

class SiteCardsTest : public DeskTestBase {
 protected:
  int64_t Add(const std::string& site, const std::string& title, const std::string& verdict) {
    MadeReport report;
    report.site = site;
    report.url = "https://" + site + "/" + title;
    report.verdict = verdict;
    report.findings = {MadeFinding{"ours " + title}};
    now_ += 1000;
    return Open(MadeCase(report));
  }
};

TEST_F(SiteCardsTest, SiteCardCountsItsCases) {
  const int64_t a = Add("one.example", "A", "spun");
  Add("one.example", "B", "copy");
  Add("two.example", "C", "unrelated");
  ASSERT_TRUE(desk_->Decide(a, 1, "pursue", "why", "", kAna).ok());
  const absl::StatusOr<SiteCard> card = desk_->GetSite("one.example");
  ASSERT_TRUE(card.ok());
  EXPECT_EQ(card->cases, 2);
  EXPECT_EQ(card->by_verdict.at("copy"), 1);
  EXPECT_EQ(card->by_decision.at("pursue"), 1);
  EXPECT_EQ(card->originals, 2);
  EXPECT_LT(card->first, card->last);
  EXPECT_EQ(card->licence, "unknown");
  EXPECT_EQ(desk_->GetSite("none.example").status().code(), absl::StatusCode::kNotFound);
  const absl::StatusOr<std::vector<SiteCard>> sites = desk_->ListSites("-cases", 10);
  ASSERT_EQ(sites->size(), 2u);
  EXPECT_EQ(sites->front().site, "one.example");
  EXPECT_EQ(desk_->ListSites("cases", 1)->front().site, "two.example");
  EXPECT_EQ(desk_->ListSites("size", 1).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace unspin::server
