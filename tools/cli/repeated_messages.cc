#include "cli/repeated_messages.h"

#include <algorithm>
#include <utility>

#include "cli/messages.h"
#include "render/wording.h"

namespace unspin::cli {
namespace {

// The message without the places in a file that it names: those of the other messages of its kind differ.
std::string WithoutBytes(std::string message) {
  constexpr std::string_view kByte = "byte ";
  for (size_t at = message.find(kByte); at != message.npos; at = message.find(kByte, at + kByte.size())) {
    const size_t number = at + kByte.size();
    const size_t end = std::min(message.find_first_not_of("0123456789", number), message.size());
    if (end > number) message.replace(number, end - number, "…");
  }
  return message;
}

}  // namespace

std::string KindOfMessage(std::string_view message) {
  constexpr std::string_view kQuotes[][2] = {{"\"", "\""}, {"“", "”"}};
  std::string kind;
  for (size_t at = 0; at < message.size();) {
    size_t end = at;  // behind a part that differs
    for (const auto& [open, close] : kQuotes) {
      if (!message.substr(at).starts_with(open)) continue;
      const size_t closing = message.find(close, at + open.size());
      if (closing != std::string_view::npos) end = closing + close.size();
    }
    if (end > at) {
      // A list of names counts as one of them.
      if (!kind.ends_with("“”") && !kind.ends_with("“”, ")) kind += "“”";
    } else if (message[at] >= '0' && message[at] <= '9') {
      end = std::min(message.find_first_not_of("0123456789", at), message.size());
      kind += '0';
    } else {
      kind += message[at];
      end = at + 1;
    }
    at = end;
  }
  while (kind.ends_with("“”, ")) kind.resize(kind.size() - 2);
  return kind;
}

void RepeatedMessages::Add(std::string_view location, std::string_view message) {
  std::string kind = KindOfMessage(message);
  if (kinds_.size() == kMaxKinds && !numbers_.contains(kind)) {
    ++others_;
    return;
  }
  const auto [number, is_new] = numbers_.try_emplace(std::move(kind), kinds_.size());
  if (is_new) kinds_.push_back({std::string(message), 0});
  if (++kinds_[number->second].count <= kMaxPrinted) PrintError(std::string(location) + ": " + std::string(message));
}

void RepeatedMessages::Finish() {
  for (const Kind& kind : kinds_) {
    if (kind.count > kMaxPrinted)
      PrintError("the same in " + Grouped(kind.count - kMaxPrinted) + " more: " + WithoutBytes(kind.first));
  }
  if (others_ > 0) PrintError(Count(others_, "message") + " of other kinds more");
  others_ = 0;
  kinds_.clear();
  numbers_.clear();
}

}  // namespace unspin::cli
