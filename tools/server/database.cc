#include "server/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>

#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

// A second program at the same file, such as a backup, may hold it that long before we give up.
constexpr int kBusyTimeoutMilliseconds = 10'000;

// Of each connection. The pages behind it come from the page cache of the system.
constexpr const char* kConnectionSettings =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA recursive_triggers = ON;"  // without it REPLACE deletes rows unseen by triggers
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -16384;";  // KiB

constexpr const char* kWriterSettings =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA journal_size_limit = 67108864;";  // bytes: what a large transaction leaves of the log file

absl::StatusCode CodeOf(int error) {
  switch (error & 0xff) {  // the primary code of an extended one
    case SQLITE_FULL:
      return absl::StatusCode::kResourceExhausted;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return absl::StatusCode::kPermissionDenied;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return absl::StatusCode::kDataLoss;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kInternal;
  }
}

std::string WordsFor(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kResourceExhausted:
      return "the disk is full, and nothing of this change was stored; make room and try again";
    case absl::StatusCode::kPermissionDenied:
      return "cannot be opened or written; check the folder's owner, its rights, and that its disk is not mounted "
             "read-only";
    case absl::StatusCode::kDataLoss:
      return "the database is damaged; put back a copy, or see what `sqlite3 FILE .recover` can save";
    case absl::StatusCode::kUnavailable:
      return "another program holds the database; end it and try again";
    default:
      return "the database failed";
  }
}

absl::Status SqliteError(sqlite3* database, const std::string& path) {
  const int error = sqlite3_extended_errcode(database);
  const absl::StatusCode code = CodeOf(error);
  std::string message = path + ": " + WordsFor(code) + " (" + sqlite3_errmsg(database);
  const int system_error = sqlite3_system_errno(database);
  const bool from_system = (error & 0xff) == SQLITE_IOERR || (error & 0xff) == SQLITE_CANTOPEN;
  if (from_system && system_error != 0) message += std::string(": ") + std::strerror(system_error);
  message += ")";
  return absl::Status(code, AbslView(message));
}

std::string PathOf(sqlite3* database) {
  const char* path = sqlite3_db_filename(database, "main");
  return path == nullptr ? "" : path;
}

// SQLite hands an address over only to who knows its name.
constexpr const char* kIdSetPointer = "unspin id set";

void InSet(sqlite3_context* context, int /*two*/, sqlite3_value** arguments) {
  const auto* set = static_cast<const IdSet*>(sqlite3_value_pointer(arguments[0], kIdSetPointer));
  sqlite3_result_int(context, set != nullptr && set->Has(sqlite3_value_int64(arguments[1])) ? 1 : 0);
}

}  // namespace

void IdSet::Append(int64_t id) {
  assert(ids_.empty() || id > ids_.back());
  ids_.push_back(id);
}

bool IdSet::Has(int64_t id) const { return std::binary_search(ids_.begin(), ids_.end(), id); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Statement::BindOne(int place, std::string_view text) {
  // A view without an address would be bound as null.
  const char* data = text.data() == nullptr ? "" : text.data();
  sqlite3_bind_text64(statement_.get(), place, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::BindOne(int place, Blob blob) {
  const char* data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  sqlite3_bind_blob64(statement_.get(), place, data, blob.bytes.size(), SQLITE_STATIC);
}

void Statement::BindOne(int place, int64_t number) { sqlite3_bind_int64(statement_.get(), place, number); }
void Statement::BindOne(int place, double number) { sqlite3_bind_double(statement_.get(), place, number); }
void Statement::BindOne(int place, std::nullptr_t) { sqlite3_bind_null(statement_.get(), place); }
void Statement::BindOne(int place, const std::optional<double>& number) {
  number ? BindOne(place, *number) : BindOne(place, nullptr);
}

void Statement::BindOne(int place, const IdSet* set) {
  sqlite3_bind_pointer(statement_.get(), place, const_cast<IdSet*>(set), kIdSetPointer, nullptr);
}

absl::StatusOr<bool> Statement::Step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  sqlite3* database = sqlite3_db_handle(statement_.get());
  absl::Status status;
  if (result != SQLITE_DONE) status = SqliteError(database, PathOf(database));
  sqlite3_reset(statement_.get());
  if (!status.ok()) return status;
  return false;
}

absl::Status Statement::Run() {
  absl::StatusOr<bool> row = Step();
  assert(!row.ok() || !*row);
  return row.status();
}

void Statement::Reset() { sqlite3_reset(statement_.get()); }

int64_t Statement::Integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::Real(int column) const { return sqlite3_column_double(statement_.get(), column); }
bool Statement::IsNull(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
std::optional<double> Statement::RealOrNull(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Real(column);
}

std::string_view Statement::View(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);  // of a text: its bytes in UTF-8
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), size);
}

