// Says who asks, and what that person may do.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin::server {

class Sessions;
struct Request;
struct Response;

// Bits. A route asks for one of them; kPublic is no bit, so everybody has it.
enum Scope : uint32_t { kPublic = 0, kRead = 1, kCheck = 2, kWrite = 4, kAdmin = 8, kAllScopes = 15 };

// "read,check" → bits; nothing where a word is no scope. The words of bits, in that order, separated by commas.
std::optional<uint32_t> ParseScopes(std::string_view words);
std::string ScopeWords(uint32_t scopes);

struct Identity {
  std::string person;
  uint32_t scopes = 0;
  bool local = false;      // there is no token file: everybody on this machine is trusted
  bool by_cookie = false;  // a browser sends it unasked, so changing requests need the page's header as well
  std::string key;         // whose requests count together for the rate limit: "token …", "address …"

  bool Has(Scope scope) const { return (scopes & scope) == scope; }
};

struct AccessOptions {
  std::string token_file;          // empty: local
  std::vector<std::string> hosts;  // names that `Host` may have besides those of loopback (--host), without a port
};

// A line of the token file.
struct Token {
  std::string hash;  // SHA-256 of the token, 32 bytes
  uint32_t scopes = 0;
  std::string person;
};

// Lines `SHA256HEX  read,check,write,admin  Person's Name`; empty lines and those that begin with # are skipped.
absl::StatusOr<std::vector<Token>> ParseTokens(std::string_view text);

// A token of 256 random bits and the line for the token file.
std::pair<std::string, std::string> NewToken(std::string_view person, uint32_t scopes);

// The SHA-256 of `text`, 32 bytes.
std::string Sha256(std::string_view text);
// `bytes` random bytes of the system as lower-case hexadecimal digits.
std::string RandomHex(size_t bytes);

// Safe to share between threads.
class Access {
 public:
  // Fails where the token file cannot be read, has a bad line, or can be read by others than its owner and group.
  // `sessions` outlives it.
  static absl::StatusOr<std::unique_ptr<Access>> Create(const AccessOptions& options, Sessions& sessions);
  ~Access();

  // Reads the token file again (SIGHUP). Where that fails, the tokens stay as they were. Sessions of persons whose
  // token has gone end.
  absl::Status Reload();

  bool local() const;

  // A refusal where `Host` names another server (421) or a foreign page sent a changing request (403).
  std::optional<Response> CheckOrigin(const Request& request) const;
  // Who sent the request: by `Authorization: Bearer`, by cookie, or local. A refusal: an unknown token (401).
  // Without any of these, and not local, the identity has no scope.
  std::optional<Response> Identify(const Request& request, Identity& who) const;
  // A refusal where `who` lacks the scope (401, 403), or changes something by cookie without the page's header (403).
  std::optional<Response> Authorize(const Request& request, const Identity& who, Scope scope) const;
  // The identity of a token, for POST /v1/session.
  std::optional<Identity> IdentityOf(std::string_view token) const;

 private:
  struct State;
  std::optional<Identity> IdentityOfHash(const std::string& hash) const;
  explicit Access(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace unspin::server
