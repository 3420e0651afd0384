// The parts of a zip archive that its writer and its reader share (APPNOTE.TXT of PKWARE, 4.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace unspin::evidence {

// What begins the header before a file's content, its entry in the table of contents, and the end of that table.
inline constexpr std::string_view kZipLocalMark{"PK\x03\x04", 4};
inline constexpr std::string_view kZipDirectoryMark{"PK\x01\x02", 4};
inline constexpr std::string_view kZipEndMark{"PK\x05\x06", 4};

// Bytes of each without names, extra fields and comments.
inline constexpr size_t kZipLocalBytes = 30;
inline constexpr size_t kZipDirectoryBytes = 46;
inline constexpr size_t kZipEndBytes = 22;

// Compression methods.
inline constexpr uint16_t kZipStored = 0;
inline constexpr uint16_t kZipDeflated = 8;

}  // namespace unspin::evidence
