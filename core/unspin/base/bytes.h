// Little-endian numbers appended to a string, and read back with every bound checked.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

template <typename Number>
void AppendNumber(std::string& out, Number value) {
  static_assert(std::endian::native == std::endian::little, "big-endian machines need a byte swap here");
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline void AppendBytes(std::string& out, std::string_view bytes) {
  AppendNumber<uint32_t>(out, static_cast<uint32_t>(bytes.size()));
  out.append(bytes);
}

// Reads what AppendNumber and AppendBytes wrote. Past the end every read yields nothing.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename Number>
  std::optional<Number> Read() {
    if (rest_.size() < sizeof(Number)) return std::nullopt;
    Number value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::optional<std::string_view> Bytes() {
    const auto size = Read<uint32_t>();
    if (!size || rest_.size() < *size) return std::nullopt;
    const std::string_view bytes = rest_.substr(0, *size);
    rest_.remove_prefix(*size);
    return bytes;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace unspin
