#include "server/http_server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <new>
#include <thread>
#include <unordered_set>
#include <utility>
#include <vector>

#include "server/acceptor.h"
#include "server/ascii_text.h"
#include "server/bounded_queue.h"
#include "server/exchange.h"
#include "server/framing.h"
#include "server/rate_limit.h"
#include "server/raw_response.h"

namespace unspin::server {
namespace {

// A refused request's body up to this size is read, so that the connection stays usable; a larger one ends it.
constexpr uint64_t kDiscardBytes = 1u << 20;
// What a client may still send after a refusal, and for how long, until it is cut off (ms).
constexpr uint64_t kLingerBytes = 64u << 20;
constexpr int64_t kLingerTime = 2000;
constexpr size_t kMaxTarget = 8u << 10;  // bytes of path and query; longer: 414
// The connection's memory beside the header: its parsed form, the answer's header, a part of the body.
constexpr size_t kWorkingMemory = 32u << 10;
// How exactly deadlines are kept.
constexpr std::chrono::milliseconds kTick{200};
// Connections that libmicrohttpd closes a moment after Acceptor::Closed.
constexpr unsigned kSpareConnections = 64;
// A body's memory is reserved up to this; beyond it grows as bytes come.
constexpr uint64_t kReserve = 1u << 20;
// Of a request that anybody may send, also without a token: it would fill the memory otherwise.
constexpr uint64_t kMaxPublicBody = 64u << 10;
constexpr const char* kRetryNow = "1";  // seconds

Response Busy(std::string_view code, std::string_view message) {
  Response response = Problem(503, code, message);
  response.headers.emplace_back("Retry-After", kRetryNow);
  return response;
}

Response LargeBody(uint64_t limit) {
  const char* const advice = limit > kMaxPublicBody ? "; --max-body sets the limit." : ".";
  return Problem(413, "large_body", "The body has more than " + std::to_string(limit) + " bytes" + advice);
}

Response NoMemory() { return Problem(500, "internal", "The server has not enough memory for this request."); }

std::string AddressText(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address && address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
  } else if (address && address->sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
  }
  return text;
}

// Whether the client has closed its side and all that it sent is read.
bool HasClosed(int socket) {
  char byte;
  const ssize_t got = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

// Version 0.9.75 and those before it do not tell a NUL or a bare line feed from the end of a line; later ones refuse
// them.
bool ParserIsLax() {
  int major = 0, minor = 0, patch = 0;
  return sscanf(MHD_get_version(), "%d.%d.%d", &major, &minor, &patch) == 3 && major == 0 && minor == 9 && patch <= 75;
}

struct HeaderBlock {
  std::vector<RawHeader> raw;
  Headers headers;  // names in lower case
};

HeaderBlock ReadHeaders(MHD_Connection* connection) {
  HeaderBlock block;
  const auto each = [](void* cls, MHD_ValueKind, const char* name, size_t name_size, const char* value,
                       size_t value_size) {
    HeaderBlock& out = *static_cast<HeaderBlock*>(cls);
    const RawHeader raw = {.name = {name, name_size}, .value = {value ? value : "", value ? value_size : 0}};
    out.raw.push_back(raw);
    out.headers.emplace_back(Lower(raw.name), Trim(raw.value));
    return MHD_YES;
  };
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, each, &block);
  return block;
}

Exchange& Of(void** context) { return **static_cast<std::shared_ptr<Exchange>*>(*context); }

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const ServerOptions& options, Router router, Access& access, Metrics& metrics);
  ~Impl() { Stop(); }

  absl::Status Start();
  void Stop();
  int port() const { return acceptor_.port(); }
  std::string url() const {
    const bool brackets = options_.address.find(':') != std::string::npos;
    return "http://" + (brackets ? "[" + options_.address + "]" : options_.address) + ":" + std::to_string(port()) +
           "/";
  }

 private:
  // Called by libmicrohttpd, in the thread that reads and sends.
  static void* OnTarget(void* server, const char* target, MHD_Connection* connection);
  static MHD_Result OnRequest(void* server, MHD_Connection* connection, const char* target, const char* method,
                              const char* version, const char* data, size_t* size, void** context);
  static void OnEnd(void* server, MHD_Connection* connection, void** context, MHD_RequestTerminationCode code);
  static void OnLink(void* server, MHD_Connection* connection, void** link, MHD_ConnectionNotificationCode code);
  static size_t OnUnescape(void*, MHD_Connection*, char* text) { return strlen(text); }

  MHD_Result Header(Exchange& exchange, const char* target, const char* method, const char* version);
  MHD_Result Body(Exchange& exchange, const char* data, size_t size);
  MHD_Result Complete(Exchange& exchange);
  MHD_Result Linger(Exchange& exchange, Response response);
  std::optional<Response> CheckSize(const Exchange& exchange, const Framing& framing, size_t header_size) const;
  std::optional<Response> CheckRequest(Exchange& exchange);
  void FillIn(Exchange& exchange, const char* method, Headers headers);
  void Submit(Exchange& exchange);
  void CountEnd(const Exchange& exchange, std::string ended);

  void RunWorker();
  void RunWatch();
  void Watch();
  void CutOff(Link& link);
  void AddGauges();
  void CloseIncomplete();
  void AbortAll();
  std::vector<std::shared_ptr<Exchange>> Exchanges();

  int64_t BodyBudget(uint64_t received) const {
    return options_.read_timeout.count() + static_cast<int64_t>(received * 1000 / options_.min_rate);
  }
  std::chrono::milliseconds AnswerTime(const Exchange& exchange) const {
    const bool slow = exchange.route && exchange.route->slow;
    return slow ? std::max<std::chrono::milliseconds>(options_.timeout, kSlowRouteTime) : options_.timeout;
  }
  Counter& Refused(const char* why) {
    return metrics_.GetCounter("unspin_refused_total", "Requests that were not handled, by reason", {{"reason", why}});
  }

  const ServerOptions options_;
  const Router router_;
  Access& access_;
  Metrics& metrics_;
  const bool lax_parser_ = ParserIsLax();
  RateLimit rate_;
  BoundedQueue<std::shared_ptr<Exchange>> queue_;
  Acceptor acceptor_;
  MHD_Daemon* daemon_ = nullptr;
  std::vector<std::thread> workers_;
  std::thread watch_;
  std::atomic<bool> stopping_{false};
  std::atomic<size_t> streams_{0}, busy_{0};
  std::atomic<uint64_t> next_id_{0};
  const std::string too_slow_ =
      RawResponse(Problem(408, "slow_request", "The request came too slowly; the connection is closed."));
  const std::string id_prefix_ = RandomHex(4);

  std::mutex mutex_;  // of the following
  std::condition_variable changed_;
  std::unordered_set<Link*> links_;
  size_t requests_ = 0;
  bool stop_watch_ = false;
  bool stopped_ = false;
};

