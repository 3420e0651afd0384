// SQLite behind types that close themselves, and errors in words.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace unspin::server {

// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

// Ids of rows. SQL asks for one by in_set(?1, id), with the set bound as ?1.
class IdSet {
 public:
  // REQUIRES: `id` is greater than those that were appended before.
  void Append(int64_t id);
  bool Has(int64_t id) const;
  const std::vector<int64_t>& ids() const { return ids_; }  // ascending

 private:
  std::vector<int64_t> ids_;
};

// A prepared statement. What it returns as a view lives until the next Step. Must not outlive its database.
class Statement {
 public:
  // Binds the parameters ?1, ?2, … in their order, for as long as the statement runs: texts are not copied.
  template <typename... Values>
  Statement& Bind(const Values&... values) {
    int place = 0;
    (BindOne(++place, values), ...);
    return *this;
  }
  // For parameters whose number is known only while running. `place` counts from 1.
  void BindOne(int place, std::string_view text);
  void BindOne(int place, const char* text) { BindOne(place, std::string_view(text)); }
  void BindOne(int place, const std::string& text) { BindOne(place, std::string_view(text)); }
  void BindOne(int place, Blob blob);
  void BindOne(int place, int64_t number);
  void BindOne(int place, int number) { BindOne(place, int64_t{number}); }
  void BindOne(int place, bool number) { BindOne(place, int64_t{number}); }
  void BindOne(int place, size_t number) { BindOne(place, static_cast<int64_t>(number)); }
  void BindOne(int place, double number);
  void BindOne(int place, std::nullptr_t);
  void BindOne(int place, const std::optional<double>& number);
  void BindOne(int place, const IdSet* set);  // not copied either

  // True: there is a row. After an error or the last row the statement can be bound and run again.
  absl::StatusOr<bool> Step();
  // For statements without rows.
  absl::Status Run();
  // Ends a run before its last row, so that the statement can be bound and run again.
  void Reset();

  // Columns of the row, from 0.
  int64_t Integer(int column) const;
  double Real(int column) const;
  std::optional<double> RealOrNull(int column) const;
  bool IsNull(int column) const;
  std::string_view View(int column) const;  // of a text or blob
  std::string Text(int column) const { return std::string(View(column)); }

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// A connection. To be used by one thread at a time.
class Database {
 public:
  enum class Mode { kWrite, kRead };
  // kWrite creates the file where it is missing, and sets WAL, full synchronisation and the overwriting of what is
  // deleted. An error says what to do. `path` must not begin with "file:".
  static absl::StatusOr<Database> Open(const std::string& path, Mode mode);

  absl::StatusOr<Statement> Prepare(std::string_view sql) const;
  // One statement without rows.
  template <typename... Values>
  absl::Status Run(std::string_view sql, const Values&... values) const {
    absl::StatusOr<Statement> statement = Prepare(sql);
    if (!statement.ok()) return statement.status();
    return statement->Bind(values...).Run();
  }
  // The number in the first column of the first row; NotFound without a row.
  template <typename... Values>
  absl::StatusOr<int64_t> Integer(std::string_view sql, const Values&... values) const {
    absl::StatusOr<Statement> statement = Prepare(sql);
    if (!statement.ok()) return statement.status();
    absl::StatusOr<bool> row = statement->Bind(values...).Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::NotFoundError("no row");
    return statement->Integer(0);
  }
  // Several statements without parameters.
  absl::Status RunScript(const char* sql) const;
  int64_t last_row_id() const;
  int64_t changed_rows() const;
  // A transaction is open. SQLite itself rolls back after some errors, such as a full disk.
  bool in_transaction() const;
  std::string path() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit Database(sqlite3* database) : database_(database) {}

  std::unique_ptr<sqlite3, Close> database_;
};

// Rolls back when destroyed, unless it was committed.
class Transaction {
 public:
  // Takes the right to write at once, so that no later statement fails for it.
  static absl::StatusOr<Transaction> Begin(const Database& database);
  // Sees one state of the database, however long it reads.
  static absl::StatusOr<Transaction> BeginReading(const Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  absl::Status Commit();

 private:
  explicit Transaction(const Database& database) : database_(&database) {}
  const Database* database_;
};

// The schema's versions: script i leads from version i to i + 1 (PRAGMA user_version). Runs what is missing, all or
// nothing. FailedPrecondition: a newer program wrote the file.
absl::Status Migrate(const Database& database, std::span<const char* const> scripts);

// Marks a new file as `application` (PRAGMA application_id), and refuses a file of another program.
absl::Status ClaimFile(const Database& database, int32_t application);

// DataLoss where pages of the file do not fit together. Reads the whole file.
absl::Status CheckPages(const Database& database);

}  // namespace unspin::server
