#include "unspin/inputs/warc_article.h"

#include <algorithm>
#include <utility>

#include "unspin/article/ascii.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/http_response.h"
#include "unspin/inputs/input_format_table.h"
#include "unspin/inputs/payload_kind.h"
#include "unspin/records/header_fields.h"
#include "unspin/records/left_out_records.h"
#include "unspin/records/page_article.h"
#include "unspin/records/text_article.h"

namespace unspin {
namespace {

// What a record holds, as far as it was looked at.
struct Payload {
  PayloadIs is = PayloadIs::kOther;
  std::string left_out;  // what it is instead of a page, in the plural
  std::string problem;   // why it cannot be read
  std::string bytes;     // decoded
  const Charset* charset = nullptr;
  bool cut_off = false;  // the page goes on behind its end
};

std::string_view KindOfRecord(const WarcHeader& header) {
  const std::string& type = header.type;
  if (type == "request") return "requests";
  if (type == "revisit") return "revisits";
  if (type == "warcinfo") return "descriptions of the file";
  // A WAT file describes pages in JSON, and has no text of them.
  const bool is_wat = type == "metadata" && header.content_type.starts_with("application/json");
  if (is_wat) return "descriptions of pages (WAT)";
  if (type == "metadata") return "metadata records";
  // wget stores its log and its arguments as resources.
  if (header.uri.starts_with("metadata:")) return "metadata records";
  return type == "response" || type == "resource" || type == "conversion" ? "" : "records of other types";
}

void Judge(std::string_view media_type, std::string_view uri, Payload& payload) {
  if (!payload.problem.empty()) return;
  const PayloadKind kind = KindOfPayload(payload.bytes, media_type, uri);
  payload.is = kind.is;
  payload.left_out = kind.name;
}

// Looks at the payload. `is_cut`: `block` is the beginning of the record's block; `max_bytes` bounds what is decoded.
Payload ExamineBlock(const WarcHeader& header, std::string_view block, size_t max_bytes, bool is_cut) {
  Payload payload;
  payload.left_out = KindOfRecord(header);
  if (!payload.left_out.empty()) return payload;
  const bool says_http = AsciiLower(header.content_type).starts_with("application/http");
  std::optional<HttpResponse> response;
  if (header.type == "response") response = ParseHttpResponse(block);
  if (header.type == "response" && says_http && !response) {
    payload.problem = "it does not begin with the status line of an HTTP answer";
    return payload;
  }
  if (response) {
    if (response->status < 200 || response->status > 299) {
      payload.left_out = "answers with status " + std::to_string(response->status);
      return payload;
    }
    HttpBody body = DecodeBody(*response, max_bytes, is_cut);
    payload.bytes = std::move(body.bytes);
    payload.problem = std::move(body.problem);
    payload.cut_off = body.cut_off;
    payload.charset = response->media_type.charset;
    Judge(response->media_type.name, header.uri, payload);
    return payload;
  }
  payload.bytes = block;
  payload.cut_off = is_cut;
  const MediaType type = ParseMediaType(header.content_type);
  payload.charset = type.charset;
  Judge(type.name, header.uri, payload);
  // What a crawler's owner converted to text is text, whatever it looks like.
  if (header.type == "conversion" && type.name == "text/plain" && payload.left_out != "empty answers") {
    payload.is = PayloadIs::kText;
  }
  return payload;
}

}  // namespace

bool MayHoldPage(const WarcHeader& header, std::string_view block) {
  const Payload payload = ExamineBlock(header, block, kHeadForDetection, /*is_cut=*/true);
  return !payload.problem.empty() || payload.is != PayloadIs::kOther;
}

WarcArticleParser::WarcArticleParser(std::string path, const ReaderOptions& options)
    : RecordParser(std::move(path)), options_(options) {}

std::optional<Record> WarcArticleParser::LeaveOut(std::string_view kind) const {
  if (options_.left_out) options_.left_out->Add(kind);
  return std::nullopt;
}

Record WarcArticleParser::BadAt(uint64_t number, const std::string& problem) const {
  return Bad(number, problem + " (the record begins at byte " + std::to_string(offset()) + ")");
}

std::optional<Record> WarcArticleParser::ParseBytes(std::string_view bytes, uint64_t number) {
  const size_t block_begin = std::min(EndOfHeader(bytes), bytes.size());
  const WarcHeader header = ParseWarcHeader(bytes.substr(0, block_begin));
  if (header.type == "continuation") {
    return BadAt(number, "it continues a record of another file, and pages are not joined; write it as one record");
  }
  const std::string_view block = bytes.substr(block_begin);
  const bool was_skipped = block.size() < header.length.value_or(0);
  const uint64_t max_bytes = std::min(options_.max_article_bytes, kMaxWarcPage);
  Payload payload =
      ExamineBlock(header, block, was_skipped ? kHeadForDetection : max_bytes, was_skipped || header.truncated);
  if (!payload.problem.empty()) return BadAt(number, payload.problem + "; leave it out or fetch its page again");
  if (payload.is == PayloadIs::kOther) return LeaveOut(payload.left_out);
  if (was_skipped) return LeaveOut("files of other kinds");  // the splitter looked at fewer bytes, and saw no page
  Article article;
  article.reading.format = kWarcFormat.name;
  if (payload.is == PayloadIs::kPage) {
    if (ReadPage(std::move(payload.bytes), payload.charset, article)) return LeaveOut("pages without text");
  } else if (auto problem = ReadPlainText(std::move(payload.bytes), payload.charset, options_.text_is, article)) {
    return BadAt(number, *problem);
  }
  if (payload.cut_off) article.reading.alerts.push_back({"cut-off", 1});
  article.id = header.uri.empty() ? DefaultId(number) : header.uri;
  article.url = header.uri;
  article.fetched = header.date;
  article.path = path();
  article.record = number;
  return article;
}

}  // namespace unspin
