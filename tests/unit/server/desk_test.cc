#include "server/desk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "server/database.h"
#include "support/desk_folder.h"
#include "unspin/base/sha256.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::kBen;
using unspin::testing::MadeCase;
using unspin::testing::MadeReport;
using unspin::testing::NumberedCase;
using unspin::testing::TestFolder;

class DeskTest : public DeskTestBase {};

bool AnyFileHas(const std::string& folder, const std::string& word) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(word) != std::string::npos) return true;
  }
  return false;
}

TEST_F(DeskTest, KeepsWhatACaseWasOpenedWith) {
  NewCase made = MadeCase({});
  made.bytes = std::string("<p>The cranes\0\xff stand still.</p>", 32);
  made.content_type = "text/html";
  const absl::StatusOr<OpenedCase> opened = desk_->OpenCase(made, kAna);
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_FALSE(opened->existed);
  const Case got = Get(opened->row.id);
  EXPECT_EQ(got.suspect.bytes, made.bytes);
  EXPECT_EQ(got.suspect.text, made.text);
  EXPECT_EQ(got.suspect.content_type, "text/html");
  EXPECT_EQ(got.report, made.report);
  EXPECT_EQ(got.row.file_sha256, Sha256Hex(made.bytes));
  EXPECT_EQ(got.row.text_sha256, Sha256Hex(made.text));
  EXPECT_EQ(got.row.state, "new");
  EXPECT_EQ(got.row.decision, "none");
  EXPECT_EQ(got.row.revision, 1);
  EXPECT_EQ(got.row.original_id, "ours-1");
  EXPECT_EQ(got.row.coverage_original, 0.8);
  EXPECT_EQ(got.row.licence, "unknown");
  ASSERT_EQ(got.history.size(), 1u);
  EXPECT_EQ(got.history[0].action, "opened");
  EXPECT_EQ(got.history[0].person, "Ana Reader");
  EXPECT_EQ(*desk_->GetReport("report-1"), made.report);
  EXPECT_EQ(*desk_->CaseOfReport("report-1"), got.row.id);
}

TEST_F(DeskTest, SameBytesFromTheSameAddressAreOneCase) {
  const int64_t id = Open(MadeCase({}));
  const absl::StatusOr<OpenedCase> again = desk_->OpenCase(MadeCase({}), kBen);
  EXPECT_TRUE(again->existed);
  EXPECT_EQ(again->row.id, id);
  EXPECT_EQ(Get(id).history.size(), 1u);
  MadeReport elsewhere;
  elsewhere.url = "https://other.example/a";
  EXPECT_FALSE(desk_->OpenCase(MadeCase(elsewhere), kAna)->existed);
}

