#include "unspin/engine/segment.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <system_error>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

// Identity row:  0 id, high · 8 id, low · 16 text, high · 24 text, low · 32 version · 36 article · 40 text bytes
constexpr size_t kIdentityRow = 48;

uint64_t FromHexadecimal(std::string_view digits) {
  uint64_t number = 0;
  for (const char digit : digits) {
    number = number << 4 | static_cast<uint64_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  }
  return number;
}

}  // namespace

IdHash HashId(std::string_view id) {
  const Hash128Value hash = Hash128(id);
  return {hash.high, hash.low};
}

ArticleIdentity ArticleIdentity::Of(std::string_view id, uint64_t text_bytes, std::string_view sha256, uint32_t version,
                                    uint32_t article) {
  const auto digits = [sha256](size_t begin) { return sha256.substr(std::min(begin, sha256.size()), 16); };
  const IdHash text = {FromHexadecimal(digits(0)), FromHexadecimal(digits(16))};
  return {HashId(id), text, version, article, text_bytes};
}

uint64_t ArticleIdentity::Fingerprint() const {
  return Mix64(id.high ^ Mix64(id.low ^ Mix64(text.high ^ Mix64(text.low ^ Mix64(version)))));
}

bool ArticleIdentity::Precedes(const ArticleIdentity& other) const {
  return id != other.id ? id < other.id : version < other.version;
}

void ArticleIdentity::AppendTo(std::string& section) const {
  for (const uint64_t half : {id.high, id.low, text.high, text.low}) AppendNumber(section, half);
  AppendNumber(section, version);
  AppendNumber(section, article);
  AppendNumber(section, text_bytes);
}

absl::Status SegmentBuilder::Add(const Article& article, const ArticleIdentity& identity, std::string_view sha256,
                                 const Sketch& sketch, const Anchors& anchors) {
  if (absl::Status status = store_.Add(article, identity.version, sha256); !status.ok()) return status;
  index_.Add(sketch, anchors);
  identities_.push_back(identity);
  return absl::OkStatus();
}

absl::StatusOr<SegmentEntry> SegmentBuilder::Build(const std::string& name, uint64_t scheme) {
  name_ = name;
  std::sort(identities_.begin(), identities_.end(),
            [](const ArticleIdentity& a, const ArticleIdentity& b) { return a.Precedes(b); });
  identity_rows_.reserve(identities_.size() * kIdentityRow);
  for (const ArticleIdentity& identity : identities_) identity.AppendTo(identity_rows_);
  const std::vector<std::string_view> index = index_.Build();
  absl::StatusOr<std::vector<std::string_view>> store = store_.Build();
  if (!store.ok()) return store.status();
  const std::array<Section, kSegmentSections> sections = {
      Section{kIdentities.name, kIdentities.version, {identity_rows_}},
      Section{kIndex.name, kIndex.version, index},
      Section{kAnchorCounts.name, kAnchorCounts.version, {index_.AnchorCounts()}},
      Section{kStore.name, kStore.version, *std::move(store)}};
  file_ = std::make_unique<const SectionFileImage>(scheme, sections);
  return SegmentEntry{name, file_->length(), file_->checksum(), static_cast<uint32_t>(size())};
}

absl::Status SegmentBuilder::Save(const std::string& folder) const {
  return WriteFileAtomically(folder + "/" + name_, file_->chunks());
}

absl::Status Segment::Damaged(std::string_view section, std::string_view what) const {
  return absl::DataLossError(path_ + ": section " + std::string(section) + ": " + std::string(what) + "; " + kRepair);
}

