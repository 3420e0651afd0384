#include "watch/case_sender.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "support/test_folder.h"
#include "unspin/io/read_file.h"

namespace unspin::watch {
namespace {

using Kind = CaseAnswer::Kind;

ArticleKey Key(uint64_t number) { return {number, Mix64(number)}; }

// Answers as it is told, and notes what it was asked.
class FakeClient final : public CaseClient {
 public:
  FakeClient(std::deque<CaseAnswer> answers, std::vector<std::string>& asked)
      : answers_(std::move(answers)), asked_(asked) {}
  CaseAnswer Open(const std::string& article) override {
    asked_.push_back(article);
    if (answers_.empty()) return {Kind::kOpened, "", std::nullopt};
    const CaseAnswer answer = answers_.front();
    answers_.pop_front();
    return answer;
  }

 private:
  std::deque<CaseAnswer> answers_;
  std::vector<std::string>& asked_;
};

class CaseSenderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = WatchJournal::Open(folder_.Path("state"));
    ASSERT_TRUE(opened.ok()) << opened.status();
    journal_ = *std::move(opened);
    for (uint64_t i = 0; i < 3; ++i) {
      ASSERT_TRUE(journal_->StageCase(Key(i), "{\"id\":" + std::to_string(i) + "}").ok());
      WatchJournal::Done done;
      done.article = Key(i);
      ASSERT_TRUE(journal_->Commit(done).ok());
    }
  }
  void Send(std::deque<CaseAnswer> answers) {
    CaseSender sender(std::make_unique<FakeClient>(std::move(answers), asked_), *journal_, stop_,
                      {[&](const std::string& sentence) { said_.push_back(sentence); }, {}});
    EXPECT_TRUE(journal_->WaitForCases(std::chrono::hours(1), stop_));
    stop_.Raise();
  }

  testing::TestFolder folder_;
  StopFlag stop_;
  std::unique_ptr<WatchJournal> journal_;
  std::vector<std::string> asked_, said_;
};

TEST_F(CaseSenderTest, OpensThemInTheirOrder) {
  Send({});
  EXPECT_EQ(asked_, (std::vector<std::string>{"{\"id\":0}", "{\"id\":1}", "{\"id\":2}"}));
  EXPECT_TRUE(said_.empty());
}

TEST_F(CaseSenderTest, AsksAgainUntilTheServiceTakesThem) {
  Send({{Kind::kLater, "away", std::nullopt}, {Kind::kOpened, "", std::nullopt}});
  EXPECT_EQ(asked_, (std::vector<std::string>{"{\"id\":0}", "{\"id\":0}", "{\"id\":1}", "{\"id\":2}"}));
  EXPECT_EQ(said_, (std::vector<std::string>{"cases wait: away", "the service takes cases again"}));
}

TEST_F(CaseSenderTest, SetsAsideWhatIsRefused) {
  Send({{Kind::kOpened, "", std::nullopt}, {Kind::kRefused, "too large", std::nullopt}});
  EXPECT_EQ(asked_.size(), 3u);
  EXPECT_EQ(*ReadFile(folder_.Path("state/refused.jsonl")), "{\"why\":\"too large\",\"article\":{\"id\":1}}\n");
  EXPECT_EQ(journal_->waiting_cases(), 0u);
}

TEST(CaseSenderPauseTest, PausesGrowToAMinute) {
  EXPECT_EQ(PauseAfter(1).count(), 1000);
  EXPECT_EQ(PauseAfter(2).count(), 2000);
  EXPECT_EQ(PauseAfter(6).count(), 32'000);
  EXPECT_EQ(PauseAfter(7).count(), 60'000);
  EXPECT_EQ(PauseAfter(1'000'000).count(), 60'000);
}

}  // namespace
}  // namespace unspin::watch
