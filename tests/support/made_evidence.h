// The evidence of a comparison of two short articles, as `unspin pack` gathers it.
#pragma once

#include <string>

#include "evidence/evidence.h"
#include "evidence/remake.h"
#include "render/json.h"
#include "unspin/base/sha256.h"

namespace unspin::testing {

inline constexpr char kOriginalStory[] =
    "Night ferry to Halmsund returns\n\nThe night ferry between Orrevik and Halmsund will sail again in May, ten years "
    "after the last crossing, the harbour board of Orrevik announced on Wednesday. A Danish owner has leased a ship "
    "with "
    "room for 640 passengers and 210 cars, and plans four departures a week until the end of September.\n\nThe board "
    "expects the line to bring 55,000 visitors in its first summer.\n";
inline constexpr char kSuspectStory[] =
    "Night ferry to Halmsund returns\n\nThe overnight ferry between Orrevik and Halmsund will sail once more in May, "
    "ten "
    "years after the final crossing, the port board of Orrevik declared on Wednesday. A Danish proprietor has rented a "
    "vessel with space for 640 travellers and 210 automobiles, and intends four departures a week until the close of "
    "September.\n\nThe board anticipates the line to bring 55,000 guests in its opening summer.\n";

inline evidence::Evidence MadeEvidence(const std::string& suspect = kSuspectStory) {
  const Engine engine;
  Workspace workspace(engine);
  evidence::Evidence made;
  made.suspect_file = {suspect, "suspect.txt", true, Sha256Hex(suspect)};
  made.original_file = evidence::ReceivedFile{kOriginalStory, "original.txt", true, Sha256Hex(kOriginalStory)};
  made.basis.originals.push_back(
      {{*evidence::ReadReceived(*made.original_file, made.reader, {}), 1, Sha256Hex(kOriginalStory)}, {}});
  made.reader.hash_files = true;
  made.suspect = *evidence::ReadReceived(made.suspect_file, made.reader, {});
  made.report = *evidence::RemakeReport(made, engine, workspace);
  made.report_json = RenderJson(made.report, made.json);
  return made;
}

}  // namespace unspin::testing
