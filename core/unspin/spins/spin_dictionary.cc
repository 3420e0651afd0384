#include "unspin/spins/spin_dictionary.h"

#include <algorithm>
#include <array>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/format/section_file.h"
#include "unspin/io/file.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

constexpr uint32_t kVersion = 1;
constexpr size_t kMaxPhraseWords = 4;  // words

size_t WordsIn(std::string_view phrase) {
  return phrase.empty() ? 0 : 1 + static_cast<size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

// A number written another way, or another form of a word, is no one's habit.
bool IsHabit(const Substitution& substitution) {
  return substitution.evidence != SubstitutionSource::kNumber && substitution.evidence != SubstitutionSource::kStem &&
         substitution.original != substitution.suspect && WordsIn(substitution.original) <= kMaxPhraseWords &&
         WordsIn(substitution.suspect) <= kMaxPhraseWords;
}

absl::Status Damaged(const std::string& path) {
  return absl::DataLossError(path +
                             ": the spin dictionary makes no sense; restore it from a copy, or delete it and learn "
                             "again: unspin audit SUSPECTS --archive DIR --learn");
}

}  // namespace

bool SpinDictionary::Learn(const Report& report) {
  if (report.findings.empty()) return false;
  const Finding& finding = report.findings.front();
  if (finding.verdict != Verdict::kSpun || finding.evidence < kSureEvidence ||
      finding.direction == Direction::kToOriginal || report.suspect.sha256 == finding.original.sha256)
    return false;
  const uint64_t pair = Hash64(report.suspect.sha256 + finding.original.sha256);
  if (!seen_.insert(pair).second) return false;
  for (const Substitution& substitution : finding.substitutions) {
    if (!IsHabit(substitution)) continue;
    Uses& uses = entries_[{substitution.original, substitution.suspect}];
    uses.uses += substitution.count;
    ++uses.pairs;
  }
  return true;
}

std::vector<SpinEntry> SpinDictionary::Entries(uint32_t least_pairs) const {
  std::vector<SpinEntry> out;
  for (const auto& [phrases, uses] : entries_) {
    if (uses.pairs >= least_pairs) out.push_back({phrases.first, phrases.second, uses.uses, uses.pairs});
  }
  std::stable_sort(out.begin(), out.end(), [](const SpinEntry& a, const SpinEntry& b) {
    return a.pairs != b.pairs ? a.pairs > b.pairs : a.uses > b.uses;
  });
  return out;
}

void SpinDictionary::Index() {
  forms_ = {};
  originals_.clear();
  for (const SpinEntry& entry : Entries(kMinPairs)) {
    forms_.Add(entry.original, entry.suspect);
    originals_.try_emplace(entry.suspect, entry.original);
  }
}

std::string SpinDictionary::Unspin(const std::vector<std::string_view>& words, bool& changed) const {
  changed = false;
  std::string text, phrase;
  for (size_t at = 0; at < words.size();) {
    size_t taken = 1;
    std::string_view put = words[at];
    for (size_t length = std::min(kMaxPhraseWords, words.size() - at); length > 0; --length) {
      phrase.clear();
      for (size_t k = 0; k < length; ++k) {
        if (k > 0) phrase += ' ';
        phrase += words[at + k];
      }
      const auto known = originals_.find(phrase);
      if (known == originals_.end()) continue;
      put = known->second;
      taken = length;
      changed = true;
      break;
    }
    if (!text.empty()) text += ' ';
    text += put;
    at += taken;
  }
  return text;
}

absl::StatusOr<SpinDictionary> SpinDictionary::Load(const std::string& path) {
  SpinDictionary dictionary;
  const absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (absl::IsNotFound(mapped.status())) return dictionary;
  if (!mapped.ok()) return mapped.status();
  const absl::StatusOr<SectionFile> file = SectionFile::Parse(mapped->bytes(), path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string_view> entries = file->Read("entries", kVersion);
  if (!entries.ok()) return entries.status();
  const absl::StatusOr<std::string_view> seen = file->Read("pairs", kVersion);
  if (!seen.ok()) return seen.status();
  for (ByteReader reader(*entries); !reader.AtEnd();) {
    const auto original = reader.Bytes();
    const auto suspect = reader.Bytes();
    const auto uses = reader.Read<uint32_t>();
    const auto pairs = reader.Read<uint32_t>();
    if (!original || !suspect || !uses || !pairs) return Damaged(path);
    dictionary.entries_[{std::string(*original), std::string(*suspect)}] = {*uses, *pairs};
  }
  for (ByteReader reader(*seen); !reader.AtEnd();) {
    const auto pair = reader.Read<uint64_t>();
    if (!pair) return Damaged(path);
    dictionary.seen_.insert(*pair);
  }
  dictionary.Index();
  return dictionary;
}

absl::Status SpinDictionary::Save(const std::string& path) const {
  std::string entries, seen;
  for (const auto& [phrases, uses] : entries_) {
    AppendBytes(entries, phrases.first);
    AppendBytes(entries, phrases.second);
    AppendNumber(entries, uses.uses);
    AppendNumber(entries, uses.pairs);
  }
  for (const uint64_t pair : seen_) AppendNumber(seen, pair);
  const std::array<Section, 2> sections = {Section{"entries", kVersion, entries}, Section{"pairs", kVersion, seen}};
  return WriteFileAtomically(path, BuildSectionFile(0, sections));
}

SpinnerLikeness CompareSpinners(const std::vector<Substitution>& a, const std::vector<Substitution>& b) {
  const auto choices = [](const std::vector<Substitution>& substitutions) {
    std::map<std::string_view, std::map<std::string_view, uint32_t>> out;
    for (const Substitution& substitution : substitutions) {
      if (IsHabit(substitution)) out[substitution.original][substitution.suspect] += substitution.count;
    }
    return out;
  };
  const auto left = choices(a), right = choices(b);
  SpinnerLikeness out;
  for (const auto& [original, mine] : left) {
    const auto other = right.find(original);
    if (other == right.end()) continue;
    ++out.common;
    bool equal = false;
    for (const auto& [suspect, uses] : mine) {
      const auto same = other->second.find(suspect);
      if (same == other->second.end()) continue;
      equal = true;
      out.shared.push_back({std::string(original), std::string(suspect), uses + same->second, 2});
    }
    out.equal += equal;
  }
  // A prior of one phrase in four keeps a single one from deciding.
  out.likeness = (out.equal + 0.5) / (out.common + 2.0);
  return out;
}

}  // namespace unspin