void Database::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

absl::StatusOr<Database> Database::Open(const std::string& path, Mode mode) {
  sqlite3* handle = nullptr;
  const int access = mode == Mode::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int result =
      sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Database database(handle);
  if (handle == nullptr) return absl::ResourceExhaustedError("no memory for a database connection");
  if (result != SQLITE_OK) return SqliteError(handle, path);
  sqlite3_busy_timeout(handle, kBusyTimeoutMilliseconds);
  if (absl::Status status = database.RunScript(kConnectionSettings); !status.ok()) return status;
  if (sqlite3_create_function(handle, "in_set", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, InSet, nullptr, nullptr) !=
      SQLITE_OK) {
    return SqliteError(handle, path);
  }
  if (mode == Mode::kWrite) {
    if (absl::Status status = database.RunScript(kWriterSettings); !status.ok()) return status;
  }
  return database;
}

absl::StatusOr<Statement> Database::Prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int size = static_cast<int>(sql.size());
  if (sqlite3_prepare_v3(database_.get(), sql.data(), size, 0, &statement, nullptr) != SQLITE_OK) {
    return SqliteError(database_.get(), path());
  }
  return Statement(statement);
}

absl::Status Database::RunScript(const char* sql) const {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return absl::OkStatus();
  return SqliteError(database_.get(), path());
}

int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(database_.get()); }
int64_t Database::changed_rows() const { return sqlite3_changes64(database_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }
std::string Database::path() const { return PathOf(database_.get()); }

absl::StatusOr<Transaction> Transaction::Begin(const Database& database) {
  if (absl::Status status = database.RunScript("BEGIN IMMEDIATE"); !status.ok()) return status;
  return Transaction(database);
}

absl::StatusOr<Transaction> Transaction::BeginReading(const Database& database) {
  if (absl::Status status = database.RunScript("BEGIN"); !status.ok()) return status;
  return Transaction(database);
}

Transaction::~Transaction() {
  // Nothing can be done about a rollback that fails: SQLite rolls back when it opens the file again.
  if (database_ != nullptr && database_->in_transaction()) database_->RunScript("ROLLBACK").IgnoreError();
}

absl::Status Transaction::Commit() {
  absl::Status status = database_->RunScript("COMMIT");
  if (status.ok()) database_ = nullptr;
  return status;
}

absl::Status Migrate(const Database& database, std::span<const char* const> scripts) {
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database);
  if (!transaction.ok()) return transaction.status();
  absl::StatusOr<int64_t> version = database.Integer("PRAGMA user_version");
  if (!version.ok()) return version.status();
  const int64_t newest = static_cast<int64_t>(scripts.size());
  if (*version > newest) {
    const std::string message = database.path() + ": a newer program wrote it (version " + std::to_string(*version) +
                                " of its tables; this program knows up to " + std::to_string(newest) +
                                "); install the newer program, or put back a copy from before";
    return absl::FailedPreconditionError(AbslView(message));
  }
  for (int64_t step = *version; step < newest; ++step) {
    if (absl::Status status = database.RunScript(scripts[step]); !status.ok()) return status;
  }
  const std::string set_version = "PRAGMA user_version = " + std::to_string(newest);
  if (absl::Status status = database.RunScript(set_version.c_str()); !status.ok()) return status;
  return transaction->Commit();
}

absl::Status ClaimFile(const Database& database, int32_t application) {
  absl::StatusOr<int64_t> tables = database.Integer("SELECT count(*) FROM sqlite_schema");
  if (!tables.ok()) return tables.status();
  absl::StatusOr<int64_t> owner = database.Integer("PRAGMA application_id");
  if (!owner.ok()) return owner.status();
  if (*owner == application) return absl::OkStatus();
  if (*owner != 0 || *tables != 0) {
    const std::string message = database.path() + ": a database of another program; name another data folder";
    return absl::FailedPreconditionError(AbslView(message));
  }
  return database.RunScript(("PRAGMA application_id = " + std::to_string(application)).c_str());
}

absl::Status CheckPages(const Database& database) {
  absl::StatusOr<Statement> check = database.Prepare("PRAGMA quick_check(1)");
  if (!check.ok()) return check.status();
  absl::StatusOr<bool> row = check->Step();
  if (!row.ok()) return row.status();
  if (*row && check->View(0) == "ok") return absl::OkStatus();
  const std::string message = database.path() + ": " + WordsFor(absl::StatusCode::kDataLoss) + " (" +
                              (*row ? check->Text(0) : "no answer") + ")";
  return absl::DataLossError(AbslView(message));
}

}  // namespace unspin::server
