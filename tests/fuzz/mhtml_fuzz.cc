// Any bytes as a message of MIME: its parts lie inside of it, in order, and a saved page becomes an article or a bad
// record.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "fuzz/require.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/inputs/mail_header.h"
#include "unspin/inputs/mime_parts.h"

using unspin::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Require(!(unspin::IsMail(bytes) && unspin::IsSavedPage(bytes)), "a saved page is no mail");
  const unspin::MimePart message = unspin::ReadMimePart(bytes);
  const char* end = bytes.data();
  for (const unspin::MimePart& part : unspin::MimeParts(message)) {
    Require(part.body.data() >= end && part.body.data() + part.body.size() <= bytes.data() + size,
            "parts follow each other inside of the message");
    end = part.body.data() + part.body.size();
    const auto decoded = unspin::DecodeMimeBody(part);
    Require(!decoded || decoded->size() <= part.body.size(), "decoding makes nothing longer");
  }
  unspin::ReaderOptions options;
  options.format = unspin::InputFormatNamed("mhtml");
  const unspin::Record record = unspin::ArticleFromBytes(std::string(bytes), "input", options);
  if (const auto* bad = std::get_if<unspin::BadRecord>(&record)) {
    Require(!bad->message.empty(), "a bad record says what is wrong");
  } else {
    Require(!std::get<unspin::Article>(record).text.empty(), "an article has a text");
  }
  return 0;
}
