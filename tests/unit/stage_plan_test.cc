#include "unspin/dedup/stage_plan.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

constexpr uint64_t kArticleBytes = 1614;

DedupPlan Plan(uint64_t articles, uint64_t workers, DedupOptions dedup = {}) {
  const auto plan = PlanStages({articles, articles * kArticleBytes, workers, dedup});
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.value_or(DedupPlan());
}

std::string Refusal(const PlanRequest& request) { return std::string(StdView(PlanStages(request).status().message())); }

TEST(StagePlanTest, HasTheStagesInTheirOrder) {
  const DedupPlan plan = Plan(1'000'000, 8);
  ASSERT_EQ(plan.stages.size(), 4u);
  EXPECT_EQ(plan.stages[0].stage, "sketch");
  EXPECT_EQ(plan.stages[1].stage, "join");
  EXPECT_EQ(plan.stages[2].stage, "verify");
  EXPECT_EQ(plan.stages[3].stage, "cluster");
  EXPECT_EQ(plan.stages[3].parts, 1u);
}

TEST(StagePlanTest, TotalsAreThoseOfTheStages) {
  const DedupPlan plan = Plan(100'000'000, 16);
  uint64_t disk = 0;
  double seconds = 0;
  for (const StagePlan& stage : plan.stages) {
    disk += stage.written_bytes;
    seconds += stage.seconds;
    EXPECT_GE(stage.parts, 1u);
    EXPECT_LE(stage.seconds, stage.processor_seconds);
    EXPECT_GE(plan.memory_bytes, stage.memory_bytes);
  }
  EXPECT_EQ(plan.disk_bytes, disk);
  EXPECT_DOUBLE_EQ(plan.seconds, seconds);
}

TEST(StagePlanTest, MoreWorkersTakeLessTime) {
  double seconds = Plan(1'000'000'000, 1).seconds;
  for (uint64_t workers = 2; workers <= 1024; workers *= 2) {
    const double with_more = Plan(1'000'000'000, workers).seconds;
    EXPECT_LE(with_more, seconds) << workers;
    seconds = with_more;
  }
}

TEST(StagePlanTest, MoreArticlesTakeMoreOfEverything) {
  DedupPlan before = Plan(1'000'000, 32);
  for (const uint64_t articles : {10'000'000ull, 100'000'000ull, 1'000'000'000ull, 4'000'000'000ull}) {
    const DedupPlan plan = Plan(articles, 32);
    EXPECT_GT(plan.seconds, before.seconds);
    EXPECT_GT(plan.disk_bytes, before.disk_bytes);
    EXPECT_GT(plan.memory_bytes, before.memory_bytes);
    before = plan;
  }
}

TEST(StagePlanTest, ACorpusHasNoMoreArticlesThanStagesCanNumber) {
  EXPECT_EQ(Plan(kMaxDedupArticles, 100).corpora, 1u);
  const DedupPlan plan = Plan(10'000'000'000, 100);
  EXPECT_EQ(plan.corpora, 3u);
  EXPECT_GE(plan.articles * plan.corpora, 10'000'000'000u);
  EXPECT_LE(plan.articles, kMaxDedupArticles);
}

TEST(StagePlanTest, FilesAndPartsStayFew) {
  const DedupPlan plan = Plan(4'000'000'000, 10'000);
  constexpr uint64_t kMaxMappings = 65'530;  // of a process on Linux
  EXPECT_LT(plan.stages[0].parts + plan.stages[1].parts + plan.stages[2].parts, kMaxMappings);
  EXPECT_EQ(Plan(3, 100).stages[0].parts, 3u) << "no run without an article";
}

TEST(StagePlanTest, RefusesNonsense) {
  EXPECT_NE(Refusal({0, 1, 1, {}}).find("--articles"), std::string::npos);
  EXPECT_NE(Refusal({kMaxPlanArticles + 1, uint64_t{1} << 60, 1, {}}).find("--articles"), std::string::npos);
  EXPECT_NE(Refusal({10, 9, 1, {}}).find("--bytes"), std::string::npos);
  EXPECT_NE(Refusal({1, uint64_t{1} << 33, 1, {}}).find("--bytes"), std::string::npos);
  EXPECT_NE(Refusal({10, 1000, 0, {}}).find("--workers"), std::string::npos);
  EXPECT_NE(Refusal({10, 1000, kMaxPlanWorkers + 1, {}}).find("--workers"), std::string::npos);
  DedupOptions low;
  low.threshold = 0.5;
  EXPECT_NE(Refusal({10, 1000, 1, low}).find("--threshold"), std::string::npos);
}

TEST(StagePlanTest, ConstantsHaveUnits) {
  for (const PlanConstant& constant : PlanConstants()) {
    EXPECT_TRUE(constant.unit == "ns" || constant.unit == "bytes") << constant.name;
    EXPECT_GT(constant.value, 0) << constant.name;
  }
}

}  // namespace
}  // namespace unspin