HttpServer::Impl::Impl(const ServerOptions& options, Router router, Access& access, Metrics& metrics)
    : options_(options),
      router_(std::move(router)),
      access_(access),
      metrics_(metrics),
      rate_(options.rate, options.burst),
      queue_(options.max_queue) {
  assert(options.engine && options.threads > 0 && options.min_rate > 0);
}

absl::Status HttpServer::Impl::Start() {
  const unsigned flags = MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC |
                         MHD_ALLOW_SUSPEND_RESUME;
  daemon_ = MHD_start_daemon(flags, 0, nullptr, nullptr, &OnRequest, this, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                             options_.max_header + kWorkingMemory, MHD_OPTION_CONNECTION_LIMIT,
                             static_cast<unsigned>(options_.max_connections) + kSpareConnections,
                             MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_STRICT_FOR_CLIENT, lax_parser_ ? 0 : 1,
                             MHD_OPTION_NOTIFY_COMPLETED, &OnEnd, this, MHD_OPTION_NOTIFY_CONNECTION, &OnLink, this,
                             MHD_OPTION_URI_LOG_CALLBACK, &OnTarget, this, MHD_OPTION_UNESCAPE_CALLBACK, &OnUnescape,
                             this, MHD_OPTION_END);
  if (!daemon_) return absl::InternalError("The HTTP library cannot start: threads or file descriptors are used up.");
  for (int i = 0; i < options_.threads; ++i) workers_.emplace_back([this] { RunWorker(); });
  watch_ = std::thread([this] { RunWatch(); });
  AddGauges();
  const Response full =
      Busy("too_many_connections", "All connections of this server are in use; try again in a second.");
  return acceptor_.Start(options_.address, options_.port, options_.max_connections, RawResponse(full),
                         [this](int socket, const sockaddr* address, socklen_t size) {
                           if (MHD_add_connection(daemon_, socket, address, size) != MHD_YES)
                             acceptor_.Closed();  // it closed the socket
                         });
}

