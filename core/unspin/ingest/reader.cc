#include "unspin/ingest/reader.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>
#include <set>
#include <system_error>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/ingest/charset.h"
#include "unspin/ingest/detect_format.h"
#include "unspin/ingest/html.h"
#include "unspin/ingest/json_lines.h"
#include "unspin/ingest/main_text.h"
#include "unspin/ingest/mapped_text.h"
#include "unspin/ingest/page_facts.h"
#include "unspin/ingest/record_block.h"
#include "unspin/ingest/split_records.h"
#include "unspin/io/decompress.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

// Positions in an article are 32-bit numbers.
constexpr uint64_t kMaxArticleBytes = std::numeric_limits<uint32_t>::max() - 1;

// Of texts, and of what else there is of each, in a block of records that are no lines.
constexpr size_t kBlockBytes = size_t{1} << 18;

// A stream with some of its beginning already read.
class RewoundStream final : public ByteStream {
 public:
  RewoundStream(std::string head, std::unique_ptr<ByteStream> rest) : head_(std::move(head)), rest_(std::move(rest)) {}

  absl::StatusOr<size_t> Read(char* into, size_t size) override {
    if (at_ == head_.size()) return rest_->Read(into, size);
    const size_t got = std::min(size, head_.size() - at_);
    std::memcpy(into, head_.data() + at_, got);
    at_ += got;
    return got;
  }
  uint64_t stored_bytes_read() const override { return rest_->stored_bytes_read(); }

 private:
  std::string head_;
  size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

// Appends up to `limit` bytes. Stops early at the end of the stream and where it fails.
absl::Status ReadUpTo(ByteStream& stream, uint64_t limit, std::string& into) {
  constexpr size_t kChunk = 1 << 20;
  const uint64_t wanted = into.size() + limit;
  while (into.size() < wanted) {
    const size_t before = into.size();
    into.resize(before + std::min<uint64_t>(kChunk, wanted - before));
    const auto got = stream.Read(into.data() + before, into.size() - before);
    into.resize(before + (got.ok() ? *got : 0));
    if (!got.ok()) return got.status();
    if (*got == 0) break;
  }
  return absl::OkStatus();
}

// Without the file's name, which a bad record's place says already.
std::string Message(const absl::Status& status, const std::string& path) {
  std::string message(StdView(status.message()));
  if (message.compare(0, path.size() + 2, path + ": ") == 0) message.erase(0, path.size() + 2);
  return message;
}

std::string TooLarge(uint64_t limit) {
  return "the file is larger than " + std::to_string(limit) +
         " bytes, the most that is read as one article; split it up or raise the limit";
}

Record TextArticle(std::string record, std::string path) {
  Article article;
  const bool marked = record.compare(0, 3, "\xef\xbb\xbf") == 0;
  if (IsWhiteSpace(std::string_view(record).substr(marked ? 3 : 0))) {
    return BadRecord{std::move(path), "there is no text in it; leave it out or give it its text"};
  }
  if (marked) {
    MappedText text(record);
    text.Append(std::string_view(record).substr(3), 3);
    text.MoveInto(article);
  } else {
    article.text = std::move(record);
  }
  article.id = path;
  article.path = std::move(path);
  return article;
}

Record HtmlArticle(std::string bytes, std::string path) {
  const std::string record = HtmlToUtf8(std::move(bytes));
  if (record.size() > kMaxArticleBytes) return BadRecord{std::move(path), TooLarge(kMaxArticleBytes)};
  const HtmlPage page = ParseHtml(record);
  PageFacts facts = FindPageFacts(page);
  MappedText text(record);
  if (!ExtractMainText(page, facts.article_body, text)) {
    return BadRecord{std::move(path),
                     "the page shows no text; save it after its scripts have run, or give the text itself"};
  }
  Article article;
  text.MoveInto(article);
  article.title = std::move(facts.title);
  article.url = std::move(facts.url);
  article.site = std::move(facts.site);
  article.published = std::move(facts.published);
  article.id = path;
  article.path = std::move(path);
  return article;
}

// All records of one opened file.
class FileRecords {
 public:
  FileRecords(std::unique_ptr<ByteStream> stream, std::string path, const ReaderOptions& options)
      : path_(std::move(path)), options_(options), stream_(std::move(stream)) {}

  std::optional<Record> Next() {
    if (!begun_) {
      begun_ = true;
      return Begin();
    }
    return json_ ? json_->Next() : std::nullopt;
  }

