// Iterables of Python as a source of articles: texts, (id, text), dicts and Articles, taken some thousand at a time.
#include <algorithm>
#include <optional>
#include <utility>

#include "binding/article.h"
#include "binding/article_source.h"
#include "binding/errors.h"
#include "binding/gil.h"
#include "binding/python_text.h"

namespace unspin::python {
namespace {

// Items that were taken out of Python. What a row has is copied, so that threads need no GIL.
struct TakenRow {
  std::array<std::optional<std::string>, kRowFields> of;
  std::string problem;                     // not empty: why the row is no article
  bool has_bare_text = false;              // as in RowValues
  std::shared_ptr<const Article> article;  // instead, of an Article that was read from a file or a page

  RowValues values() const {
    RowValues values;
    for (size_t field = 0; field < kRowFields; ++field) {
      if (of[field]) values.of[field] = *of[field];
    }
    values.problem = problem;
    values.has_bare_text = has_bare_text;
    return values;
  }
};

struct TakenRows {
  std::vector<TakenRow> rows;
  uint64_t position = 0;  // of the first
};

class TakenChunk final : public ArticleChunk {
 public:
  TakenChunk(std::shared_ptr<const TakenRows> rows, std::shared_ptr<const RowRules> rules, size_t begin, size_t end)
      : rows_(std::move(rows)), rules_(std::move(rules)), begin_(begin), end_(end) {}

  void Read(ChunkBuffers& buffers, const std::function<void(Record)>& take) override {
    for (size_t at = begin_; at < end_; ++at) {
      const TakenRow& row = rows_->rows[at];
      if (row.article == nullptr) {
        take(buffers.rows.Parse(row.values(), rows_->position + at, *rules_));
        continue;
      }
      Article article = *row.article;
      if (article.id.empty()) article.id = std::to_string(rows_->position + at);
      take(std::move(article));
    }
  }
  void ReadTexts(ChunkBuffers& buffers, const std::function<void(TextRecord)>& take) override {
    for (size_t at = begin_; at < end_; ++at) {
      const TakenRow& row = rows_->rows[at];
      if (row.article == nullptr) {
        take(buffers.rows.ParseText(row.values(), rows_->position + at, *rules_));
        continue;
      }
      const Article& article = *row.article;
      const std::string id = article.id.empty() ? std::to_string(rows_->position + at) : article.id;
      take(ArticleText{id, article.published, article.text, article.path, article.record.value_or(0)});
    }
  }

 private:
  const std::shared_ptr<const TakenRows> rows_;
  const std::shared_ptr<const RowRules> rules_;
  const size_t begin_, end_;
};

// The value of a key, which a mapping may lack.
nb::object ValueOf(nb::handle mapping, nb::handle key) {
  if (PyDict_Check(mapping.ptr())) {
    PyObject* const value = PyDict_GetItemWithError(mapping.ptr(), key.ptr());
    if (value == nullptr && PyErr_Occurred() != nullptr) throw nb::python_error();
    return nb::borrow(value);
  }
  PyObject* const value = PyObject_GetItem(mapping.ptr(), key.ptr());
  if (value == nullptr) {
    if (PyErr_ExceptionMatches(PyExc_KeyError) == 0) throw nb::python_error();
    PyErr_Clear();
  }
  return nb::steal(value);
}

bool IsMapping(nb::handle item) {
  return PyDict_Check(item.ptr()) || (PyMapping_Check(item.ptr()) != 0 && nb::hasattr(item, "keys"));
}

// Takes items apart. Holds the GIL.
class ItemReader {
 public:
  explicit ItemReader(const RowNames& names) {
    for (size_t field = 0; field < kRowFields; ++field) {
      if (names.of[field]) keys_[field] = nb::str(names.of[field]->data(), names.of[field]->size());
    }
    text_field_ = "the field \"" + *names.of[kText] + "\"";
  }

