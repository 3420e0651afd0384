#include "unspin/inputs/mail_header.h"

#include <algorithm>
#include <string>

#include "unspin/article/ascii.h"
#include "unspin/inputs/mime_parts.h"
#include "unspin/records/file_name.h"
#include "unspin/records/header_fields.h"

namespace unspin {
namespace {

// The line that parts the mails of a file of mails: "From ann@paper.example Sat Jan  3 01:05:34 1996".
bool BeginsMailbox(std::string_view content) { return content.starts_with("From ") && !content.starts_with("From : "); }

// Whether a field's name and a colon stand at the beginning: "Content-Type:".
bool BeginsWithField(std::string_view content) {
  constexpr size_t kMaxName = 60;  // bytes
  size_t at = 0;
  while (at < std::min(content.size(), kMaxName) && (IsAsciiAlphanumeric(content[at]) || content[at] == '-')) ++at;
  return at > 0 && at < content.size() && content[at] == ':';
}

// The header that the file begins with; empty fields if it begins with none. One that is longer than the head counts as
// far as it is there.
HeaderFields HeaderOf(std::string_view head) {
  std::string_view content = head.substr(StartOfMessage(head));
  if (BeginsMailbox(content)) content = content.substr(std::min(content.find('\n'), content.size() - 1) + 1);
  if (!BeginsWithField(content)) return HeaderFields("");
  return HeaderFields("\n" + std::string(content.substr(0, EndOfHeader(content))));
}

bool WasSent(const HeaderFields& header) {
  constexpr std::string_view kTraces[] = {"received",   "return-path", "delivered-to", "message-id",
                                          "references", "in-reply-to", "list-id",      "dkim-signature"};
  return std::any_of(std::begin(kTraces), std::end(kTraces),
                     [&](std::string_view name) { return !header.First(name).empty(); });
}

}  // namespace

size_t StartOfMessage(std::string_view bytes) { return bytes.size() - SkipBlank(bytes).size(); }

bool IsSavedPage(std::string_view head) {
  const HeaderFields header = HeaderOf(head);
  if (!header.First("snapshot-content-location").empty()) return true;
  const std::string type = MimeType(header.First("content-type"));
  if (type != "multipart/related" && type != "text/html") return false;
  if (AsciiLower(header.First("from")).find("saved by") != std::string::npos) return true;
  if (header.First("mime-version").empty() || WasSent(header) || !header.First("to").empty()) return false;
  return type == "multipart/related" || !header.First("content-location").empty();
}

bool IsMail(std::string_view head) {
  const std::string_view content = head.substr(StartOfMessage(head));
  const HeaderFields header = HeaderOf(head);
  const auto has = [&](std::string_view name) { return !header.First(name).empty(); };
  if (IsSavedPage(head) || (!has("from") && !has("received"))) return false;
  const bool is_written_by_program = WasSent(header) || has("mime-version");
  return is_written_by_program || (BeginsMailbox(content) && (has("date") || has("subject")));
}

}  // namespace unspin
