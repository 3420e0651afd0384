// The files of an archive's folder: making a new archive, and removing what a writer that died has left.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/engine/manifest.h"

namespace unspin {

// Fails where the path is a file, or a folder that holds other files than those of an archive and no manifest: an
// archive made there would stand among them, or the arguments were swapped.
absl::Status RefuseForeignFolder(const std::string& folder);

// The manifest of the folder; a new one where the folder has no archive yet. Fails where the manifest is damaged, or is
// missing though there are segments.
absl::StatusOr<Manifest> LoadOrCreateManifest(const std::string& folder, uint64_t scheme);

// Removes segments that the manifest does not name, and temporary files of writers. Other files in the folder are never
// touched. Errors are ignored: a leftover takes room and does no other harm. Only the holder of the
// lock may call it.
void RemoveLeftovers(const std::string& folder, const Manifest& manifest);

}  // namespace unspin
