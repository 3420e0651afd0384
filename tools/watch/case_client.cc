#include "watch/case_client.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"

#ifdef UNSPIN_CASES
#include <arpa/inet.h>

#include "unspin/io/read_file.h"
#include "watch/lib_curl.h"
#endif

namespace unspin::watch {

namespace {

constexpr size_t kMaxMessage = 300;  // bytes of what a stranger's server says

// The `message` of the service's errors, else the beginning of the answer.
std::string MessageOf(const std::string& body) {
  JsonParser parser;
  simdjson::dom::element answer;
  std::string_view message = body;
  if (!parser.Parse(body).get(answer)) {
    if (const auto error = JsonField(answer, "error")) message = JsonTextField(*error, "message");
  }
  return std::string(message.substr(0, std::min(message.find('\n'), kMaxMessage)));
}

// Whether it is what the service answers about a case. Any server may answer 200.
bool HasCase(const std::string& body) {
  JsonParser parser;
  simdjson::dom::element answer;
  if (parser.Parse(body).get(answer)) return false;
  const auto opened = JsonField(answer, "case");
  const auto id = opened ? JsonField(*opened, "id") : std::nullopt;
  return id && (id->is_uint64() || id->is_int64());
}

}  // namespace

CaseAnswer AnswerOf(long status, const std::string& body, const std::string& url) {
  using Kind = CaseAnswer::Kind;
  const bool is_done = status == 200 || status == 201;
  if (is_done && HasCase(body)) return {Kind::kOpened, "", std::nullopt};
  const std::string number = "the service answers " + std::to_string(status);
  const std::string address = "; is " + url + " the address of `unspin serve` (--cases)?";
  if (is_done) return {Kind::kLater, number + ", but names no case" + address, std::nullopt};
  const std::string message = status < 300 ? "" : MessageOf(body);
  const std::string said = number + (message.empty() ? "" : ": " + message);
  if (status == 401 || status == 403)
    return {Kind::kLater, said + "; give a token with the scope write (--token-file)", std::nullopt};
  if (status == 404 || status == 405 || (status >= 300 && status < 400))
    return {Kind::kLater, said + address, std::nullopt};
  if (status == 408 || status == 429 || status < 400 || status >= 500) return {Kind::kLater, said, std::nullopt};
  return {Kind::kRefused, said, std::nullopt};
}

#ifdef UNSPIN_CASES

namespace {

constexpr long kConnectSeconds = 10;
constexpr long kAnswerSeconds = 100;             // the service itself gives up after its --timeout, 60 by default
constexpr size_t kMaxAnswer = size_t{64} << 20;  // bytes; a case holds its report
constexpr std::chrono::seconds kMaxTryAfter{3600};

class CurlClient final : public CaseClient {
 public:
  CurlClient(const LibCurl& curl, const CaseService& service, const StopFlag& stop)
      : lib_(curl),
        service_(service),
        stop_(stop),
        headers_(nullptr, curl.slist_free_all),
        handle_(curl.easy_init(), curl.easy_cleanup) {}

  absl::Status Start() {
    if (handle_ == nullptr) return absl::InternalError("libcurl cannot be started");
    if (!service_.url.starts_with("http://") && !service_.url.starts_with("https://"))
      return absl::InvalidArgumentError(
          AbslView("--cases " + service_.url + ": write the address of the service, as in http://127.0.0.1:8080"));
    url_ = service_.url;
    while (url_.ends_with('/')) url_.pop_back();
    url_ += "/v1/cases";
    Set(CURLOPT_URL, url_.c_str());
    Set(CURLOPT_PROTOCOLS_STR, "http,https");
    Set(CURLOPT_FOLLOWLOCATION, 0L);  // a redirection would carry the token elsewhere
    Set(CURLOPT_PROXY, "");           // neither does a proxy of the environment get it
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_SSL_VERIFYPEER, 1L);
    Set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!service_.certificates.empty()) Set(CURLOPT_CAINFO, service_.certificates.c_str());
    Set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    Set(CURLOPT_TIMEOUT, kAnswerSeconds);
    Set(CURLOPT_ERRORBUFFER, error_);
    Set(CURLOPT_WRITEFUNCTION, &CurlClient::Receive);
    Set(CURLOPT_WRITEDATA, this);
    Set(CURLOPT_NOPROGRESS, 0L);
    Set(CURLOPT_XFERINFOFUNCTION, &CurlClient::IsStopped);
    Set(CURLOPT_XFERINFODATA, this);
    return ReadToken();
  }

