// Connections that read, each lent to one thread at a time.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/database.h"

namespace unspin::server {

// There are as many connections as threads that ever read at once. May be used from many threads at once.
class ReaderPool {
 public:
  explicit ReaderPool(std::string path) : path_(std::move(path)) {}

  // Goes back to the pool when destroyed, at the latest before the pool.
  class Reader {
   public:
    Reader(Reader&&) = default;
    Reader& operator=(Reader&&) = delete;
    ~Reader() {
      if (database_ == nullptr) return;
      const std::lock_guard lock(pool_->mutex_);
      pool_->free_.push_back(std::move(database_));
    }
    const Database& operator*() const { return *database_; }

   private:
    friend class ReaderPool;
    Reader(ReaderPool& pool, std::unique_ptr<Database> database) : pool_(&pool), database_(std::move(database)) {}
    ReaderPool* pool_;
    std::unique_ptr<Database> database_;
  };

  absl::StatusOr<Reader> Take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        Reader reader(*this, std::move(free_.back()));
        free_.pop_back();
        return reader;
      }
    }
    absl::StatusOr<Database> database = Database::Open(path_, Database::Mode::kRead);
    if (!database.ok()) return database.status();
    return Reader(*this, std::make_unique<Database>(*std::move(database)));
  }

 private:
  const std::string path_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Database>> free_;
};

}  // namespace unspin::server
