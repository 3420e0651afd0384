#include "unspin/records/record.h"

#include <utility>

namespace unspin {
namespace {

std::string WithoutPath(std::string message, const std::string& path) {
  if (message.starts_with(path + ": ")) message.erase(0, path.size() + 2);
  return message;
}

}  // namespace

BadRecord BadFile(std::string path, std::string message) {
  message = WithoutPath(std::move(message), path);
  return {std::move(path), std::move(message)};
}

BadRecord BadRecordOfFile(const std::string& path, uint64_t number, std::string message) {
  return {path + ":" + std::to_string(number), WithoutPath(std::move(message), path)};
}

}  // namespace unspin
