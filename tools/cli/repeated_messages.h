// Messages about records: the first few of one kind are printed, the others are counted.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace unspin::cli {

// Two messages are of one kind when they differ only in quoted parts and in numbers. Not safe to share between threads.
class RepeatedMessages {
 public:
  static constexpr uint64_t kMaxPrinted = 3;  // of one kind
  // Kinds that are told apart, so that no input fills the memory; messages of others are counted together.
  static constexpr size_t kMaxKinds = 1000;

  // Prints "LOCATION: MESSAGE", or counts it.
  void Add(std::string_view location, std::string_view message);
  // Prints how many more there were of each kind, in the order in which the kinds came, and forgets them.
  void Finish();

 private:
  struct Kind {
    std::string first;  // message
    uint64_t count = 0;
  };
  std::map<std::string, size_t, std::less<>> numbers_;  // in kinds_
  std::vector<Kind> kinds_;
  uint64_t others_ = 0;
};

// The message without what differs within a kind: "the field “” is no string". A number becomes 0.
std::string KindOfMessage(std::string_view message);

}  // namespace unspin::cli