  // Whether what is left of it comes in lines.
  bool has_lines() const { return json_ && json_->has_lines(); }
  bool NextLines(RecordBlock& block) { return json_->NextLines(block); }

  uint64_t stored_bytes_read() const { return json_ ? json_->stored_bytes_read() : stream_->stored_bytes_read(); }

 private:
  Record Bad(std::string message) const { return BadRecord{path_, std::move(message)}; }

  std::optional<Record> Begin() {
    std::string head;
    const absl::Status opening = ReadUpTo(*stream_, kHeadForDetection, head);
    // Records that came whole before the damage still count in files that hold many.
    if (head.empty())
      return Bad(opening.ok() ? "there is no text in it: the file is empty; leave it out" : Message(opening, path_));
    if (head.compare(0, 2, "\xff\xfe") == 0 || head.compare(0, 2, "\xfe\xff") == 0) {
      if (std::optional<Record> problem = ConvertUtf16(head)) return problem;
    }
    const Content content = DetectContent(head, path_, options_.format);
    if (content.kind == ContentKind::kRefused) return Bad(content.refusal);
    if (content.kind == ContentKind::kJsonLines || content.kind == ContentKind::kJsonValues) {
      const auto layout =
          content.kind == ContentKind::kJsonLines ? RecordSplitter::Layout::kLines : RecordSplitter::Layout::kValues;
      auto stream = std::make_unique<RewoundStream>(std::move(head), std::move(stream_));
      json_ = std::make_unique<JsonRecords>(std::move(stream), path_, layout, options_);
      std::optional<Record> first = json_->Next();
      return first ? std::move(first) : Bad("there is no record in it; leave it out");
    }
    if (!opening.ok()) return Bad(Message(opening, path_));
    if (std::optional<Record> problem = ReadRest(head)) return problem;
    return content.kind == ContentKind::kHtml ? HtmlArticle(std::move(head), path_)
                                              : TextArticle(std::move(head), path_);
  }

  // Brings the file's bytes behind `head` into it.
  std::optional<Record> ReadRest(std::string& head) {
    const uint64_t limit = std::min(options_.max_article_bytes, kMaxArticleBytes);
    if (head.size() <= limit) {
      const absl::Status status = ReadUpTo(*stream_, limit - head.size() + 1, head);
      if (!status.ok()) return Bad(Message(status, path_));
    }
    if (head.size() > limit) return Bad(TooLarge(limit));
    return std::nullopt;
  }

  std::optional<Record> ConvertUtf16(std::string& head) {
    if (std::optional<Record> problem = ReadRest(head)) return problem;
    std::optional<std::string> converted = FromUtf16(head);
    if (!converted) return Bad("the UTF-16 text cannot be converted; save it as UTF-8");
    if (converted->size() > kMaxArticleBytes) return Bad(TooLarge(kMaxArticleBytes));
    if (converted->empty()) return Bad("there is no text in it; leave it out or give it its text");
    // Its second half is what the next steps read as the rest of the file.
    std::string rest = converted->substr(std::min(converted->size(), kHeadForDetection));
    converted->resize(converted->size() - rest.size());
    head = *std::move(converted);
    stream_ = std::make_unique<RewoundStream>(std::move(rest), std::move(stream_));
    return std::nullopt;
  }

  const std::string path_;
  const ReaderOptions& options_;
  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<JsonRecords> json_;
  bool begun_ = false;
};

struct Input {
  std::string path;
  std::string problem;  // why it cannot be read, where the walk already knows
};

// Lists the files below a folder. Links are followed; a folder is entered once.
class FolderWalk {
 public:
  explicit FolderWalk(std::vector<Input>& inputs) : inputs_(inputs) {}

  void Walk(const std::string& folder) {
    std::vector<std::string> waiting = {folder};  // the next one last
    while (!waiting.empty()) {
      const std::string path = std::move(waiting.back());
      waiting.pop_back();
      struct stat about;
      if (::stat(path.c_str(), &about) != 0) {
        inputs_.push_back({path, "cannot be read: " + std::system_category().message(errno) +
                                     "; check the link and the permissions"});
      } else if (S_ISREG(about.st_mode)) {
        inputs_.push_back({path, ""});
      } else if (!S_ISDIR(about.st_mode)) {
        inputs_.push_back({path, "is not a regular file; give it as an input of its own if it is meant to be read"});
      } else if (entered_.emplace(about.st_dev, about.st_ino).second) {
        AddEntries(path, waiting);
      }
    }
  }

