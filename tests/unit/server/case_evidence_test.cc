#include "server/case_evidence.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "evidence/basis_json.h"
#include "server/case_views.h"
#include "server/read_body.h"
#include "server/suspect_check.h"
#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/engine/archive_writer.h"

namespace unspin::server {
namespace {

const Who kAna{"Ana Reader"};

std::string Sample(const std::string& kind) { return testing::ReadSample("vent-field", kind + ".txt"); }

// A service on an archive of one article, and a case of a spun copy of it.
class CaseEvidenceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE((*ArchiveWriter::Open(folder_.Path("archive")))->Finish().ok());
    ServiceOptions options;
    options.archive = folder_.Path("archive");
    auto service = Service::Open(options);
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    AddArticle("vent-field", Sample("original"));
    id_ = OpenCase(Sample("spun"));
  }

  void AddArticle(const std::string& id, const std::string& text) {
    Article article;
    article.id = id;
    article.text = text;
    ASSERT_TRUE(service_->AddArticles({article}).ok());
  }

  int64_t OpenCase(const std::string& text) {
    Workspace workspace(service_->engine());
    auto read = ReadBody(text, {"text/plain", "-", text.size()});
    auto checked = CheckNewCase(*service_, std::get<ReadArticle>(std::move(read)), workspace);
    EXPECT_TRUE(checked.ok()) << checked.status();
    NewCase made;
    made.bytes = text;
    made.content_type = "text/plain";
    made.text = checked->text;
    made.report = RenderJson(checked->report, checked->json);
    const auto opened = service_->desk().OpenCase(made, kAna);
    EXPECT_TRUE(opened.ok()) << opened.status();
    KeepReport(*service_, opened->row.id, *checked);
    return opened->row.id;
  }

  Case Get() { return *service_->desk().GetCase(id_); }
  absl::StatusOr<evidence::Evidence> Made() {
    Workspace workspace(service_->engine());
    return EvidenceOf(*service_, Get(), workspace);
  }

  testing::TestFolder folder_;
  std::unique_ptr<Service> service_;
  int64_t id_ = 0;
};

TEST_F(CaseEvidenceTest, ReportIsThatOfTheCase) {
  const auto made = Made();
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->report_json, Get().report);
  EXPECT_EQ(RenderJson(made->report, made->json), Get().report);
  EXPECT_EQ(made->suspect_file.bytes, Get().suspect.bytes);
  EXPECT_EQ(made->log.size(), 1u);
}

TEST_F(CaseEvidenceTest, ChangedArchiveChangesNothing) {
  const std::string before = Made()->report_json;
  AddArticle("again", Sample("spun"));
  ASSERT_TRUE(*service_->RemoveArticle("vent-field"));
  const auto made = Made();
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->report_json, before);
  EXPECT_EQ(made->report.findings.at(0).original.id, "vent-field");
}

TEST_F(CaseEvidenceTest, WithoutWhatWasKeptTheArchiveMustBeTheSame) {
  service_->views().Remove(id_);
  EXPECT_TRUE(Made().ok());
  EXPECT_TRUE(service_->views().HasBasis(id_, Get().row.report));
  service_->views().Remove(id_);
  AddArticle("again", Sample("spun"));
  EXPECT_EQ(Made().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(CaseEvidenceTest, BasisThatGivesAnotherReportIsRefused) {
  CheckBasis other;
  other.archive = ArchiveIdentity{"0000", 1, true};
  ASSERT_TRUE(service_->views().SaveBasis(id_, Get().row.report, evidence::RenderBasis(other, true)).ok());
  EXPECT_EQ(Made().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(CaseEvidenceTest, ErasedCaseHasNone) {
  ASSERT_TRUE(service_->desk().EraseText(id_, kAnyRevision, "asked", kAna).ok());
  EXPECT_EQ(Made().status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST_F(CaseEvidenceTest, NothingOfAnErasedCaseIsKeptAgain) {
  const Case before = Get();
  Workspace workspace(service_->engine());
  const auto checked = CheckCase(*service_, before, {}, workspace);
  ASSERT_TRUE(service_->desk().EraseText(id_, kAnyRevision, "asked", kAna).ok());
  service_->views().Remove(id_);
  KeepReport(*service_, id_, *checked);
  EXPECT_FALSE(service_->views().HasBasis(id_, before.row.report));
}

TEST_F(CaseEvidenceTest, LicenceRulesOfTodayAreWithIt) {
  EXPECT_TRUE(Made()->licences.empty());
  LicenceRule rule;
  rule.site = "copies.example";
  ASSERT_TRUE(service_->desk().AddLicence(rule, kAna).ok());
  const auto made = Made();
  const auto licensed = LicensedReport(*service_, *made);
  ASSERT_TRUE(licensed.ok());
  EXPECT_FALSE(made->report.findings.at(0).licence.has_value());
  EXPECT_TRUE(licensed->findings.at(0).licence.has_value());
}

}  // namespace
}  // namespace unspin::server