void HttpServer::Impl::AddGauges() {
  const auto add = [this](const char* name, const char* help, auto read) {
    metrics_.AddGauge(this, name, help, {}, [read] { return static_cast<double>(read()); });
  };
  add("unspin_connections", "Open connections", [this] { return acceptor_.open(); });
  add("unspin_connections_refused", "Connections refused since the start", [this] { return acceptor_.refused(); });
  add("unspin_queue_length", "Requests that wait for a worker", [this] { return queue_.size(); });
  add("unspin_workers_busy", "Workers that handle a request", [this] { return busy_.load(); });
  add("unspin_workers", "Workers", [this] { return options_.threads; });
  add("unspin_streams", "Answers that stay open", [this] { return streams_.load(); });
}

void* HttpServer::Impl::OnTarget(void* cls, const char* target, MHD_Connection* connection) {
  Impl& server = *static_cast<Impl*>(cls);
  const auto exchange = std::make_shared<Exchange>();
  exchange->connection = connection;
  const MHD_ConnectionInfo* const info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  exchange->link = static_cast<Link*>(info->socket_context);
  exchange->target = target ? target : "";
  exchange->begun = MonotonicMilliseconds();
  exchange->link->deadline = exchange->begun + server.options_.read_timeout.count();
  const std::lock_guard lock(server.mutex_);
  ++server.requests_;
  exchange->link->exchange = exchange;
  return new std::shared_ptr<Exchange>(exchange);
}

MHD_Result HttpServer::Impl::OnRequest(void* cls, MHD_Connection*, const char* target, const char* method,
                                       const char* version, const char* data, size_t* size, void** context) {
  Impl& server = *static_cast<Impl*>(cls);
  Exchange& exchange = Of(context);
  if (exchange.phase == Exchange::Phase::kHeader) return server.Header(exchange, target, method, version);
  if (*size > 0) {
    const size_t count = *size;
    *size = 0;
    return server.Body(exchange, data, count);
  }
  return server.Complete(exchange);
}

void HttpServer::Impl::FillIn(Exchange& exchange, const char* method, Headers headers) {
  Request& request = exchange.request;
  request.method = method;
  request.headers = std::move(headers);
  char number[17];
  snprintf(number, sizeof number, "%08llx", static_cast<unsigned long long>(next_id_++));
  request.id = id_prefix_ + number;
  const MHD_ConnectionInfo* const info =
      MHD_get_connection_info(exchange.connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  request.remote_address = AddressText(info ? info->client_addr : nullptr);
  const std::string content_type = request.Header("content-type");
  request.content_type = Lower(Trim(std::string_view(content_type).substr(0, content_type.find(';'))));
  request.accept = request.Header("accept");
  // Proxies may send the whole address; its host then goes before `Host` (RFC 9112, 3.2.2).
  std::string_view target = exchange.target;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    target.remove_prefix(scheme.size());
    const size_t end = std::min(target.find_first_of("/?"), target.size());
    for (auto& [name, value] : request.headers) {
      if (name == "host") value = std::string(target.substr(0, end));
    }
    target.remove_prefix(end);
    std::string rest(target);
    exchange.target = rest.starts_with('/') ? rest : "/" + rest;
    break;
  }
}