 private:
  void AddEntries(const std::string& folder, std::vector<std::string>& waiting) {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (name[0] != '.') names.push_back(std::move(name));
    }
    if (error)
      inputs_.push_back({folder, "the folder cannot be listed: " + error.message() + "; check its permissions"});
    std::sort(names.begin(), names.end(), std::greater<>());
    const std::string prefix = folder.back() == '/' ? folder : folder + "/";
    for (const std::string& name : names) waiting.push_back(prefix + name);
  }

  std::vector<Input>& inputs_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

class FilesReader final : public ArticleReader {
 public:
  FilesReader(std::vector<Input> inputs, std::optional<uint64_t> total, ReaderOptions options)
      : inputs_(std::move(inputs)), total_(total), options_(std::move(options)) {}

  std::optional<Record> Next() override {
    for (;;) {
      if (current_) {
        if (std::optional<Record> record = current_->Next()) return record;
        FinishFile();
      }
      if (next_ == inputs_.size()) return std::nullopt;
      if (std::optional<BadRecord> problem = OpenNext()) return std::move(*problem);
    }
  }

  bool NextBlock(RecordBlock& block) override {
    block.records.clear();
    block.path.reset();
    for (size_t bytes = 0; bytes < kBlockBytes;) {
      if (current_ && current_->has_lines()) {
        if (current_->NextLines(block)) return true;
        FinishFile();
      }
      std::optional<Record> record = Next();
      if (!record) break;
      const auto* article = std::get_if<Article>(&*record);
      bytes += sizeof(Record) + (article != nullptr ? article->text.size() : 0);
      block.records.push_back(*std::move(record));
    }
    return !block.records.empty();
  }

  uint64_t bytes_read() const override { return finished_bytes_ + (current_ ? current_->stored_bytes_read() : 0); }
  std::optional<uint64_t> bytes_total() const override { return total_; }

 private:
  void FinishFile() {
    finished_bytes_ += current_->stored_bytes_read();
    current_.reset();
  }

  // What is wrong with the next input, if anything.
  std::optional<BadRecord> OpenNext() {
    const Input& input = inputs_[next_++];
    if (!input.problem.empty()) return BadRecord{input.path, input.problem};
    auto stream = ByteStream::Open(input.path);
    if (!stream.ok()) return BadRecord{input.path, Message(stream.status(), input.path)};
    current_ = std::make_unique<FileRecords>(*std::move(stream), input.path, options_);
    return std::nullopt;
  }

  std::vector<Input> inputs_;
  size_t next_ = 0;
  std::optional<uint64_t> total_;
  ReaderOptions options_;
  std::unique_ptr<FileRecords> current_;
  uint64_t finished_bytes_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ArticleReader>> ArticleReader::Open(std::vector<std::string> inputs,
                                                                   ReaderOptions options) {
  std::string problems;
  std::vector<Input> files;
  for (const std::string& path : inputs) {
    struct stat about;
    if (path == "-") {
      files.push_back({path, ""});
    } else if (::stat(path.c_str(), &about) != 0) {
      const std::string why = std::system_category().message(errno);
      problems += (problems.empty() ? "" : "\n") + path + ": " + why + "; check the name";
    } else if (S_ISDIR(about.st_mode)) {
      FolderWalk(files).Walk(path);
    } else {
      files.push_back({path, ""});
    }
  }
  if (inputs.empty()) problems = "nothing to read; name a file, a folder or - for standard input";
  if (!problems.empty()) return absl::NotFoundError(AbslView(problems));
  std::optional<uint64_t> total = 0;
  for (const Input& file : files) {
    struct stat about;
    if (!file.problem.empty()) continue;
    if (file.path == "-" || ::stat(file.path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) {
      total.reset();
      break;
    }
    *total += static_cast<uint64_t>(about.st_size);
  }
  return std::make_unique<FilesReader>(std::move(files), total, std::move(options));
}

std::variant<Article, BadRecord> ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options) {
  auto stream = ByteStream::FromBytes(std::move(bytes), path);
  if (!stream.ok()) return BadRecord{path, Message(stream.status(), path)};
  FileRecords records(*std::move(stream), path, options);
  std::optional<Record> first = records.Next();
  if (!first) return BadRecord{std::move(path), "there is no text in it; leave it out or give it its text"};
  if (std::holds_alternative<Article>(*first)) {
    if (std::optional<Record> second = records.Next()) {
      if (auto* bad = std::get_if<BadRecord>(&*second)) return std::move(*bad);
      return BadRecord{std::move(path), "it holds several records where one article is wanted; give one of them"};
    }
  }
  return *std::move(first);
}

}  // namespace unspin
