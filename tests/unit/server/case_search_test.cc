#include "server/case_search.h"

#include <gtest/gtest.h>

namespace unspin::server {
namespace {

TEST(SearchExpressionTest, AllWordsMustOccur) {
  EXPECT_EQ(SearchExpression("harbour crane "), "\"harbour\" AND \"crane\"");
}

TEST(SearchExpressionTest, LastWordMayBeTheBeginningOfOne) {
  EXPECT_EQ(SearchExpression("harbour cra"), "\"harbour\" AND \"cra\"*");
  EXPECT_EQ(SearchExpression("cr"), "\"cr\"");
  EXPECT_EQ(SearchExpression("cra "), "\"cra\"");
}

TEST(SearchExpressionTest, QuotedWordsStayTogether) {
  EXPECT_EQ(SearchExpression("a \"harbour crane\" b"), "\"a\" AND \"harbour crane\" AND \"b\"");
  EXPECT_EQ(SearchExpression("\"harbour crane\""), "\"harbour crane\"");
}

TEST(SearchExpressionTest, OperatorsAreWords) {
  EXPECT_EQ(SearchExpression("NOT title:x* "), "\"NOT\" AND \"title:x*\"");
}

TEST(SearchExpressionTest, NothingWithoutAWord) {
  for (const char* typed : {"", " ", "\"\"", "--", "* ( )"}) EXPECT_EQ(SearchExpression(typed), "") << typed;
}

}  // namespace
}  // namespace unspin::server
