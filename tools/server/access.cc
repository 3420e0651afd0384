#include "server/access.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <mutex>

#include "server/ascii_text.h"
#include "server/http_message.h"
#include "server/sessions.h"

namespace unspin::server {
namespace {

constexpr size_t kHashBytes = 32;
constexpr std::string_view kBearer = "bearer ";
// Longer names of persons are refused: they stand in every line of the log.
constexpr size_t kMaxPerson = 200;
constexpr size_t kMaxTokenFile = 16u << 20;  // some 150,000 tokens

struct ScopeWord {
  const char* word;
  Scope scope;
};
constexpr std::array<ScopeWord, 4> kScopeWords = {
    {{"read", kRead}, {"check", kCheck}, {"write", kWrite}, {"admin", kAdmin}}};

bool IsChanging(std::string_view method) { return method != "GET" && method != "HEAD" && method != "OPTIONS"; }

// desk.example:8080 → desk.example; [::1]:80 → [::1].
std::string_view WithoutPort(std::string_view host) {
  const size_t colon = host.rfind(':');
  if (colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos) return host;
  if (host.find(':') != colon && !host.starts_with('[')) return host;  // an IPv6 address without brackets
  return host.substr(0, colon);
}

// The port that a scheme means anyway is left out, in lower case: two spellings of one origin become equal.
std::string NormalAuthority(std::string_view authority, std::string_view default_port) {
  if (authority.ends_with(default_port)) authority.remove_suffix(default_port.size());
  return Lower(authority);
}

// Whether `origin` (https://desk.example) is that of the server that the request names.
bool IsOwnOrigin(std::string_view origin, std::string_view host) {
  constexpr std::string_view kHttp = "http://";
  constexpr std::string_view kHttps = "https://";
  if (origin.starts_with(kHttp)) {
    return NormalAuthority(origin.substr(kHttp.size()), ":80") == NormalAuthority(host, ":80");
  }
  return origin.starts_with(kHttps) &&
         NormalAuthority(origin.substr(kHttps.size()), ":443") == NormalAuthority(host, ":443");
}

// REQUIRES: an even number of hexadecimal digits.
std::string FromHex(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(HexValue(hex[i]) * 16 + HexValue(hex[i + 1]));
  }
  return bytes;
}

bool IsPersonName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxPerson &&
         std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
}

absl::Status TokenError(const std::string& path, const std::string& problem) {
  return absl::InvalidArgumentError(path + ": " + problem);
}

// Fails where others than owner and group may read the file.
absl::StatusOr<std::string> ReadTokenFile(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return absl::NotFoundError(path + ": cannot be opened: " + strerror(errno));
  struct stat facts;
  std::string text;
  absl::Status status;
  if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    status = TokenError(path, "is no file");
  } else if ((facts.st_mode & S_IRWXO) != 0) {
    status = TokenError(path, "can be used by everybody on this machine; type: chmod o= FILE");
  } else if (facts.st_size > static_cast<off_t>(kMaxTokenFile)) {
    status = TokenError(path, "is too large for a list of tokens");
  }
  char buffer[1 << 16];
  while (status.ok()) {
    const ssize_t got = read(file, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) status = absl::DataLossError(path + ": cannot be read: " + strerror(errno));
    if (got <= 0) break;
    text.append(buffer, static_cast<size_t>(got));
    if (text.size() > kMaxTokenFile) status = TokenError(path, "is too large for a list of tokens");
  }
  close(file);
  if (!status.ok()) return status;
  return text;
}

