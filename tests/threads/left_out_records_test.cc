#include "unspin/records/left_out_records.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unspin {
namespace {

TEST(LeftOutRecordsTest, NamesTheMostFrequentKindsFirst) {
  LeftOutRecords left_out;
  for (const char* kind : {"pictures", "answers with status 404", "revisits", "answers with status 404"}) {
    left_out.Add(kind);
  }
  EXPECT_EQ(left_out.Describe(), "4 records: 2 answers with status 404, 1 picture, 1 revisit");
}

TEST(LeftOutRecordsTest, OneRecordIsNamedInTheSingular) {
  for (const auto& [kind, one] : std::vector<std::pair<std::string, std::string>>{
           {"answers with status 404", "answer with status 404"},
           {"canceled items without a text", "canceled item without a text"},
           {"items whose text is elsewhere", "item whose text is elsewhere"},
           {"descriptions of the file", "description of the file"},
           {"files for machines (robots.txt)", "file for machines (robots.txt)"},
           {"descriptions of pages (WAT)", "description of pages (WAT)"},
           {"sounds or videos", "sound or video"},
           {"archives or office documents", "archive or office document"},
           {"DNS answers", "DNS answer"},
           {"PDFs", "PDF"},
           {"categories", "category"}}) {
    LeftOutRecords left_out;
    left_out.Add(kind);
    EXPECT_EQ(left_out.Describe(), "1 record: 1 " + one);
    left_out.Add(kind);
    EXPECT_EQ(left_out.Describe(), "2 records: 2 " + kind);
  }
}

TEST(LeftOutRecordsTest, NamesTwelveKindsAndSaysThatThereAreMore) {
  LeftOutRecords left_out;
  for (int kind = 0; kind < 13; ++kind) left_out.Add("kind " + std::string(1, static_cast<char>('a' + kind)));
  const std::string description = left_out.Describe();
  EXPECT_TRUE(description.starts_with("13 records: 1 kind a, "));
  EXPECT_TRUE(description.ends_with("1 kind l, …"));
}

TEST(LeftOutRecordsTest, CountsWhatManyThreadsAdd) {
  LeftOutRecords left_out;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) left_out.Add(n % 2 == 0 ? "teasers" : "pictures");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(left_out.total(), 4000);
  EXPECT_EQ(left_out.Describe(), "4000 records: 2000 pictures, 2000 teasers");
}

}  // namespace
}  // namespace unspin