TEST_F(DeskTest, BadCaseKeepsNoOtherOut) {
  NewCase bad = NumberedCase(2);
  bad.report = "no report";
  const auto opened = desk_->OpenCases({NumberedCase(1), bad, NumberedCase(3)}, kAna);
  ASSERT_EQ(opened.size(), 3u);
  EXPECT_TRUE(opened[0].ok());
  EXPECT_EQ(opened[1].status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(opened[2].ok());
  EXPECT_EQ(desk_->FindCases({})->total, 2);
}

TEST_F(DeskTest, MissingCaseIsNotFound) {
  EXPECT_EQ(desk_->AddNote(7, kAnyRevision, "a", kAna).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk_->GetCase(7).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk_->GetReport("nothing").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk_->CaseOfReport("nothing").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(DeskTest, ChangeNeedsAPerson) {
  EXPECT_EQ(desk_->OpenCase(MadeCase({}), {""}).status().code(), absl::StatusCode::kInvalidArgument);
  const int64_t id = Open(MadeCase({}));
  EXPECT_EQ(desk_->Assign(id, 1, "Ben", {" "}).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(DeskTest, ErasedWordsAreInNoFile) {
  const int64_t id = Open(MadeCase({}, "Zanzibarquell stands still in the harbour."));
  ASSERT_TRUE(desk_->AddNote(id, kAnyRevision, "Ask Quetzalbrunn about it.", kAna).ok());
  Open(NumberedCase(1));
  EXPECT_EQ(desk_->FindCases({.query = "zanzibarquell"})->total, 1);
  ASSERT_TRUE(desk_->EraseText(id, kAnyRevision, "On request.", kBen).ok());
  for (const char* word : {"anzibarquell", "uetzalbrunn"}) EXPECT_FALSE(AnyFileHas(data(), word)) << word;
  EXPECT_EQ(desk_->FindCases({.query = "zanzibarquell"})->total, 0);
  EXPECT_EQ(desk_->FindCases({.query = "harbour"})->total, 1);
}

TEST_F(DeskTest, ErasesCasesOlderThanATime) {
  const int64_t old_one = Open(NumberedCase(1));
  now_ += 86'400'000;
  const int64_t new_one = Open(NumberedCase(2));
  const std::string time = Get(new_one).row.created;
  EXPECT_EQ(*desk_->EraseOlderThan(time, "Kept a day.", kAna), 1);
  EXPECT_TRUE(Get(old_one).row.erased);
  EXPECT_FALSE(Get(new_one).row.erased);
  EXPECT_EQ(*desk_->EraseOlderThan(time, "Kept a day.", kAna), 0);
  EXPECT_EQ(Problem(), "");
}

TEST_F(DeskTest, LicenceRuleSetsTheLicenceOfItsCases) {
  const int64_t id = Open(MadeCase({}));
  LicenceRule what;
  what.site = "nothing";
  EXPECT_EQ(desk_->AddLicence(what, kAna).status().code(), absl::StatusCode::kInvalidArgument);
  what.site = "Copies.Example";
  what.from = "2026-13-01";
  EXPECT_EQ(desk_->AddLicence(what, kAna).status().code(), absl::StatusCode::kInvalidArgument);
  what.from = "2026-01-01";
  what.source = "4711";
  const absl::StatusOr<StoredLicence> rule = desk_->AddLicence(what, kAna);
  ASSERT_TRUE(rule.ok()) << rule.status();
  EXPECT_EQ(Get(id).row.licence, "licensed");
  EXPECT_EQ(Get(id).row.revision, 1);
  EXPECT_EQ(desk_->ListLicences()->front().what.source, "4711");
  ASSERT_TRUE(desk_->RemoveLicence(rule->id, kBen).ok());
  EXPECT_EQ(Get(id).row.licence, "unknown");
  EXPECT_TRUE(desk_->ListLicences()->empty());
  EXPECT_EQ(desk_->RemoveLicence(rule->id, kBen).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Problem(), "");
}

TEST_F(DeskTest, LogLinesContinueBehindAnEvent) {
  Open(NumberedCase(1));
  Open(NumberedCase(2));
  const std::string all = *desk_->LogLines(0, 100);
  const std::string first = *desk_->LogLines(0, 1);
  EXPECT_EQ(first + *desk_->LogLines(1, 100), all);
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 2);
  EXPECT_EQ(desk_->ChangesAfter(1, 100)->front().seq, 2);
}

TEST_F(DeskTest, ListenerHearsCommittedChangesOnly) {
  std::vector<std::string> heard;
  const auto subscription = desk_->Subscribe([&](const Change& change) { heard.push_back(change.action); });
  const int64_t id = Open(MadeCase({}));
  EXPECT_FALSE(desk_->SetState(id, 9, "review", kAna).ok());
  EXPECT_TRUE(desk_->SetState(id, 1, "review", kAna).ok());
  desk_.reset();  // the last change is published after it was acknowledged
  EXPECT_EQ(heard, (std::vector<std::string>{"opened", "state-set"}));
}

TEST_F(DeskTest, EverythingIsThereAfterAReopening) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->AddNote(id, 1, "Call them.", kAna).ok());
  const std::string log = *desk_->LogLines(0, 100);
  desk_.reset();
  OpenDesk();
  EXPECT_EQ(*desk_->LogLines(0, 100), log);
  EXPECT_EQ(Get(id).history[1].details, "{\"note\":\"Call them.\",\"revision\":2}");
}

TEST_F(DeskTest, SecondServerIsRefusedInWords) {
  const absl::StatusOr<std::unique_ptr<Desk>> second = Desk::Open(data());
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(std::string(second.status().message()).find("locked by process"), std::string::npos);
}

TEST_F(DeskTest, FolderIsForItsOwnerOnly) {
  struct stat status = {};
  ASSERT_EQ(::stat(data().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST(DeskOpenTest, DamagedFileIsRefused) {
  const TestFolder folder;
  std::filesystem::create_directory(folder.Path("desk"));
  std::ofstream(folder.Path("desk/desk.sqlite")) << std::string(10'000, 'x');
  EXPECT_EQ(Desk::Open(folder.Path("desk")).status().code(), absl::StatusCode::kDataLoss);
}

TEST(DeskOpenTest, TruncatedFileIsRefused) {
  const TestFolder folder;
  {
    absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder.Path("desk"));
    for (int i = 0; i < 20; ++i) ASSERT_TRUE((*desk)->OpenCase(NumberedCase(i), kAna).ok());
  }
  const std::string path = folder.Path("desk/desk.sqlite");
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2 / 4096 * 4096);
  EXPECT_EQ(Desk::Open(folder.Path("desk")).status().code(), absl::StatusCode::kDataLoss);
}

TEST(DeskOpenTest, FileInPlaceOfTheFolderIsRefused) {
  const TestFolder folder;
  std::ofstream(folder.Path("desk")) << "x";
  EXPECT_EQ(Desk::Open(folder.Path("desk")).status().code(), absl::StatusCode::kPermissionDenied);
}

TEST(DeskOpenTest, FolderThatCannotBeWrittenIsRefused) {
  // A folder where nobody may write, root neither.
  const absl::Status status = Desk::Open("/proc/self").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
}

TEST(DeskOpenTest, NewerTablesAreRefused) {
  const TestFolder folder;
  {
    ASSERT_TRUE(Desk::Open(folder.Path("desk")).ok());
  }
  {
    absl::StatusOr<Database> database = Database::Open(folder.Path("desk/desk.sqlite"), Database::Mode::kWrite);
    ASSERT_TRUE(database->RunScript("PRAGMA user_version = 999").ok());
  }
  EXPECT_EQ(Desk::Open(folder.Path("desk")).status().code(), absl::StatusCode::kFailedPrecondition);
}

// Writers and readers at once; every acknowledged change must be there.
TEST_F(DeskTest, ManyThreadsLoseNothing) {
  constexpr int kThreads = 6;
  constexpr int kEach = 20;
  std::vector<std::thread> threads;
  std::atomic<int> heard{0};
  auto subscription = desk_->Subscribe([&](const Change&) { ++heard; });
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const absl::StatusOr<OpenedCase> opened = desk_->OpenCase(NumberedCase(thread * kEach + i), kAna);
        ASSERT_TRUE(opened.ok()) << opened.status();
        ASSERT_TRUE(desk_->AddNote(opened->row.id, 1, "note", kBen).ok());
        ASSERT_EQ(desk_->GetCase(opened->row.id)->history.size(), 2u);
        ASSERT_TRUE(desk_->FindCases({.query = "harbour"}).ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(desk_->FindCases({})->total, kThreads * kEach);
  EXPECT_EQ(Problem(), "");
  desk_.reset();
  EXPECT_EQ(heard, 2 * kThreads * kEach);
}

TEST_F(DeskTest, OneOfTwoChangesOfARevisionWins) {
  const int64_t id = Open(MadeCase({}));
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { won += desk_->Assign(id, 1, "somebody", kAna).ok() ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(Get(id).row.revision, 2);
}

}  // namespace
}  // namespace unspin::server
