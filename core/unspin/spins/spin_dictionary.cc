#include "unspin/spins/spin_dictionary.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/format/section_file.h"
#include "unspin/io/file.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

constexpr const char* kEntries = "entries";
constexpr const char* kPairs = "pairs";
constexpr uint32_t kVersion = 1;   // of both sections
constexpr uint64_t kNoScheme = 0;  // the file holds no sketches
constexpr size_t kMaxPhraseWords = 4;

// The prior of `likeness`, one equal phrase in four, keeps a single common phrase from deciding.
constexpr double kPriorEqual = 0.5, kPriorCommon = 2.0;

size_t WordsIn(std::string_view phrase) {
  return phrase.empty() ? 0 : 1 + static_cast<size_t>(std::count(phrase.begin(), phrase.end(), ' '));
}

// A number written another way, or another form of a word, says nothing about the spinner.
bool IsHabit(const Substitution& substitution) {
  return substitution.source != SubstitutionSource::kNumber && substitution.source != SubstitutionSource::kStem &&
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
  if (finding.verdict != Verdict::kSpun || finding.log10_likelihood_ratio < kSureEvidence ||
      finding.direction == Direction::kToOriginal || report.suspect.sha256 == finding.original.sha256)
    return false;
  const uint64_t pair = Hash64(report.suspect.sha256 + finding.original.sha256);
  if (!learnt_pairs_.insert(pair).second) return false;
  for (const Substitution& substitution : finding.substitutions) {
    if (!IsHabit(substitution)) continue;
    Uses& uses = entries_[{substitution.original, substitution.suspect}];
    uses.uses += substitution.count;
    ++uses.pairs;
  }
  return true;
}

std::vector<SpinEntry> SpinDictionary::Entries(uint32_t min_pairs) const {
  std::vector<SpinEntry> out;
  for (const auto& [phrases, uses] : entries_) {
    if (uses.pairs >= min_pairs) out.push_back({phrases.first, phrases.second, uses.uses, uses.pairs});
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

SpinDictionary::Match SpinDictionary::MatchLongest(std::span<const std::string_view> words, bool& changed) const {
  assert(!words.empty());
  std::string phrase;
  for (size_t length = std::min(kMaxPhraseWords, words.size()); length > 0; --length) {
    phrase = words.front();
    for (const std::string_view word : words.subspan(1, length - 1)) phrase.append(" ").append(word);
    const auto original = originals_.find(phrase);
    if (original == originals_.end()) continue;
    changed = true;
    return {length, original->second};
  }
  return {1, words.front()};
}

std::string SpinDictionary::Unspin(const std::vector<std::string_view>& words, bool& changed) const {
  changed = false;
  std::string text;
  for (std::span<const std::string_view> rest = words; !rest.empty();) {
    const Match match = MatchLongest(rest, changed);
    if (!text.empty()) text += ' ';
    text += match.original;
    rest = rest.subspan(match.words);
  }
  return text;
}

std::string SpinDictionary::EncodeEntries() const {
  std::string bytes;
  for (const auto& [phrases, uses] : entries_) {
    AppendBytes(bytes, phrases.first);
    AppendBytes(bytes, phrases.second);
    AppendNumbers(bytes, uses.uses, uses.pairs);
  }
  return bytes;
}

bool SpinDictionary::DecodeEntries(std::string_view bytes) {
  for (ByteReader reader(bytes); !reader.AtEnd();) {
    const auto original = reader.Bytes();
    const auto suspect = reader.Bytes();
    Uses uses;
    if (!original || !suspect || !reader.ReadNumbers(uses.uses, uses.pairs)) return false;
    entries_[{std::string(*original), std::string(*suspect)}] = uses;
  }
  return true;
}

std::string SpinDictionary::EncodePairs() const {
  std::string bytes;
  for (const uint64_t pair : learnt_pairs_) AppendNumber(bytes, pair);
  return bytes;
}

bool SpinDictionary::DecodePairs(std::string_view bytes) {
  for (ByteReader reader(bytes); !reader.AtEnd();) {
    const auto pair = reader.Read<uint64_t>();
    if (!pair) return false;
    learnt_pairs_.insert(*pair);
  }
  return true;
}

absl::StatusOr<SpinDictionary> SpinDictionary::Load(const std::string& path) {
  SpinDictionary dictionary;
  const absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (absl::IsNotFound(mapped.status())) return dictionary;
  if (!mapped.ok()) return mapped.status();
  const absl::StatusOr<SectionFile> file = SectionFile::Parse(mapped->bytes(), path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string_view> entries = file->Read(kEntries, kVersion);
  if (!entries.ok()) return entries.status();
  const absl::StatusOr<std::string_view> pairs = file->Read(kPairs, kVersion);
  if (!pairs.ok()) return pairs.status();
  if (!dictionary.DecodeEntries(*entries) || !dictionary.DecodePairs(*pairs)) return Damaged(path);
  dictionary.Index();
  return dictionary;
}

absl::Status SpinDictionary::Save(const std::string& path) const {
  const std::string entries = EncodeEntries(), pairs = EncodePairs();
  const std::array<Section, 2> sections = {Section{kEntries, kVersion, {entries}}, Section{kPairs, kVersion, {pairs}}};
  return WriteFileAtomically(path, SectionFileImage(kNoScheme, sections).chunks());
}

SpinnerLikeness CompareSpinners(const std::vector<Substitution>& a, const std::vector<Substitution>& b) {
  using Choices = std::map<std::string_view, std::map<std::string_view, uint32_t>>;  // original → suspect → uses
  const auto choices_of = [](const std::vector<Substitution>& substitutions) {
    Choices choices;
    for (const Substitution& substitution : substitutions) {
      if (IsHabit(substitution)) choices[substitution.original][substitution.suspect] += substitution.count;
    }
    return choices;
  };
  const Choices choices_of_a = choices_of(a), choices_of_b = choices_of(b);
  SpinnerLikeness likeness;
  for (const auto& [original, replacements] : choices_of_a) {
    const auto others = choices_of_b.find(original);
    if (others == choices_of_b.end()) continue;
    ++likeness.common;
    bool equal = false;
    for (const auto& [suspect, uses] : replacements) {
      const auto same = others->second.find(suspect);
      if (same == others->second.end()) continue;
      equal = true;
      likeness.shared.push_back({std::string(original), std::string(suspect), uses + same->second, 2});
    }
    likeness.equal += equal;
  }
  likeness.likeness = (likeness.equal + kPriorEqual) / (likeness.common + kPriorCommon);
  return likeness;
}

}  // namespace unspin