  // `place` names the item in a TypeError: an item of another kind is a mistake of the caller, not a bad row.
  TakenRow Take(nb::handle item, const std::function<std::string()>& place) const {
    TakenRow row;
    if (item.is_none()) {
      row.problem = "the record is null; leave it out or give it its text";
    } else if (PyUnicode_Check(item.ptr())) {
      TakeBareText(item, row);
    } else if (nb::isinstance<HeldArticle>(item)) {
      TakeArticle(nb::cast<const HeldArticle&>(item), row);
    } else if (IsPair(item)) {
      TakePair(item, row);
    } else if (IsMapping(item)) {
      TakeMapping(item, row);
    } else {
      throw TypeError(place() + " is of type " + TypeNameOf(item) +
                      "; an article is a str, an (id, text), a dict or an unspin.Article");
    }
    return row;
  }

 private:
  static bool IsPair(nb::handle item) {
    return (PyTuple_Check(item.ptr()) && PyTuple_Size(item.ptr()) == 2) ||
           (PyList_Check(item.ptr()) && PyList_Size(item.ptr()) == 2);
  }

  static void TakeBareText(nb::handle text, TakenRow& row) {
    row.has_bare_text = true;
    TakeText(text, "the text", row);
  }

  static void TakeText(nb::handle text, const std::string& noun, TakenRow& row) {
    if (text.is_none() || IsNan(text)) return;
    if (!PyUnicode_Check(text.ptr())) {
      row.problem = noun + " is of type " + TypeNameOf(text) + "; leave the record out or give it its text";
      return;
    }
    row.of[kText] = Utf8Of(text, true);
    if (!row.of[kText]) row.problem = HalfSign(noun, "record");
  }

  static void TakePair(nb::handle pair, TakenRow& row) {
    const nb::object id = Checked(PySequence_GetItem(pair.ptr(), 0));
    row.of[kId] = MetadataOf(id);
    if (!row.of[kId] && !id.is_none()) {
      row.problem = "the id of an (id, text) is neither text nor a number; give the record a plain id";
      return;
    }
    TakeBareText(Checked(PySequence_GetItem(pair.ptr(), 1)), row);
  }

  static void TakeArticle(const HeldArticle& held, TakenRow& row) {
    const Article& article = *held.article;
    if (held.is_read) {
      row.article = held.article;
      return;
    }
    row.has_bare_text = true;
    row.of = {article.id,        article.text,    article.title, article.url, article.site,
              article.published, article.fetched, article.path,  std::nullopt};
    if (article.record) row.of[kRecord] = std::to_string(*article.record);
  }

  void TakeMapping(nb::handle mapping, TakenRow& row) const {
    for (size_t field = 0; field < kRowFields; ++field) {
      if (!keys_[field].is_valid()) continue;
      const nb::object value = ValueOf(mapping, keys_[field]);
      if (field == kText) {
        if (!value.is_valid()) {
          row.problem = NoTextField(mapping);
        } else {
          TakeText(value, text_field_, row);
        }
      } else if (value.is_valid()) {
        row.of[field] = MetadataOf(value);
        if (field == kId && !row.of[kId] && !value.is_none() && !PyBool_Check(value.ptr()) && row.problem.empty() &&
            !PyFloat_Check(value.ptr()))
          row.problem = "the field \"" + Utf8Of(keys_[kId]).value_or("id") +
                        "\" is neither text nor a number; give the record a plain id";
      }
    }
  }

  std::string NoTextField(nb::handle mapping) const {
    constexpr size_t kMaxListed = 12;
    std::string names;
    size_t listed = 0;
    const nb::object keys = mapping.attr("keys")();
    for (const nb::handle key : keys) {
      if (listed++ == kMaxListed) {
        names += ", ...";
        break;
      }
      names += (listed > 1 ? ", \"" : "\"") + Utf8Of(Checked(PyObject_Str(key.ptr()))).value_or("?") + "\"";
    }
    return "the record has no field " + text_field_.substr(text_field_.find('"')) +
           (names.empty() ? " and no other" : "; its fields are " + names) +
           ": name the one that holds the text (text=)";
  }

