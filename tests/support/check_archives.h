// Archives of whole articles in temporary folders, and checks whose report is made again from its basis.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "render/html.h"
#include "render/json.h"
#include "support/archive_files.h"
#include "support/test_folder.h"
#include "unspin/base/hash.h"
#include "unspin/engine/check_basis.h"
#include "unspin/engine/engine.h"
#include "unspin/spins/spin_dictionary.h"

namespace unspin::testing {

// Words that no other seed gives.
inline std::string MadeWords(const std::string& seed, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    std::string word = "w";
    for (uint64_t hash = Hash64(seed + std::to_string(i)); word.size() < 9; hash /= 26)
      word += static_cast<char>('a' + hash % 26);
    text += word + ' ';
  }
  return text;
}

// Everything that a report says, in both of its forms.
inline std::string Rendered(const Report& report) {
  return RenderJson(report, {true, OffsetUnit::kUtf16}) + "\n" + RenderHtml(report);
}

class CheckArchiveTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::vector<Article>& articles) {
    const auto writer = OpenWriter(folder_.Path(name));
    for (const Article& article : articles)
      ASSERT_TRUE(writer->Add(article, engine_.Fingerprints(article, workspace_)).ok());
    ASSERT_TRUE(writer->Finish().ok());
  }
  // The archive knows these replacements of a spinner.
  void Teach(const std::string& name, const std::vector<Substitution>& replacements) {
    SpinDictionary spins;
    for (const char* const pair : {"a", "b"}) {
      Report report;
      report.suspect.sha256 = std::string("suspect ") + pair;
      Finding& finding = report.findings.emplace_back();
      finding.original.sha256 = std::string("original ") + pair;
      finding.verdict = Verdict::kSpun;
      finding.log10_likelihood_ratio = SpinDictionary::kSureEvidence;
      finding.substitutions = replacements;
      ASSERT_TRUE(spins.Learn(report));
    }
    ASSERT_TRUE(spins.Save(Archive::SpinsPath(folder_.Path(name))).ok());
  }

  struct Checked {
    Report report;
    CheckBasis basis;
  };
  // Checks the suspect, and expects the same report without a basis, and from the basis alone.
  Checked Check(const std::string& name, const Article& suspect, const CheckOptions& options = {}) {
    const auto archive = OpenArchive(folder_.Path(name));
    CheckBasis basis;
    const auto report = engine_.Check(suspect, *archive, options, workspace_, &basis);
    const auto plain = engine_.Check(suspect, *archive, options, workspace_);
    EXPECT_TRUE(report.ok() && plain.ok());
    EXPECT_EQ(Rendered(*report), Rendered(*plain));
    EXPECT_EQ(Rendered(Again(suspect, basis, options)), Rendered(*report));
    return {*report, basis};
  }
  // By another thread's workspace, which knows nothing of the first check.
  Report Again(const Article& suspect, const CheckBasis& basis, const CheckOptions& options = {}) const {
    Workspace workspace(engine_);
    return engine_.CheckWithBasis(suspect, basis, options, workspace);
  }

  const TestFolder folder_;
  const Engine engine_;
  Workspace workspace_{engine_};
};

}  // namespace unspin::testing
