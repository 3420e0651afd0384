// unspin.Article, articles that were read from files or pages, and which kind of source an object of Python is.
#include <string>
#include <utility>
#include <variant>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding/arguments.h"
#include "binding/article.h"
#include "binding/article_source.h"
#include "binding/errors.h"
#include "binding/gil.h"
#include "binding/pull.h"
#include "binding/python_text.h"
#include "binding/result_stream.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/records/reading.h"

namespace unspin::python {
namespace {

// Files to be read: what `unspin.articles` gives to the calls that take articles, with all that the reader knows.
struct ArticleFiles {
  std::vector<std::string> inputs;
  ReaderOptions options;

  std::unique_ptr<ArticleSource> Open() const {
    const GilReleased released;
    return OpenFileSource(inputs, options);
  }
};

constexpr ResultColumn kArticleColumns[] = {{"id", ResultType::kText},
                                            {"text", ResultType::kLargeText},
                                            {"title", ResultType::kText, true},
                                            {"url", ResultType::kText, true},
                                            {"site", ResultType::kText, true},
                                            {"published", ResultType::kText, true},
                                            {"fetched", ResultType::kText, true},
                                            {"path", ResultType::kText, true},
                                            {"record", ResultType::kUint64, true}};

class ArticleStream final : public ResultStream {
 public:
  explicit ArticleStream(std::unique_ptr<Pull> pull) : pull_(std::move(pull)) {}
  std::span<const ResultColumn> columns() const override { return kArticleColumns; }
  uint64_t bad() const { return pull_->bad(); }

  // The articles of the next batch, as objects; None at the end. Holds the GIL.
  nb::object NextArticles();

 private:
  std::optional<ResultBatch> MakeNext() override;
  // The articles of the next rows, at least one; nothing at the end.
  std::optional<std::vector<Article>> Take();