MHD_Result HttpServer::Impl::Header(Exchange& exchange, const char* target, const char* method, const char* version) {
  HeaderBlock block = ReadHeaders(exchange.connection);
  const size_t target_size = exchange.target.size();
  const MHD_ConnectionInfo* const info =
      MHD_get_connection_info(exchange.connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  const size_t header_size = info ? info->header_size : 0;
  Framing framing = CheckFraming(method, exchange.target, version, block.headers);
  if (lax_parser_ && !IsContiguous(method, target, target_size, version, block.raw, header_size)) {
    framing.refusal =
        Problem(400, "bad_request", "The header has a NUL, a folded line, or a line end that is not CR LF.");
  }
  FillIn(exchange, method, std::move(block.headers));
  exchange.bytes_in = header_size;
  exchange.close = framing.refusal.has_value();
  exchange.refusal = std::move(framing.refusal);
  if (!exchange.refusal) exchange.refusal = CheckSize(exchange, framing, header_size);
  if (!exchange.refusal) exchange.refusal = CheckRequest(exchange);
  if (!exchange.refusal) {
    const uint64_t limit = options_.max_body;
    exchange.max_body = exchange.route->scope == kPublic ? std::min(limit, kMaxPublicBody) : limit;
    if (framing.content_length > exchange.max_body) exchange.refusal = LargeBody(exchange.max_body);
  }
  exchange.link->deadline = MonotonicMilliseconds() + options_.read_timeout.count();
  if (!exchange.refusal) {
    exchange.phase = Exchange::Phase::kBody;
    exchange.request.body.reserve(std::min(framing.content_length, kReserve));
    return MHD_YES;
  }
  exchange.phase = Exchange::Phase::kDiscard;
  if (exchange.close) return Linger(exchange, std::move(*exchange.refusal));
  if (!framing.HasBody()) return MHD_YES;
  if (framing.chunked || framing.content_length > kDiscardBytes || !exchange.request.Header("expect").empty()) {
    return Linger(exchange, std::move(*exchange.refusal));
  }
  return MHD_YES;
}

std::optional<Response> HttpServer::Impl::CheckSize(const Exchange& exchange, const Framing& framing,
                                                    size_t header_size) const {
  if (exchange.target.size() > kMaxTarget) {
    return Problem(414, "long_address", "The address has more than " + std::to_string(kMaxTarget) + " bytes.");
  }
  if (header_size > options_.max_header) {
    return Problem(431, "large_header", "The header has more than " + std::to_string(options_.max_header) + " bytes.");
  }
  if (framing.content_length > options_.max_body) return LargeBody(options_.max_body);
  return std::nullopt;
}

std::optional<Response> HttpServer::Impl::CheckRequest(Exchange& exchange) {
  Request& request = exchange.request;
  if (stopping_) return Busy("stopping", "The server is being stopped; try again when it is back.");
  if (std::optional<Response> refusal = access_.CheckOrigin(request)) return refusal;
  const std::string_view target = exchange.target;
  const size_t question = std::min(target.find('?'), target.size());
  const std::string_view raw_path = target.substr(0, question);
  request.query_string = target.substr(std::min(question + 1, target.size()));
  request.path = DecodePath(raw_path).value_or("");
  Router::Match match = router_.Find(request.method, raw_path == "*" ? "/" : raw_path);
  const bool unlimited = match.route && match.route->quick;
  std::optional<Response> refusal = access_.Identify(request, request.who);
  if (const int seconds = unlimited ? 0 : rate_.Take(request.who.key); seconds > 0) {
    Refused("rate").Add();
    Response slow =
        Problem(429, "too_many_requests", "These are more requests a second than are allowed; --rate sets it.");
    slow.headers.emplace_back("Retry-After", std::to_string(seconds));
    return slow;
  }
  if (refusal) return refusal;
  if (!match.route) return std::move(match.refusal);
  exchange.route = match.route;
  request.parameters = std::move(match.parameters);
  auto query = ParseQuery(request.query_string);
  if (!query) return Problem(400, "bad_query", "The part of the address behind ? has a broken percent sign or a NUL.");
  request.query = std::move(*query);
  return access_.Authorize(request, request.who, match.route->scope);
}

MHD_Result HttpServer::Impl::Body(Exchange& exchange, const char* data, size_t size) {
  exchange.bytes_in += size;
  switch (exchange.phase) {
    case Exchange::Phase::kBody:
      if (exchange.request.body.size() + size > exchange.max_body) {
        exchange.request.body = {};
        return Linger(exchange, LargeBody(exchange.max_body));
      }
      try {
        exchange.request.body.append(data, size);
      } catch (const std::bad_alloc&) {  // libmicrohttpd is C: what is thrown through it ends the program
        exchange.request.body = {};
        return Linger(exchange, NoMemory());
      }
      // The first tick of the budget began when the header was complete.
      exchange.link->deadline =
          std::max(exchange.link->deadline.load(), exchange.begun + BodyBudget(exchange.request.body.size()));
      return MHD_YES;
    case Exchange::Phase::kLinger:
      return exchange.bytes_in > kLingerBytes ? MHD_NO : MHD_YES;
    default:
      return MHD_YES;
  }
}

// Answers now, past libmicrohttpd, which can do so only when it has read the whole body. Then the client has a while to
// read.
MHD_Result HttpServer::Impl::Linger(Exchange& exchange, Response response) {
  response.headers.emplace_back("Unspin-Request-Id", exchange.request.id);
  FillInRequest(exchange.request.id, response);
  if (exchange.request.method == "HEAD") response.body.clear();
  const std::string text = RawResponse(response);
  exchange.status = response.status;
  exchange.bytes_out = response.body.size();
  exchange.phase = Exchange::Phase::kLinger;
  exchange.link->answered = true;
  const ssize_t sent = send(exchange.link->socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  exchange.link->deadline = MonotonicMilliseconds() + kLingerTime;
  shutdown(exchange.link->socket, SHUT_WR);
  return sent == static_cast<ssize_t>(text.size()) ? MHD_YES : MHD_NO;
}

MHD_Result HttpServer::Impl::Complete(Exchange& exchange) {
  if (exchange.phase == Exchange::Phase::kLinger) return MHD_NO;
  if (exchange.phase != Exchange::Phase::kComplete) {
    const bool refused = exchange.phase == Exchange::Phase::kDiscard;
    exchange.phase = Exchange::Phase::kComplete;
    exchange.link->deadline = Link::kNever;
    exchange.request.deadline = std::chrono::steady_clock::now() + AnswerTime(exchange);
    exchange.complete = MonotonicMilliseconds();
    if (refused) {
      exchange.Answer(std::move(*exchange.refusal));
    } else if (exchange.route->quick) {
      exchange.Answer(exchange.route->quick(exchange.request));
    } else {
      Submit(exchange);
    }
  }
  if (exchange.SuspendUnlessAnswered()) return MHD_YES;
  if (stopping_) exchange.close = true;
  if (exchange.response.stream && ++streams_ > options_.max_streams) {
    --streams_;
    Refused("streams").Add();
    exchange.response = Busy("too_many_streams", "Too many pages listen for events at once; close one of them.");
  }
  exchange.streaming = exchange.response.stream != nullptr;
  return exchange.Send(options_.read_timeout.count(), options_.min_rate) ? MHD_YES : MHD_NO;
}

void HttpServer::Impl::Submit(Exchange& exchange) {
  if (stopping_) {
    exchange.Answer(Busy("stopping", "The server is being stopped; try again when it is back."));
  } else if (!queue_.TryPush(exchange.shared_from_this())) {
    Refused("queue").Add();
    exchange.Answer(Busy("busy", "All workers are busy and the queue is full; try again in a second."));
  }
}

void HttpServer::Impl::RunWorker() {
  Worker worker(*options_.engine);
  while (std::optional<std::shared_ptr<Exchange>> item = queue_.Pop()) {
    Exchange& exchange = **item;
    exchange.waited = MonotonicMilliseconds() - exchange.complete;
    // Nobody waits for the answer any more.
    if (exchange.waited >= options_.timeout.count()) continue;
    ++busy_;
    Response response;
    try {
      response = exchange.route->handler(exchange.request, worker);
    } catch (const std::bad_alloc&) {
      response = NoMemory();
    } catch (const std::exception& error) {
      response = Problem(500, "internal", std::string("The server failed: ") + error.what() + ".");
    }
    exchange.Answer(std::move(response));
    --busy_;
  }
}

void HttpServer::Impl::OnEnd(void* cls, MHD_Connection* connection, void** context, MHD_RequestTerminationCode code) {
  Impl& server = *static_cast<Impl*>(cls);
  auto* const holder = static_cast<std::shared_ptr<Exchange>*>(*context);
  if (!holder) return;
  const std::shared_ptr<Exchange> exchange = std::move(*holder);
  delete holder;
  *context = nullptr;
  std::unique_ptr<BodyStream> stream;
  {
    const std::lock_guard lock(exchange->mutex);
    exchange->gone = true;
    stream = std::move(exchange->response.stream);
  }
  if (exchange->streaming) --server.streams_;
  stream.reset();
  if (exchange->status == 0) {
    // An error that libmicrohttpd answered itself, or none at all.
    const MHD_ConnectionInfo* const info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    if (info) exchange->status = static_cast<int>(info->http_status);
  }
  const bool whole = code == MHD_REQUEST_TERMINATED_COMPLETED_OK || exchange->phase == Exchange::Phase::kLinger;
  server.CountEnd(*exchange, exchange->link->too_slow ? "client too slow" : whole ? "" : "client gone");
  exchange->link->deadline = MonotonicMilliseconds() + server.options_.idle_timeout.count();
  const std::lock_guard lock(server.mutex_);
  exchange->link->exchange.reset();
  --server.requests_;
  server.changed_.notify_all();
}

void HttpServer::Impl::CountEnd(const Exchange& exchange, std::string ended) {
  const std::string route = exchange.route ? exchange.route->name : "none";
  const double seconds = static_cast<double>(MonotonicMilliseconds() - exchange.begun) / 1000;
  metrics_
      .GetCounter("unspin_requests_total", "Requests", {{"route", route}, {"status", std::to_string(exchange.status)}})
      .Add();
  metrics_
      .GetHistogram("unspin_request_seconds", "From a request's first line to the end of its answer",
                    {{"route", route}})
      .Add(seconds);
  metrics_.GetCounter("unspin_received_bytes_total", "Bytes of requests").Add(exchange.bytes_in);
  metrics_.GetCounter("unspin_sent_bytes_total", "Bytes of answers, without headers").Add(exchange.bytes_out);
  if (!options_.log) return;
  const Request& request = exchange.request;
  options_.log->Add({.request = request.id,
                     .method = request.method,
                     .path = request.path,
                     .route = exchange.route ? exchange.route->name : "",
                     .person = request.who.person,
                     .address = request.remote_address,
                     .status = exchange.status,
                     .bytes_in = exchange.bytes_in,
                     .bytes_out = exchange.bytes_out,
                     .seconds = seconds,
                     .waited = static_cast<double>(exchange.waited) / 1000,
                     .ended = std::move(ended)});
}

void HttpServer::Impl::OnLink(void* cls, MHD_Connection* connection, void** context,
                              MHD_ConnectionNotificationCode code) {
  Impl& server = *static_cast<Impl*>(cls);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    auto* const link = new Link;
    link->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    link->deadline = MonotonicMilliseconds() + server.options_.read_timeout.count();
    *context = link;
    const std::lock_guard lock(server.mutex_);
    server.links_.insert(link);
    return;
  }
  auto* const link = static_cast<Link*>(*context);
  {
    const std::lock_guard lock(server.mutex_);
    server.links_.erase(link);
    server.changed_.notify_all();
  }
  delete link;
  server.acceptor_.Closed();
}

void HttpServer::Impl::RunWatch() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kTick, [this] { return stop_watch_; })) {
    lock.unlock();
    Watch();
    lock.lock();
  }
}

