#include "unspin/store/article_codec.h"

#include <array>
#include <limits>

#include "unspin/base/varint.h"

namespace unspin {
namespace {

// In the order in which they are stored, after the id and the SHA-256.
constexpr std::array kTextFields = {&Article::title,   &Article::url,  &Article::site, &Article::published,
                                    &Article::fetched, &Article::path, &Article::text};
constexpr std::array kStepFields = {&OffsetStep::text, &OffsetStep::record, &OffsetStep::codepoint, &OffsetStep::utf16};

// What an article has beside the fields that all have.
constexpr uint64_t kHasRecord = 1, kHasNotices = 2;

void AppendText(std::string& out, std::string_view text) {
  AppendVarint(out, text.size());
  out.append(text);
}

// Each step as its difference from the one before, which is small because steps run forward in most articles.
void AppendSteps(std::string& out, const std::vector<OffsetStep>& steps) {
  AppendVarint(out, steps.size());
  OffsetStep previous;
  for (const OffsetStep& step : steps) {
    for (const auto field : kStepFields) AppendVarint(out, ZigZag(int64_t{step.*field} - previous.*field));
    previous = step;
  }
}

// Reads what the functions above appended. After the first thing out of bounds ok() is false, and all reads yield
// nothing.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : position_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }

  uint64_t Number() {
    uint64_t number = 0;
    const char* next = ok_ ? ReadVarint(position_, end_, number) : nullptr;
    if (next == nullptr) {
      ok_ = false;
      return 0;
    }
    position_ = next;
    return number;
  }

  uint32_t Number32() {
    const uint64_t number = Number();
    if (number > std::numeric_limits<uint32_t>::max()) ok_ = false;
    return static_cast<uint32_t>(number);
  }

  std::string_view Text() {
    const uint64_t size = Number();
    if (!ok_ || size > BytesLeft()) {
      ok_ = false;
      return {};
    }
    const std::string_view text(position_, size);
    position_ += size;
    return text;
  }

  void ReadTexts(std::vector<std::string>& texts) {
    const uint64_t count = Number();
    for (uint64_t i = 0; i < count && ok_; ++i) texts.emplace_back(Text());
  }

  void ReadSteps(std::vector<OffsetStep>& steps) {
    const uint64_t count = Number();
    // Each step takes a byte for each field or more: a false count must not ask for memory.
    if (!ok_ || count > BytesLeft() / kStepFields.size()) {
      ok_ = ok_ && count == 0;
      return;
    }
    steps.reserve(count);
    OffsetStep step;
    for (uint64_t i = 0; i < count && ok_; ++i) {
      for (const auto field : kStepFields)
        step.*field = static_cast<uint32_t>(uint64_t{step.*field} + static_cast<uint64_t>(UnZigZag(Number())));
      steps.push_back(step);
    }
  }

 private:
  uint64_t BytesLeft() const { return static_cast<uint64_t>(end_ - position_); }

  const char* position_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace

void EncodeArticle(const Article& article, uint32_t version, std::string_view sha256, std::string& out) {
  AppendVarint(out, version);
  AppendVarint(out, (article.record.has_value() ? kHasRecord : 0) | (article.notices.empty() ? 0 : kHasNotices));
  AppendVarint(out, article.record.value_or(0));
  AppendText(out, article.id);
  AppendText(out, sha256);
  for (const auto field : kTextFields) AppendText(out, article.*field);
  AppendSteps(out, article.steps);
  if (article.notices.empty()) return;
  AppendVarint(out, article.notices.size());
  for (const std::string& notice : article.notices) AppendText(out, notice);
}

std::optional<StoredArticle> DecodeArticle(std::string_view bytes) {
  Decoder decoder(bytes);
  StoredArticle stored;
  Article& article = stored.article;
  stored.version = decoder.Number32();
  const uint64_t parts = decoder.Number();
  const uint64_t record = decoder.Number();
  if ((parts & kHasRecord) != 0) article.record = record;
  article.id = decoder.Text();
  stored.sha256 = decoder.Text();
  for (const auto field : kTextFields) article.*field = decoder.Text();
  decoder.ReadSteps(article.steps);
  if ((parts & kHasNotices) != 0) decoder.ReadTexts(article.notices);
  if (!decoder.ok()) return std::nullopt;
  return stored;
}

}  // namespace unspin