Response Unauthorized(std::string_view code, std::string_view message) {
  Response response = Problem(401, code, message);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

std::optional<uint32_t> ParseScopes(std::string_view words) {
  uint32_t scopes = 0;
  for (const std::string_view word : Split(words, ',')) {
    const auto found = std::find_if(kScopeWords.begin(), kScopeWords.end(),
                                    [&](const ScopeWord& known) { return known.word == word; });
    if (found == kScopeWords.end()) return std::nullopt;
    scopes |= found->scope;
  }
  return scopes;
}

std::string ScopeWords(uint32_t scopes) {
  std::string words;
  for (const ScopeWord& known : kScopeWords) {
    if (scopes & known.scope) words.append(words.empty() ? "" : ",").append(known.word);
  }
  return words;
}

std::string Sha256(std::string_view text) {
  std::string hash(kHashBytes, '\0');
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(hash.data()), &size, EVP_sha256(), nullptr);
  return hash;
}

std::string RandomHex(size_t bytes) {
  std::string random(bytes, '\0');
  // It fails only where the system has no source of random numbers, and then nothing here is safe.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(random.data()), static_cast<int>(bytes)) != 1) abort();
  return ToHex(random);
}

absl::StatusOr<std::vector<Token>> ParseTokens(std::string_view text) {
  std::vector<Token> tokens;
  size_t number = 0;
  for (std::string_view line : Split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = Trim(line);
    if (line.empty() || line.front() == '#') continue;
    const auto bad = [&](const std::string& problem) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, " ", problem, "; a line is: SHA256HEX  read,check,write,admin  Person's Name"));
    };
    const size_t first = line.find_first_of(" \t");
    const std::string_view hex = line.substr(0, first);
    if (hex.size() != 2 * kHashBytes || !std::all_of(hex.begin(), hex.end(), [](char c) { return HexValue(c) >= 0; })) {
      return bad("does not begin with a SHA-256 of 64 digits");
    }
    const std::string_view rest = Trim(line.substr(hex.size()));
    const size_t second = std::min(rest.find_first_of(" \t"), rest.size());
    const std::optional<uint32_t> scopes = ParseScopes(rest.substr(0, second));
    if (!scopes) return bad("has a scope that is none");
    const std::string_view person = Trim(rest.substr(second));
    if (!IsPersonName(person)) return bad("names no person");
    tokens.push_back({.hash = FromHex(hex), .scopes = *scopes, .person = std::string(person)});
  }
  return tokens;
}

std::pair<std::string, std::string> NewToken(std::string_view person, uint32_t scopes) {
  std::string token = "unspin_" + RandomHex(kHashBytes);
  std::string line = ToHex(Sha256(token)) + "  " + ScopeWords(scopes) + "  " + std::string(person);
  return {std::move(token), std::move(line)};
}

struct Access::State {
  AccessOptions options;
  Sessions& sessions;
  mutable std::mutex mutex;
  std::vector<Token> tokens;
};

Access::Access(std::unique_ptr<State> state) : state_(std::move(state)) {}
Access::~Access() = default;

absl::StatusOr<std::unique_ptr<Access>> Access::Create(const AccessOptions& options, Sessions& sessions) {
  std::unique_ptr<Access> access(new Access(
      std::unique_ptr<State>(new State{.options = options, .sessions = sessions, .mutex = {}, .tokens = {}})));
  for (std::string& host : access->state_->options.hosts) host = Lower(host);
  if (absl::Status status = access->Reload(); !status.ok()) return status;
  return access;
}

absl::Status Access::Reload() {
  if (local()) return absl::OkStatus();
  const absl::StatusOr<std::string> text = ReadTokenFile(state_->options.token_file);
  if (!text.ok()) return text.status();
  absl::StatusOr<std::vector<Token>> tokens = ParseTokens(*text);
  if (!tokens.ok()) return TokenError(state_->options.token_file, std::string(tokens.status().message()));
  const auto keep = [&](const std::string& hash) {
    return std::any_of(tokens->begin(), tokens->end(), [&](const Token& token) { return token.hash == hash; });
  };
  state_->sessions.CloseUnless(keep);
  const std::lock_guard lock(state_->mutex);
  state_->tokens = std::move(*tokens);
  return absl::OkStatus();
}

