// What a page says first: the verdict, who is compared with whom, and what is damaged.
#pragma once

#include <string>

#include "unspin/report/report.h"

namespace unspin::html {

std::string Masthead(const Report& report);

// "version 2, " where the report names several versions of the article, else empty.
std::string VersionIfMany(const Report& report, const ArticleCard& original);

// "page.html, record 17"; plain text.
std::string SourceOf(const ArticleCard& card);

// The ids of the sections that the summary leads to.
inline constexpr const char* kNoticesId = "unspin-notices";
inline constexpr const char* kAlertsId = "unspin-alerts";
std::string FactsId(size_t finding);
std::string CreditId(size_t finding);
std::string LicenceId(size_t finding);

}  // namespace unspin::html
