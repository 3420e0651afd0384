// The arguments of a request, checked: its query, the numbers in its path, If-Match, and the JSON object in its body.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "server/http_message.h"
#include "unspin/json/json_parser.h"

namespace unspin::server {

// The first argument that is wrong becomes problem(), the answer to give; what is asked for later is then empty. The
// request must outlive it.
class Arguments {
 public:
  explicit Arguments(const Request& request) : request_(request) {}

  // Of the query. An argument that is not given is `otherwise`.
  uint64_t Number(std::string_view name, uint64_t otherwise, uint64_t min, uint64_t max);
  double Real(std::string_view name, double otherwise, double min, double max);
  bool Flag(std::string_view name);  // "1", "true" or nothing behind it; "0" and "false" are false
  std::string Text(std::string_view name);
  std::string Word(std::string_view name, std::span<const std::string_view> words, std::string_view otherwise);

  // Parameter `index` of the path as a number from 1; what is no such number does not exist (404).
  int64_t Id(size_t index = 0);
  // The revision in If-Match. Without one a change is refused (428), because another person's could be lost.
  int64_t Revision();

  std::optional<Response> TakeProblem() { return std::move(problem_); }
  bool ok() const { return !problem_; }
  // Sets the problem, unless there is one.
  void Refuse(Response problem);
  void Refuse(int status, std::string_view code, std::string message);

 private:
  const Request& request_;
  std::optional<Response> problem_;
};

// The body of a request that must be a JSON object. Fields that nobody asks for are ignored, unless AllowOnly names
// those that there are. Null counts as absent.
class JsonBody {
 public:
  // Problems go to `arguments`, which must outlive it. An empty body is an empty object.
  JsonBody(const Request& request, Arguments& arguments);

  // Refuses a body with any other field, where a mistyped name would change what is meant.
  void AllowOnly(std::span<const std::string_view> names);
  // Refuses a body that lacks the field; null is enough.
  void Require(std::string_view name);
  bool Has(std::string_view name) const { return Find(name).has_value(); }
  std::string Text(std::string_view name);          // empty where it is absent
  std::string RequiredText(std::string_view name);  // neither absent nor blank
  std::string Word(std::string_view name, std::span<const std::string_view> words, std::string_view otherwise);
  std::string RequiredWord(std::string_view name, std::span<const std::string_view> words);
  bool Flag(std::string_view name, bool otherwise);
  uint64_t Number(std::string_view name, uint64_t otherwise, uint64_t min, uint64_t max);
  double Real(std::string_view name, double otherwise, double min, double max);
  // [begin, end) with begin < end; nothing where it is absent.
  std::optional<std::pair<uint64_t, uint64_t>> Span(std::string_view name);
  std::optional<simdjson::dom::element> Find(std::string_view name) const;

 private:
  void Refuse(std::string message);

  Arguments& arguments_;
  JsonParser parser_;
  std::optional<simdjson::dom::element> object_;
};

}  // namespace unspin::server
