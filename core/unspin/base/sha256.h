// SHA-256 of bytes: identifies a text for good, and other tools can repeat it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace unspin {

// 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// The same of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Add(std::string_view bytes);
  // Of all bytes so far. Call it once, and Add no more.
  std::string Hex();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

}  // namespace unspin
