// An opened input → its records: finds out the format and opens it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/walk_filter.h"
#include "unspin/io/byte_stream.h"
#include "unspin/records/record_source.h"

namespace unspin {

// `path` is what messages call the input; `reopenable_path` as in InputFile. Problems become bad records. A file of a
// folder that is no article (ForeignKindOfContent) is counted in `left_aside`, and null is returned; a null
// `left_aside` means an input that was named, which is never left aside. `options` need not outlive the call.
std::unique_ptr<RecordSource> OpenRecordSource(std::unique_ptr<ByteStream> stream, std::string path,
                                               std::optional<std::string> reopenable_path, const ReaderOptions& options,
                                               LeftAside* left_aside = nullptr);

// Whether a file that was found in a folder will be read, or left aside for its content.
bool WillBeRead(const std::string& path);

}  // namespace unspin
