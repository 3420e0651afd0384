// An opened input → its records: finds out the format and opens it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_source.h"
#include "unspin/io/byte_stream.h"

namespace unspin {

// `path` is what messages call the input; `reopenable_path` as in InputFile. Never null: problems become bad records.
// `options` need not outlive the call.
std::unique_ptr<RecordSource> OpenRecordSource(std::unique_ptr<ByteStream> stream, std::string path,
                                               std::optional<std::string> reopenable_path,
                                               const ReaderOptions& options);

}  // namespace unspin
