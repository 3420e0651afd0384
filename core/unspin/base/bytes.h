// Little-endian numbers appended to a string, and read back with every bound checked.
#pragma once

#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace unspin {

static_assert(std::endian::native == std::endian::little, "big-endian machines need a byte swap here");

template <typename Number>
void AppendNumber(std::string& out, Number value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// Each number in as many bytes as its type has. ByteReader::ReadNumbers with variables of the same types reads them.
template <typename... Numbers>
void AppendNumbers(std::string& out, Numbers... values) {
  (AppendNumber(out, values), ...);
}

// The bytes of an array of numbers or of structs without padding, in the order of memory.
template <typename Values>
std::string_view AsBytes(const Values& values) {
  static_assert(std::is_trivially_copyable_v<std::remove_cvref_t<decltype(*values.data())>>);
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof *values.data()};
}

// A 32-bit length, then the bytes. REQUIRES: at most 2^32 - 1 bytes.
inline void AppendBytes(std::string& out, std::string_view bytes) {
  assert(bytes.size() <= std::numeric_limits<uint32_t>::max());
  AppendNumber<uint32_t>(out, static_cast<uint32_t>(bytes.size()));
  out.append(bytes);
}

// Reads what the functions above appended, front to back. The bytes must outlive it.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  // Nothing if the bytes end before the number does.
  template <typename Number>
  std::optional<Number> Read() {
    Number value;
    return ReadNumber(value) ? std::optional<Number>(value) : std::nullopt;
  }
  // Fills the numbers in turn. False if the bytes end before the last number does.
  template <typename... Numbers>
  bool ReadNumbers(Numbers&... numbers) {
    return (ReadNumber(numbers) && ...);
  }
  // Nothing if the bytes end before the announced length.
  std::optional<std::string_view> Bytes() {
    const auto size = Read<uint32_t>();
    if (!size || rest_.size() < *size) return std::nullopt;
    const std::string_view bytes = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return bytes;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  template <typename Number>
  bool ReadNumber(Number& number) {
    if (rest_.size() < sizeof number) return false;
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
    return true;
  }

  std::string_view rest_;
};

}  // namespace unspin