  std::array<nb::object, kRowFields> keys_;  // of mappings
  std::string text_field_;
};

class IterableSource final : public ArticleSource {
 public:
  IterableSource(nb::object iterator, const RowNames& names)
      : iterator_(std::move(iterator)),
        reader_(std::make_unique<ItemReader>(names)),
        rules_(std::make_shared<const RowRules>(RowRules{names.text_is, TextNoun(names), "record"})) {}
  ~IterableSource() override {
    const GilHeld gil;
    reader_.reset();
    iterator_.reset();
  }

  ArticleChunks Next(const ChunkSizes& sizes) override {
    auto taken = std::make_shared<TakenRows>();
    taken->position = position_;
    Take(sizes.rows, taken->rows);
    position_ += taken->rows.size();
    ArticleChunks chunks;
    for (size_t begin = 0; begin < taken->rows.size(); begin += sizes.chunk) {
      chunks.push_back(
          std::make_unique<TakenChunk>(taken, rules_, begin, std::min(begin + sizes.chunk, taken->rows.size())));
    }
    return chunks;
  }

 private:
  static constexpr size_t kMaxBytes = size_t{32} << 20;  // of texts that are taken at once

  static std::string TextNoun(const RowNames& names) { return "the field \"" + *names.of[kText] + "\""; }

  void Take(size_t max_rows, std::vector<TakenRow>& rows) {
    const GilHeld gil;
    size_t bytes = 0;
    while (iterator_.is_valid() && rows.size() < max_rows && bytes < kMaxBytes) {
      const nb::object item = nb::steal(PyIter_Next(iterator_.ptr()));
      if (!item.is_valid()) {
        iterator_.reset();
        if (PyErr_Occurred() != nullptr) throw nb::python_error();
        break;
      }
      rows.push_back(reader_->Take(item, [&] { return PlaceOfRow(position_ + rows.size()); }));
      if (rows.back().of[kText]) bytes += rows.back().of[kText]->size();
    }
  }

  nb::object iterator_;
  std::unique_ptr<ItemReader> reader_;
  const std::shared_ptr<const RowRules> rules_;
  uint64_t position_ = 0;  // of the next row
};

}  // namespace

std::unique_ptr<ArticleSource> OpenIterableSource(nb::handle data, const RowNames& names) {
  if (PyUnicode_Check(data.ptr()) || PyBytes_Check(data.ptr())) {
    throw TypeError("one text where many are wanted; put it into a list");
  }
  nb::object iterator = nb::steal(PyObject_GetIter(data.ptr()));
  if (!iterator.is_valid()) {
    const nb::python_error raised;                    // takes the exception: nb::hasattr must find none
    if (nb::hasattr(data, "__iter__")) throw raised;  // whose own code failed
    throw TypeError("the type " + TypeNameOf(data) +
                    " holds no articles; give a table (an object with __arrow_c_stream__), or an iterable of str, of "
                    "(id, text), of dicts or of unspin.Article");
  }
  if (IsMapping(data)) throw TypeError("one dict where many are wanted; put it into a list");
  return std::make_unique<IterableSource>(std::move(iterator), names);
}

std::shared_ptr<const Article> TakeArticle(nb::handle item, const std::string& id, GivenText given) {
  RowNames names;
  for (size_t field = 0; field < kRowFields; ++field) names.of[field] = kUsualNames[field];
  const std::string noun = "the " + id;
  const TakenRow row = ItemReader(names).Take(item, [&] { return noun; });
  if (row.article != nullptr && !row.article->id.empty()) return row.article;
  Article article;
  if (row.article != nullptr) {
    article = *row.article;
  } else {
    const RowRules rules{TextIs::kFoundByItself, "its text", "article"};
    Record record = RowParser().Parse(row.values(), 0, rules);
    if (const auto* bad = std::get_if<BadRecord>(&record)) throw StatusError(noun + ": " + bad->message);
    article = std::get<Article>(std::move(record));
    if (!row.of[kId] || row.of[kId]->empty()) article.id.clear();
    if (given == GivenText::kOfPair) article.reading.format = article.reading.charset = "";
    if (given == GivenText::kAsIs) {
      article.text = *row.of[kText];
      article.steps.clear();
    }
  }
  if (article.id.empty()) article.id = id;
  return std::make_shared<const Article>(std::move(article));
}

}  // namespace unspin::python