  CaseAnswer Open(const std::string& article) override {
    body_.clear();
    error_[0] = '\0';
    Set(CURLOPT_POSTFIELDS, article.data());
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(article.size()));
    const CURLcode code = lib_.easy_perform(handle_.get());
    Set(CURLOPT_POSTFIELDS, "");
    if (code != CURLE_OK) {
      const std::string why = error_[0] != '\0' ? error_ : lib_.easy_strerror(code);
      return {CaseAnswer::Kind::kLater, service_.url + " cannot be reached: " + why, std::nullopt};
    }
    long status = 0;
    lib_.easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    CaseAnswer answer = AnswerOf(status, body_, service_.url);
    curl_off_t after = 0;
    if (answer.kind == CaseAnswer::Kind::kLater &&
        lib_.easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &after) == CURLE_OK && after > 0)
      answer.try_after = std::min(std::chrono::seconds(after), kMaxTryAfter);
    if (status == 401 || status == 403) ReadToken().IgnoreError();  // somebody may replace it
    return answer;
  }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) {
    lib_.easy_setopt(handle_.get(), option, value);
  }

  absl::Status ReadToken() {
    std::string token;
    if (!service_.token_file.empty()) {
      auto file = ReadFile(service_.token_file);
      if (!file.ok()) return file.status();
      token = file->substr(0, file->find_first_of("\r\n"));
      if (token.empty())
        return absl::InvalidArgumentError(
            AbslView(service_.token_file +
                     ": its first line is empty; write the token there, as `unspin serve --new-token` prints it"));
    }
    curl_slist* list = nullptr;
    for (const std::string& header : {std::string("Content-Type: application/json"), std::string("Expect:"),
                                      std::string("Unspin-Person: unspin watch"),
                                      token.empty() ? std::string() : "Authorization: Bearer " + token}) {
      if (!header.empty()) list = lib_.slist_append(list, header.c_str());
    }
    Set(CURLOPT_HTTPHEADER, list);
    headers_.reset(list);
    return absl::OkStatus();
  }

  static size_t Receive(char* bytes, size_t size, size_t count, void* self) {
    std::string& body = static_cast<CurlClient*>(self)->body_;
    if (body.size() + size * count > kMaxAnswer) return 0;
    body.append(bytes, size * count);
    return size * count;
  }

  static int IsStopped(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<CurlClient*>(self)->stop_.is_raised() ? 1 : 0;
  }

  const LibCurl& lib_;
  const CaseService service_;
  const StopFlag& stop_;
  std::string url_, body_;
  char error_[CURL_ERROR_SIZE] = {};
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers_;
  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_;
};

}  // namespace

// The address is taken apart as libcurl does it when it connects: "http://127.0.0.1@other.example" leads to the other.
bool IsReadableOnTheWay(const std::string& url) {
  const auto curl = LoadLibCurl();
  if (!curl.ok()) return true;
  const LibCurl& lib = **curl;
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(lib.url(), lib.url_cleanup);
  const auto part = [&](CURLUPart name) {
    char* text = nullptr;
    if (lib.url_get(parts.get(), name, &text, 0) != CURLUE_OK) return std::string();
    const std::unique_ptr<char, decltype(&curl_free)> owned(text, lib.free);
    return AsciiLower(text);
  };
  if (parts == nullptr || lib.url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return true;
  if (part(CURLUPART_SCHEME) == "https") return false;
  const std::string host = part(CURLUPART_HOST);
  in_addr address;
  constexpr uint32_t kLoopback = 127;  // 127.0.0.0/8
  if (::inet_pton(AF_INET, host.c_str(), &address) == 1) return ntohl(address.s_addr) >> 24 != kLoopback;
  return host != "localhost" && host != "[::1]";
}

absl::StatusOr<std::unique_ptr<CaseClient>> CaseClient::Make(const CaseService& service, const StopFlag& stop) {
  const auto curl = LoadLibCurl();
  if (!curl.ok()) return curl.status();
  auto client = std::make_unique<CurlClient>(**curl, service, stop);
  if (absl::Status status = client->Start(); !status.ok()) return status;
  return client;
}

#else

bool IsReadableOnTheWay(const std::string&) { return true; }

absl::StatusOr<std::unique_ptr<CaseClient>> CaseClient::Make(const CaseService&, const StopFlag&) {
  return absl::UnimplementedError(
      "watch: --cases was not built in; build the program where libcurl is installed (Debian, Ubuntu: apt-get install "
      "libcurl4-openssl-dev), or use the package of your system");
}

#endif

}  // namespace unspin::watch
