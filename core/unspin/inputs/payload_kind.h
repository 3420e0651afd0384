// What a server sent: a page, a text, or something that is no article, by its first bytes and only then by its label.
#pragma once

#include <cstdint>
#include <string_view>

namespace unspin {

enum class PayloadIs : uint8_t { kPage, kText, kOther };

struct PayloadKind {
  PayloadIs is = PayloadIs::kOther;
  std::string_view name;  // of others, what they are, in the plural: "pictures". Static
};

// `head` is the decoded payload or its first bytes, kHeadForDetection of them at least; `media_type` the label, in
// lower case and without parameters, or empty; `uri` where it was found.
PayloadKind KindOfPayload(std::string_view head, std::string_view media_type, std::string_view uri);

}  // namespace unspin
