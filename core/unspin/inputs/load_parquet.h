// Opens Parquet files with the module that links Arrow. The module is a file of its own, loaded when the first Parquet
// file is opened: Arrow's libraries are 60 megabytes, would delay every start of the program, and need not be there.
#pragma once

#include <memory>
#include <string>

#include "unspin/inputs/parquet_table.h"
#include "unspin/io/random_access.h"

namespace unspin {

// Why no Parquet file can be read, and what to do; empty: they can. Loads the module. Safe to call from any thread.
const std::string& WhyNoParquet();

// Null: the file cannot be read, and `problem` says why. REQUIRES: WhyNoParquet() is empty.
std::unique_ptr<ParquetTable> OpenParquetTable(std::shared_ptr<const RandomAccess> bytes, std::string& problem);

}  // namespace unspin
