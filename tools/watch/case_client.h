// Opens cases in the rights desk over HTTP: POST /v1/cases of `unspin serve`, by libcurl.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "watch/stop_flag.h"

namespace unspin::watch {

struct CaseService {
  std::string url;           // "http://127.0.0.1:8080"
  std::string token_file;    // its first line is the token; empty: none
  std::string certificates;  // file of the authorities that are trusted, PEM; empty: those of the system
};

// What became of a request.
struct CaseAnswer {
  enum class Kind {
    kOpened,   // now, or before
    kRefused,  // the service will never take this article
    kLater,    // the service is away or busy, or does not let us in
  };
  Kind kind = Kind::kLater;
  std::string text;                               // why, in words; with kLater also what to do
  std::optional<std::chrono::seconds> try_after;  // that the service asked for
};

// Not safe to share between threads.
class CaseClient {
 public:
  // Fails where the program was built without libcurl, where the address is none of HTTP, and where the token file
  // cannot be read. Does not connect. `stop`, which must outlive the client, ends a request that runs.
  static absl::StatusOr<std::unique_ptr<CaseClient>> Make(const CaseService& service, const StopFlag& stop);
  virtual ~CaseClient() = default;

  // `article`: the body, a JSON object. Returns within two minutes. The token file is read again where the service did
  // not accept the token.
  virtual CaseAnswer Open(const std::string& article) = 0;
};

// What an answer says about a case: an HTTP status and a body. `url`: of the service, as it was given.
CaseAnswer AnswerOf(long status, const std::string& body, const std::string& url);

// Whether requests to this address leave the machine unencrypted. Without libcurl: true.
bool IsReadableOnTheWay(const std::string& url);

}  // namespace unspin::watch
