#include "unspin/inputs/mime_parts.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

std::vector<std::string> Bodies(const std::string& message) {
  std::vector<std::string> bodies;
  for (const MimePart& part : MimeParts(ReadMimePart(message))) bodies.emplace_back(part.body);
  return bodies;
}

using Expected = std::vector<std::string>;

TEST(MimePartsTest, ParametersMayBeQuotedOrNot) {
  EXPECT_EQ(MimeParameter("text/html; charset=utf-8", "charset"), "utf-8");
  EXPECT_EQ(MimeParameter(R"(a/b; x="c;d\"e" ;flag; Boundary = "q" )", "boundary"), "q");
  EXPECT_EQ(MimeParameter(R"(a/b; x="c;d\"e")", "x"), "c;d\"e");
  EXPECT_EQ(MimeParameter("a/b; charset=", "charset"), "");
  EXPECT_EQ(MimeParameter("a/b; x", "x"), "");
  EXPECT_EQ(MimeType(" Text/HTML ; a=b"), "text/html");
}

TEST(MimePartsTest, PartsAreWhatStandsBetweenBoundaries) {
  for (const std::string end : {"\n", "\r\n"}) {
    std::string message =
        "Content-Type: multipart/related;\n\tboundary=\"=_b\"\n\npreamble\n--=_b\nA: 1\n\none\n--=_bc\n--=_b  \n\ntwo\n"
        "--=_b--\nepilogue\n--=_b\n\nno\n";
    for (size_t at = message.find('\n'); at != std::string::npos; at = message.find('\n', at + end.size()))
      message.replace(at, 1, end);
    EXPECT_EQ(Bodies(message), (Expected{"one" + end + "--=_bc", "two"}));
  }
}

TEST(MimePartsTest, APartThatIsCutOffReachesToTheEnd) {
  EXPECT_EQ(Bodies("Content-Type: multipart/related; boundary=b\n\n--b\n\none\n--b\n\ntwo"), (Expected{"one", "two"}));
}

TEST(MimePartsTest, ABoundaryHasNoLineEnd) {
  EXPECT_EQ(Bodies("Content-Type: multipart/related; boundary=\"b\r\"\n\n--b\r\n\none\n--b\r\n"), Expected{});
}

TEST(MimePartsTest, PartsOfPartsAreFound) {
  EXPECT_EQ(
      Bodies("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n"
             "--c\n\none\n--c\n\ntwo\n--c--\n--b\n\nthree\n--b--\n"),
      (Expected{"one", "two", "three"}));
}

TEST(MimePartsTest, AMessageWithoutABoundaryHasNoParts) {
  EXPECT_EQ(Bodies("Content-Type: text/html\n\n--b\n\none\n"), Expected{});
  EXPECT_EQ(ReadMimePart("Content-Type: text/html\n\none").body, "one");
  EXPECT_EQ(ReadMimePart("\r\none").body, "one");
}

TEST(MimePartsTest, QuotedPrintableIsDecoded) {
  EXPECT_EQ(DecodeQuotedPrintable("a=C3=a9 b=\nc=\r\nd= \t\ne"), "a\xc3\xa9 bcde");
  EXPECT_EQ(DecodeQuotedPrintable("a=zz b=4 c="), "a=zz b=4 c") << "what is no code stays";
}

TEST(MimePartsTest, BodiesAreDecodedByTheirEncoding) {
  const auto decoded = [](const std::string& header, const std::string& body) {
    return DecodeMimeBody(ReadMimePart(header + "\n\n" + body));
  };
  EXPECT_EQ(decoded("Content-Transfer-Encoding: BASE64", "aGVs\r\nbG8=\r\n"), "hello");
  EXPECT_EQ(decoded("Content-Transfer-Encoding: quoted-printable", "a=20"), "a ");
  EXPECT_EQ(decoded("Content-Transfer-Encoding: 8bit", "a=20"), "a=20");
  EXPECT_EQ(decoded("A: b", "a=20"), "a=20");
  EXPECT_EQ(decoded("Content-Transfer-Encoding: base64", "a*"), std::nullopt);
  EXPECT_EQ(decoded("Content-Transfer-Encoding: x-own", "a"), std::nullopt);
}

}  // namespace
}  // namespace unspin