bool Access::local() const { return state_->options.token_file.empty(); }

std::optional<Response> Access::CheckOrigin(const Request& request) const {
  const std::string host = request.Header("host");
  const std::string name = Lower(WithoutPort(host));
  const std::vector<std::string>& hosts = state_->options.hosts;
  if (name != "localhost" && name != "127.0.0.1" && name != "[::1]" &&
      std::find(hosts.begin(), hosts.end(), name) == hosts.end()) {
    return Problem(421, "wrong_host",
                   "This server does not go by the name that the request has in `Host`; --host adds a name.");
  }
  if (!IsChanging(request.method)) return std::nullopt;
  const std::string site = request.Header("sec-fetch-site");
  const std::string origin = request.Header("origin");
  if ((!site.empty() && site != "same-origin" && site != "none") || (!origin.empty() && !IsOwnOrigin(origin, host))) {
    return Problem(403, "foreign_origin", "A page of another site may not change anything here.");
  }
  return std::nullopt;
}

std::optional<Identity> Access::IdentityOf(std::string_view token) const { return IdentityOfHash(Sha256(token)); }

std::optional<Identity> Access::IdentityOfHash(const std::string& hash) const {
  assert(hash.size() == kHashBytes);
  std::optional<Identity> found;
  const std::lock_guard lock(state_->mutex);
  // All are compared, each in the same time: how long it takes says nothing about a hash.
  for (const Token& known : state_->tokens) {
    if (CRYPTO_memcmp(known.hash.data(), hash.data(), kHashBytes) == 0) {
      found = Identity{.person = known.person, .scopes = known.scopes, .key = "token " + ToHex(hash)};
    }
  }
  return found;
}

std::optional<Response> Access::Identify(const Request& request, Identity& who) const {
  who = {};
  who.local = local();
  who.key = "address " + request.remote_address;
  const std::string header = request.Header("authorization");
  if (!who.local && !header.empty()) {
    const std::string_view authorization = header;
    std::optional<Identity> found;
    if (Lower(authorization.substr(0, kBearer.size())) == kBearer) {
      found = IdentityOf(Trim(authorization.substr(kBearer.size())));
    }
    if (!found) return Unauthorized("unknown_token", "The token in `Authorization` is not one of this server's.");
    who = std::move(*found);
    return std::nullopt;
  }
  if (const std::optional<std::string> cookie = request.Cookie(Sessions::kCookie)) {
    std::string token_hash;
    std::optional<Identity> found = state_->sessions.Find(*cookie, &token_hash);
    // What the token file says now counts, not what it said when the session was opened.
    if (found && !who.local) found = IdentityOfHash(token_hash);
    if (found) {
      who.person = std::move(found->person);
      who.scopes = found->scopes;
      who.by_cookie = true;
      if (!who.local) who.key = std::move(found->key);
    }
  }
  if (!who.local) return std::nullopt;
  who.scopes = kAllScopes;
  if (const std::string person = request.Header("unspin-person"); IsPersonName(person)) who.person = person;
  if (who.person.empty()) who.person = "local";
  return std::nullopt;
}

std::optional<Response> Access::Authorize(const Request& request, const Identity& who, Scope scope) const {
  if (!who.Has(scope)) {
    if (who.scopes == 0) {
      return Unauthorized("no_token",
                          "This needs a token, in `Authorization: Bearer TOKEN`, or a session of the page.");
    }
    return Problem(403, "no_scope",
                   "This needs the scope " + ScopeWords(scope) + "; the token has " + ScopeWords(who.scopes) + ".");
  }
  // A foreign page can make a browser send a form with the cookie, but not with this header.
  if (who.by_cookie && IsChanging(request.method) && request.Header("unspin-request") != "page") {
    return Problem(403, "no_page_header", "A change by cookie needs the header `Unspin-Request: page`.");
  }
  return std::nullopt;
}

}  // namespace unspin::server
