#include "watch/spool_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

class SpoolFileTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(pipe2(pipe_, O_CLOEXEC), 0); }
  void TearDown() override {
    for (const int end : pipe_) close(end);
  }
  void Open(uint64_t begin) {
    spool_.reset();
    auto opened = SpoolFile::Open(folder_.Path(""), begin);
    ASSERT_TRUE(opened.ok()) << opened.status();
    spool_ = *std::move(opened);
  }
  void Send(const std::string& bytes) {
    ASSERT_EQ(write(pipe_[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  std::string Read(uint64_t offset) {
    std::string all;
    std::string chunk(100'000, '\0');
    while (true) {
      const auto size = spool_->Read(offset + all.size(), chunk);
      EXPECT_TRUE(size.ok()) << size.status();
      if (!size.ok() || *size == 0) return all;
      all.append(chunk, 0, *size);
    }
  }
  size_t Files() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder_.Path("")), {}));
  }

  testing::TestFolder folder_;
  int pipe_[2] = {-1, -1};
  std::unique_ptr<SpoolFile> spool_;
};

TEST_F(SpoolFileTest, MovesWhatThePipeHolds) {
  Open(0);
  EXPECT_EQ(*spool_->TakeFrom(pipe_[0]), std::nullopt);
  Send("one\ntwo");
  EXPECT_EQ(*spool_->TakeFrom(pipe_[0]), 7u);
  EXPECT_EQ(*spool_->TakeFrom(pipe_[0]), std::nullopt);
  EXPECT_EQ(Read(0), "one\ntwo");
  EXPECT_EQ(Read(4), "two");
}

TEST_F(SpoolFileTest, KnowsTheEndOfThePipe) {
  Open(0);
  Send("last");
  close(pipe_[1]);
  pipe_[1] = -1;
  EXPECT_EQ(*spool_->TakeFrom(pipe_[0]), 4u);
  EXPECT_EQ(*spool_->TakeFrom(pipe_[0]), 0u);
}

TEST_F(SpoolFileTest, GoesOnWhereItWas) {
  Open(0);
  Send("one\ntwo\n");
  ASSERT_TRUE(spool_->TakeFrom(pipe_[0]).ok());
  EXPECT_EQ(SpoolFile::BytesLeft(folder_.Path(""), 4), 4u);
  Open(4);
  EXPECT_EQ(Read(4), "two\n");
  Send("three\n");
  ASSERT_TRUE(spool_->TakeFrom(pipe_[0]).ok());
  EXPECT_EQ(Read(4), "two\nthree\n");
}

TEST_F(SpoolFileTest, WhatWasReadIsRemoved) {
  Open(0);
  const std::string piece(60'000, 'x');
  std::string all;
  for (int i = 0; i < 900; ++i) {  // 54 MB: four parts
    ASSERT_TRUE(spool_->Append(piece + std::to_string(i)).ok());
    all += piece + std::to_string(i);
  }
  EXPECT_EQ(Read(0), all);
  EXPECT_EQ(Files(), 4u);
  bool asked = false;
  ASSERT_TRUE(spool_
                  ->Forget(40'000'000,
                           [&] {
                             asked = true;
                             return absl::OkStatus();
                           })
                  .ok());
  EXPECT_TRUE(asked);
  EXPECT_EQ(Files(), 2u);
  EXPECT_EQ(Read(40'000'000), all.substr(40'000'000));
  Open(all.size());
  EXPECT_EQ(Files(), 0u);
}

// The journal was on the disk before the bytes were.
TEST_F(SpoolFileTest, NewBytesStandBehindThoseThatTheJournalKnows) {
  Open(0);
  ASSERT_TRUE(spool_->Append("abc").ok());
  Open(10);
  EXPECT_EQ(spool_->end(), 10u);
  ASSERT_TRUE(spool_->Append("def").ok());
  EXPECT_EQ(Read(10), "def");
}

}  // namespace
}  // namespace unspin::watch
