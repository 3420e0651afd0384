// A report together with everything it was computed from: what an evidence pack holds, and a notice is drafted from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "render/json.h"
#include "unspin/article/article.h"
#include "unspin/engine/check_basis.h"
#include "unspin/engine/engine.h"
#include "unspin/records/reader_options.h"
#include "unspin/report/report.h"

namespace unspin::evidence {

// A file as it was received. Its article is read from it with the options that the report names.
struct ReceivedFile {
  std::string bytes;
  std::string name;  // as reports call it (`source.path`): the article's id where its content names none
  // False: the file holds many articles and is too large to be kept. `bytes` is then the article's record alone, as
  // JSON (record_json.h), and `file_sha256` is that of the file, where it is known.
  bool is_whole = true;
  std::string file_sha256;
};

struct Evidence {
  ReceivedFile suspect_file;
  std::optional<ReceivedFile> original_file;  // only of `compare`: an original of an archive has no file
  Article suspect;                            // as it was checked
  CheckBasis basis;                           // of `compare`: one original, no archive
  ReaderOptions reader;                       // how the files were read
  CheckOptions check;
  JsonOptions json;
  std::string licences;  // the rules that matter for this suspect, as CSV (licence/licence_rules.h); empty: none
  bool licences_in_report = false;  // the report was made with `--licences`
  std::vector<std::string> log;     // lines of the chained log that concern this report, without line feeds
  Report report;                    // with its texts; made from all of the above
  std::string report_json;          // RenderJson(report, json)
};

}  // namespace unspin::evidence