// REQUIRES: `mutex_` is locked.
void HttpServer::Impl::CutOff(Link& link) {
  // While a request is read, nothing else writes to the socket.
  const bool reading = link.exchange && link.exchange->complete == 0 && !link.answered;
  if (reading && !link.too_slow) {
    (void)!send(link.socket, too_slow_.data(), too_slow_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    Refused("slow").Add();
  }
  link.too_slow = true;
  shutdown(link.socket, SHUT_RDWR);
}

// Cuts off clients that are too slow, answers for handlers that are, and keeps streams going.
void HttpServer::Impl::Watch() {
  const int64_t now = MonotonicMilliseconds();
  std::vector<std::shared_ptr<Exchange>> late, waiting;
  {
    const std::lock_guard lock(mutex_);
    for (Link* const link : links_) {
      if (now >= link->deadline) {
        CutOff(*link);
      }
      if (!link->exchange || link->exchange->complete == 0) {
        // The library overlooks an end that came together with bytes. Seen twice, it is not about to be handled.
        const bool closed = HasClosed(link->socket);
        if (closed && link->half_closed) shutdown(link->socket, SHUT_RDWR);
        link->half_closed = closed;
        continue;
      }
      link->half_closed = false;
      Exchange& exchange = *link->exchange;
      const int64_t since = exchange.waiting_since;
      if (since > 0) {
        if (HasClosed(link->socket)) exchange.client_gone = true;
        if (now - since >= options_.heart_beat.count()) exchange.beat = true;
        if (exchange.client_gone || exchange.beat) waiting.push_back(link->exchange);
      } else if (exchange.complete > 0 && now - exchange.complete >= AnswerTime(exchange).count()) {
        late.push_back(link->exchange);
      }
    }
  }
  for (const std::shared_ptr<Exchange>& exchange : waiting) exchange->Wake();
  for (const std::shared_ptr<Exchange>& exchange : late) {
    if (exchange->Answer(Busy("timeout", "The answer took longer than this server allows; --timeout sets it."))) {
      Refused("timeout").Add();
    }
  }
}

std::vector<std::shared_ptr<Exchange>> HttpServer::Impl::Exchanges() {
  std::vector<std::shared_ptr<Exchange>> exchanges;
  const std::lock_guard lock(mutex_);
  for (const Link* const link : links_) {
    if (link->exchange) exchanges.push_back(link->exchange);
  }
  return exchanges;
}

void HttpServer::Impl::CloseIncomplete() {
  const std::lock_guard lock(mutex_);
  for (Link* const link : links_) {
    if (!link->exchange || link->exchange->complete == 0) shutdown(link->socket, SHUT_RDWR);
  }
}

void HttpServer::Impl::AbortAll() {
  for (const std::shared_ptr<Exchange>& exchange : Exchanges()) {
    exchange->Answer(Busy("stopping", "The server is being stopped; try again when it is back."));
    exchange->abort = true;
    exchange->Wake();
  }
}

void HttpServer::Impl::Stop() {
  if (stopped_) return;
  stopped_ = true;
  stopping_ = true;
  acceptor_.Stop();
  if (daemon_) {
    const auto end = std::chrono::steady_clock::now() + options_.timeout;
    std::unique_lock lock(mutex_);
    // A request that became complete in between gets its answer; the others are cut off. So are those that come late.
    while (requests_ > 0 && std::chrono::steady_clock::now() < end) {
      lock.unlock();
      CloseIncomplete();
      for (const std::shared_ptr<Exchange>& exchange : Exchanges()) {
        exchange->finish = true;
        exchange->Wake();
      }
      lock.lock();
      changed_.wait_for(lock, kTick, [this] { return requests_ == 0; });
    }
  }
  queue_.Close();
  AbortAll();
  for (std::thread& worker : workers_) worker.join();
  {
    const std::lock_guard lock(mutex_);
    stop_watch_ = true;
    changed_.notify_all();
  }
  if (watch_.joinable()) watch_.join();
  // A request that came meanwhile must not be suspended when the library stops: AbortAll marks those that are there,
  // and Complete answers the others, because `stopping_` is set.
  AbortAll();
  if (daemon_) MHD_stop_daemon(daemon_);
  daemon_ = nullptr;
  metrics_.RemoveGauges(this);
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const ServerOptions& options, Router router,
                                                              Access& access, Metrics& metrics) {
  auto impl = std::make_unique<Impl>(options, std::move(router), access, metrics);
  if (absl::Status status = impl->Start(); !status.ok()) return status;
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

int HttpServer::port() const { return impl_->port(); }
std::string HttpServer::url() const { return impl_->url(); }
void HttpServer::Stop() { impl_->Stop(); }

}  // namespace unspin::server
