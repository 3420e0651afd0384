// Adds the articles of an archive to a Deduplicator, so that a new corpus is deduplicated against what is there.
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "unspin/dedup/deduplicator.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"

namespace unspin {

// Call it after the last Deduplicator::Add, and before Cluster. Adds every version of every article that may be similar
// to one of the corpus, in the order of the archive. Texts are read and shingled anew; with Jaccard and shingles of
// five words only those of articles whose sketch, as the archive keeps it, shares a key with the corpus, which finds
// the same. Runs on dedup.options().threads threads. `progress` receives the number of articles done, one call at a
// time. Fails where the archive is damaged.
absl::Status AddArchive(const Engine& engine, const Archive& archive, const std::function<void(uint64_t)>& progress,
                        Deduplicator& dedup);

}  // namespace unspin
