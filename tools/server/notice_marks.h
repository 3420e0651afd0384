// What the draft of a notice leaves for a person: fields to be filled in, and statements to be confirmed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin::server {

// Each as it stands in the draft, without its brackets, in the order of the draft. `draft`: by evidence::DraftNotice,
// in one of its languages.
std::vector<std::string> MarksIn(std::string_view draft);

}  // namespace unspin::server