  const std::unique_ptr<Pull> pull_;
};

std::optional<std::vector<Article>> ArticleStream::Take() {
  constexpr ChunkSizes kSizes{512, 64};
  std::vector<Article> articles;
  while (articles.empty()) {
    auto chunks = pull_->Next(kSizes, [](ArticleChunk& chunk, Worker& worker) {
      std::vector<Record> records;
      chunk.Read(worker.buffers, [&](Record record) { records.push_back(std::move(record)); });
      return records;
    });
    if (chunks.empty()) {
      pull_->WarnOfBad();
      return std::nullopt;
    }
    for (std::vector<Record>& records : chunks) {
      for (Record& record : records) {
        if (const auto* bad = std::get_if<BadRecord>(&record)) {
          pull_->CountBad(*bad);
        } else {
          pull_->CountArticle();
          articles.push_back(std::get<Article>(std::move(record)));
        }
      }
    }
    pull_->SayRows();
  }
  return articles;
}

std::optional<ResultBatch> ArticleStream::MakeNext() {
  const auto articles = Take();
  if (!articles) return std::nullopt;
  ResultBatch batch(kArticleColumns);
  const auto add_or_null = [](ColumnBuilder& column, const std::string& value) {
    value.empty() ? column.AddNull() : column.AddText(value);
  };
  for (const Article& article : *articles) {
    batch[0].AddText(article.id);
    batch[1].AddText(article.text);
    const std::string* const metadata[] = {&article.title,     &article.url,     &article.site,
                                           &article.published, &article.fetched, &article.path};
    for (size_t at = 0; at < std::size(metadata); ++at) add_or_null(batch[2 + at], *metadata[at]);
    article.record ? batch[8].AddNumber(*article.record) : batch[8].AddNull();
  }
  return batch;
}

nb::object ArticleStream::NextArticles() {
  std::optional<std::vector<Article>> articles;
  {
    const GilReleased released;
    articles = Guarded([this] { return Take(); });
  }
  if (!articles) return nb::none();
  nb::list list;
  for (Article& article : *articles) {
    list.append(nb::cast(HeldArticle{std::make_shared<const Article>(std::move(article)), true}));
  }
  return list;
}

const InputFormat* FormatNamed(const std::string& name) {
  if (name == "auto") return nullptr;
  if (const InputFormat* const format = InputFormatNamed(name)) return format;
  std::string names = "auto";
  for (const std::string& known : InputFormatNames()) names += ", " + known;
  throw ValueError("format=\"" + name + "\": give one of " + names);
}

HeldArticle ReadOne(std::optional<Record> record, const std::string& path) {
  if (!record) throw StatusError(path + ": holds no article");
  if (const auto* bad = std::get_if<BadRecord>(&*record)) {
    throw StatusError((bad->location.empty() ? "" : bad->location + ": ") + bad->message);
  }
  return {std::make_shared<const Article>(std::get<Article>(*std::move(record))), true};
}

HeldArticle ReadBytes(nb::bytes bytes, const std::string& format) {
  ReaderOptions options;
  options.format = FormatNamed(format);
  std::string copy(bytes.c_str(), bytes.size());
  const GilReleased released;
  return ReadOne(ArticleFromBytes(std::move(copy), "", options), "the page");
}

HeldArticle ReadPath(const std::string& path, const std::string& format) {
  ReaderOptions options;
  options.format = FormatNamed(format);
  options.hash_files = true;  // so that a report has the bytes of the program's
  const GilReleased released;
  const auto reader = ValueOrThrow(ArticleReader::Open({path}, options));
  HeldArticle article = ReadOne(reader->Next(), path);
  if (reader->Next()) throw StatusError(path + ": holds more than one article; unspin.articles reads many");
  return article;
}

// Values as in a dict of a record: None is unknown, numbers and dates are spelled.
HeldArticle MakeArticle(nb::str text, nb::handle id, nb::handle title, nb::handle url, nb::handle site,
                        nb::handle published, nb::handle fetched, nb::handle path, std::optional<uint64_t> record) {
  std::optional<std::string> utf8 = Utf8Of(text, true);
  if (!utf8) throw StatusError(HalfSign("the text", "article"));
  Article article;
  article.text = *std::move(utf8);
  const std::pair<nb::handle, std::string*> fields[] = {
      {id, &article.id},     {title, &article.title},         {url, &article.url},        {site, &article.site},
      {path, &article.path}, {published, &article.published}, {fetched, &article.fetched}};
  for (const auto& [value, field] : fields) *field = MetadataOf(value).value_or("");
  article.record = record;
  return {std::make_shared<const Article>(std::move(article)), false};
}

template <std::string Article::* field>
nb::object Field(const HeldArticle& held) {
  const std::string& value = (*held.article).*field;
  return nb::steal(PyUnicode_DecodeUTF8(value.data(), static_cast<Py_ssize_t>(value.size()), "replace"));
}

// The arguments that make the article again.
nb::object Fields(const HeldArticle& held) {
  return nb::make_tuple(Field<&Article::text>(held), Field<&Article::id>(held), Field<&Article::title>(held),
                        Field<&Article::url>(held), Field<&Article::site>(held), Field<&Article::published>(held),
                        Field<&Article::fetched>(held), Field<&Article::path>(held), held.article->record);
}

void BindArticle(nb::module_& module) {
  nb::class_<HeldArticle> article(module, "Article", R"(An article: its text, and what is known about it.

    unspin.Article(text, id="", title="", url="", site="", published="", fetched="")

`published` is a date in any form that docs/report.md lists, such as "2026-03-04" or an ISO 8601 time; it decides the
direction of a finding. An article that `unspin.read` made also knows where in its page each character stood, so that
the spans of a report lead into the page; pickling keeps the fields and loses that.)");
  article
      .def(
          "__init__",
          [](HeldArticle* self, nb::str text, nb::handle id, nb::handle title, nb::handle url, nb::handle site,
             nb::handle published, nb::handle fetched, nb::handle path, std::optional<uint64_t> record) {
            new (self)
                HeldArticle(MakeArticle(std::move(text), id, title, url, site, published, fetched, path, record));
          },
          nb::arg("text"), nb::arg("id").none() = "", nb::arg("title").none() = "", nb::arg("url").none() = "",
          nb::arg("site").none() = "", nb::arg("published").none() = "", nb::arg("fetched").none() = "",
          nb::arg("path").none() = "", nb::arg("record") = nb::none(),
          nb::sig("def __init__(self, text: str, id: str | int | None = '', title: str | None = '', "
                  "url: str | None = '', site: str | None = '', "
                  "published: str | int | datetime.date | None = '', fetched: str | int | datetime.date | None = '', "
                  "path: str | None = '', record: int | None = None) -> None"))
      .def_prop_ro("text", &Field<&Article::text>, nb::sig("def text(self, /) -> str"), "What is compared.")
      .def_prop_ro("id", &Field<&Article::id>, nb::sig("def id(self, /) -> str"), "Its name in reports and archives.")
      .def_prop_ro("title", &Field<&Article::title>, nb::sig("def title(self, /) -> str"), "Empty where unknown.")
      .def_prop_ro("url", &Field<&Article::url>, nb::sig("def url(self, /) -> str"), "Empty where unknown.")
      .def_prop_ro("site", &Field<&Article::site>, nb::sig("def site(self, /) -> str"), "Empty where unknown.")
      .def_prop_ro("published", &Field<&Article::published>, nb::sig("def published(self, /) -> str"),
                   "The date of publication; empty where unknown.")
      .def_prop_ro("fetched", &Field<&Article::fetched>, nb::sig("def fetched(self, /) -> str"),
                   "When it was fetched; empty where unknown.")
      .def_prop_ro("path", &Field<&Article::path>, nb::sig("def path(self, /) -> str"),
                   "The file that it was read from; empty where there is none.")
      .def_prop_ro(
          "record", [](const HeldArticle& held) { return held.article->record; },
          "Its number in the file, from 1, if the file has many.")
      .def_prop_ro(
          "is_read", [](const HeldArticle& held) { return held.is_read; },
          "Whether the text was read from a page or a file; a given text may still hold markup.")
      .def(
          "__eq__",
          [](const HeldArticle& a, nb::handle other) {
            return nb::isinstance<HeldArticle>(other) && Fields(a).equal(Fields(nb::cast<HeldArticle&>(other)));
          },
          nb::arg("other"), nb::sig("def __eq__(self, other: object, /) -> bool"))
      .def("__hash__", [](const HeldArticle& held) { return nb::hash(Fields(held)); })
      .def(
          "__reduce__",
          [](nb::handle self) { return nb::make_tuple(nb::type<HeldArticle>(), Fields(nb::cast<HeldArticle&>(self))); },
          nb::sig("def __reduce__(self) -> tuple[object, ...]"))
      .def(
          "__repr__",
          [](const HeldArticle& held) {
            return nb::str("<unspin.Article {!r}: {} characters{}{}>")
                .attr("format")(Field<&Article::id>(held), nb::len(Field<&Article::text>(held)),
                                held.article->title.empty() ? "" : ", ", Field<&Article::title>(held));
          },
          nb::sig("def __repr__(self) -> str"));
}

}  // namespace

std::unique_ptr<ArticleSource> OpenSource(nb::handle data, const RowNames& names) {
  // What unspin.articles returns holds its files, which know more than the columns that they become.
  const nb::object files = nb::getattr(data, "_files", nb::none());
  if (nb::isinstance<ArticleFiles>(files)) return nb::cast<const ArticleFiles&>(files).Open();
  if (nb::hasattr(data, "__arrow_c_stream__") || nb::hasattr(data, "__arrow_c_array__")) {
    return OpenArrowSource(data, names);
  }
  // Datasets of pyarrow and their scanners have no __arrow_c_stream__ of their own.
  if (nb::hasattr(data, "scanner") && nb::hasattr(data, "to_table")) return OpenSource(data.attr("scanner")(), names);
  if (nb::hasattr(data, "to_reader")) return OpenArrowSource(data.attr("to_reader")(), names);
  return OpenIterableSource(data, names);
}

void BindArticles(nb::module_& module) {
  BindArticle(module);
  nb::class_<ArticleFiles>(module, "ArticleFiles", "Files and folders of articles, not read yet.")
      .def(
          "__init__",
          [](ArticleFiles* self, std::vector<std::string> inputs, const RowNames& names, const std::string& format) {
            ReaderOptions options = ReaderOptionsOf(names);
            options.format = FormatNamed(format);
            new (self) ArticleFiles{std::move(inputs), std::move(options)};
          },
          nb::arg("inputs"), nb::arg("names"), nb::arg("format"))
      .def_ro("inputs", &ArticleFiles::inputs)
      .def(
          "open",
          [](const ArticleFiles& files, const PullOptions& options) {
            return std::make_shared<ArticleStream>(std::make_unique<Pull>(files.Open(), options));
          },
          nb::arg("options"));
  nb::class_<ArticleStream, ResultStream>(module, "ArticleStream")
      .def("next_articles", &ArticleStream::NextArticles, nb::sig("def next_articles(self) -> list[Article] | None"))
      .def_prop_ro("bad", &ArticleStream::bad);
  module.def("read_bytes", &ReadBytes, nb::arg("page"), nb::arg("format"));
  module.def("read_path", &ReadPath, nb::arg("path"), nb::arg("format"));
}

}  // namespace unspin::python
