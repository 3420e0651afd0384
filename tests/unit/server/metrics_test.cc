#include "server/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace unspin::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(MetricsTest, TheSameLabelsAreTheSameCounter) {
  Metrics metrics;
  metrics.GetCounter("a_total", "A", {{"x", "1"}}).Add();
  metrics.GetCounter("a_total", "A", {{"x", "1"}}).Add(2);
  metrics.GetCounter("a_total", "A", {{"x", "2"}}).Add();
  EXPECT_EQ(metrics.Text(), "# HELP a_total A\n# TYPE a_total counter\na_total{x=\"1\"} 3\na_total{x=\"2\"} 1\n");
}

TEST(MetricsTest, BucketsAddUp) {
  Metrics metrics;
  Histogram& histogram = metrics.GetHistogram("t_seconds", "T");
  for (const double seconds : {0.0, 0.001, 0.0011, 0.5, 1e9, -1.0}) histogram.Add(seconds);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"0.001\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"0.002\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"32.768\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_bucket{le=\"+Inf\"} 6\n"));
  EXPECT_THAT(text, HasSubstr("t_seconds_count 6\n"));
}

TEST(MetricsTest, LabelsAreEscaped) {
  Metrics metrics;
  metrics.GetCounter("a_total", "back\\slash", {{"x", "a\"b\\c\nd"}});
  EXPECT_THAT(metrics.Text(), HasSubstr("# HELP a_total back\\\\slash\n"));
  EXPECT_THAT(metrics.Text(), HasSubstr("a_total{x=\"a\\\"b\\\\c\\nd\"} 0\n"));
}

TEST(MetricsTest, GaugesAreReadWhenAsked) {
  Metrics metrics;
  double value = 1;
  metrics.AddGauge(&value, "g", "G", {}, [&] { return value; });
  EXPECT_THAT(metrics.Text(), HasSubstr("g 1\n"));
  value = NAN;
  EXPECT_THAT(metrics.Text(), HasSubstr("g NaN\n"));
  metrics.RemoveGauges(&value);
  EXPECT_THAT(metrics.Text(), Not(HasSubstr("g")));
}

}  // namespace
}  // namespace unspin::server