absl::StatusOr<std::shared_ptr<const Segment>> Segment::Open(const std::string& folder, const SegmentEntry& entry,
                                                             uint64_t scheme) {
  const std::shared_ptr<Segment> segment(new Segment);
  segment->path_ = folder + "/" + entry.name;
  const std::string& path = segment->path_;
  absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (absl::IsNotFound(mapped.status()))
    return absl::DataLossError(path + ": missing, though MANIFEST names it; " + kRepair);
  if (!mapped.ok()) return mapped.status();
  segment->mapped_ = *std::move(mapped);
  segment->mapped_.ReadsAreMany();
  const std::string_view bytes = segment->mapped_.bytes();
  if (bytes.size() != entry.length) {
    return absl::DataLossError(path + ": " + (bytes.size() < entry.length ? "cut off" : "longer than written") + ", " +
                               std::to_string(bytes.size()) + " bytes instead of " + std::to_string(entry.length) +
                               "; " + kRepair);
  }
  absl::StatusOr<SectionFile> file = SectionFile::Parse(bytes, path);
  if (!file.ok()) return file.status();
  if (file->scheme() != scheme) return ForeignScheme(path, file->scheme(), scheme);
  if (file->checksum() != entry.checksum) {
    return absl::DataLossError(path + ": not the file that MANIFEST names (its checksum differs); " + kRepair);
  }
  // Checking reads all of it; most questions read little, and mapped pages count as memory.
  const auto release = [&] { segment->mapped_.Release(); };
  const absl::StatusOr<std::string_view> identities = file->Read(kIdentities.name, kIdentities.version, release);
  if (!identities.ok()) return identities.status();
  const absl::StatusOr<std::string_view> index_bytes = file->Read(kIndex.name, kIndex.version, release);
  if (!index_bytes.ok()) return index_bytes.status();
  const absl::StatusOr<std::string_view> store_bytes = file->ReadUnchecked(kStore.name, kStore.version);
  if (!store_bytes.ok()) return store_bytes.status();
  std::optional<std::string_view> anchor_counts;
  if (file->Has(kAnchorCounts.name)) {
    const absl::StatusOr<std::string_view> read = file->Read(kAnchorCounts.name, kAnchorCounts.version);
    if (!read.ok()) return read.status();
    anchor_counts = *read;
  }
  const absl::StatusOr<IndexReader> index = IndexReader::Open(*index_bytes, anchor_counts);
  if (!index.ok()) return segment->Damaged("index", StdView(index.status().message()));
  const absl::StatusOr<StoreReader> store = StoreReader::Open(*store_bytes);
  if (!store.ok()) return segment->Damaged("store", StdView(store.status().message()));
  segment->file_ = *std::move(file);
  segment->index_ = *index;
  segment->store_ = *store;
  segment->identities_ = *identities;
  if (index->size() != entry.articles || store->size() != entry.articles) {
    return segment->Damaged("index", "its number of articles is not the one that MANIFEST names");
  }
  if (absl::Status status = segment->CheckIdentities(); !status.ok()) return status;
  release();
  return segment;
}

absl::Status Segment::CheckIdentities() const {
  if (identities_.size() != size() * kIdentityRow) return Damaged("identities", "its length does not fit the index");
  std::vector<bool> seen(size(), false);
  IdHash previous;
  for (size_t i = 0; i < size(); ++i) {
    const ArticleIdentity identity = Identity(i);
    if (identity.id < previous) return Damaged("identities", "not in order");
    if (identity.article >= size() || seen[identity.article])
      return Damaged("identities", "an article twice or out of bounds");
    seen[identity.article] = true;
    previous = identity.id;
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredArticle> Segment::Fetch(uint32_t article, StoreReader::LastBlock& last) const {
  absl::StatusOr<StoredArticle> stored = store_->Fetch(article, last);
  if (!stored.ok()) return Damaged("store", StdView(stored.status().message()));
  return stored;
}

ArticleIdentity Segment::Identity(size_t place) const {
  ByteReader row(identities_.substr(place * kIdentityRow, kIdentityRow));
  ArticleIdentity identity;
  for (uint64_t* half : {&identity.id.high, &identity.id.low, &identity.text.high, &identity.text.low}) {
    *half = row.Read<uint64_t>().value_or(0);
  }
  identity.version = row.Read<uint32_t>().value_or(0);
  identity.article = row.Read<uint32_t>().value_or(0);
  identity.text_bytes = row.Read<uint64_t>().value_or(0);
  return identity;
}

std::vector<ArticleIdentity> Segment::FindVersions(IdHash id) const {
  size_t low = 0, high = size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (Identity(middle).id < id) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  std::vector<ArticleIdentity> versions;
  for (; low < size(); ++low) {
    const ArticleIdentity identity = Identity(low);
    if (identity.id != id) break;
    versions.push_back(identity);
  }
  return versions;
}

std::vector<std::string> Segment::Verify() const {
  // A mapping of a file that lost its end must not be read at all.
  std::error_code error;
  if (const auto length = std::filesystem::file_size(path_, error); error || length != mapped_.bytes().size()) {
    return {path_ + ": removed or cut off since it was opened; " + kRepair};
  }
  std::vector<std::string> problems = file_->Verify();
  std::vector<ArticleIdentity> identities(size());
  for (size_t i = 0; i < size(); ++i) {
    const ArticleIdentity identity = Identity(i);
    identities[identity.article] = identity;
  }
  const auto report = [&](uint32_t article, std::string_view what) {
    problems.emplace_back(
        StdView(Damaged("store", "article " + std::to_string(article) + ": " + std::string(what)).message()));
  };
  StoreReader::LastBlock last;
  for (uint32_t article = 0; article < size(); ++article) {
    const absl::StatusOr<StoredArticle> stored = store_->Fetch(article, last);
    if (!stored.ok()) {
      problems.emplace_back(StdView(Damaged("store", StdView(stored.status().message())).message()));
    } else if (Sha256Hex(stored->article.text) != stored->sha256) {
      report(article, "its text is not the one that was indexed (its SHA-256 differs)");
    } else if (ArticleIdentity::Of(stored->article.id, stored->article.text.size(), stored->sha256, stored->version,
                                   article) != identities[article]) {
      report(article, "it is not the article that section identities names");
    }
  }
  return problems;
}

}  // namespace unspin
