#include "server/reader_pool.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "support/test_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::TestFolder;

TEST(ReaderPoolTest, LendsAConnectionToOneThreadAtATime) {
  const TestFolder folder;
  const std::string path = folder.Path("a.sqlite");
  const absl::StatusOr<Database> writer = Database::Open(path, Database::Mode::kWrite);
  ASSERT_TRUE(writer->RunScript("CREATE TABLE t(a); INSERT INTO t VALUES(1)").ok());
  ReaderPool pool(path);
  const absl::StatusOr<ReaderPool::Reader> one = pool.Take();
  const absl::StatusOr<ReaderPool::Reader> other = pool.Take();
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_NE(&**one, &**other);
}

TEST(ReaderPoolTest, ConnectionIsUsedAgain) {
  const TestFolder folder;
  const std::string path = folder.Path("a.sqlite");
  const absl::StatusOr<Database> writer = Database::Open(path, Database::Mode::kWrite);
  ReaderPool pool(path);
  const Database* first = &**pool.Take();
  EXPECT_EQ(first, &**pool.Take());
}

TEST(ReaderPoolTest, SaysThatTheFileIsMissing) {
  const TestFolder folder;
  ReaderPool pool(folder.Path("missing.sqlite"));
  EXPECT_FALSE(pool.Take().ok());
}

}  // namespace
}  // namespace unspin::server
