// The tables of the desk, version by version.
#pragma once

#include <cstdint>
#include <span>

namespace unspin::server {

// PRAGMA application_id: "unsp" in ASCII.
inline constexpr int32_t kDeskApplication = 0x756e7370;

// Scripts for Migrate. A script that was released is never changed; a new one is added behind it.
std::span<const char* const> DeskSchema();

}  // namespace unspin::server
