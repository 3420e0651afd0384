// Character sets by their labels, and their bytes as UTF-8.
#include "unspin/charset/charset_table.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(CharsetTableTest, ALabelLeadsToTheSetThatBrowsersRead) {
  EXPECT_EQ(CharsetOfLabel("Latin1")->name, "windows-1252");
  EXPECT_EQ(CharsetOfLabel("x-sjis")->name, "shift_jis");
  EXPECT_EQ(CharsetOfLabel("windows-1258")->name, "windows-1258");
  EXPECT_EQ(CharsetOfLabel(""), nullptr);
}

TEST(CharsetTableTest, EverySetOfTheTableIsConverted) {
  for (const char* name :
       {"windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",   "windows-1256",
        "windows-1257", "windows-1258", "windows-874",  "macintosh",    "x-mac-cyrillic", "iso-8859-2",
        "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-13",    "iso-8859-15",
        "koi8-r",       "koi8-u",       "ibm850",       "ibm852",       "ibm866",         "gb18030",
        "big5",         "shift_jis",    "euc-jp",       "iso-2022-jp",  "euc-kr"}) {
    EXPECT_EQ(ConvertFrom(CharsetNamed(name), "plain"), "plain") << name;
  }
}

TEST(CharsetTableTest, NoConverterIsMissingOnThisMachine) { EXPECT_EQ(MissingConverter(), ""); }

TEST(CharsetTableTest, BrokenBytesAreCountedAndReplaced) {
  uint32_t broken = 0;
  EXPECT_EQ(ConvertFrom(kUtf8,
                        "a\xff"
                        "b\xe2\x80 c\xc3\xa9",
                        &broken),
            "a\ufffdb\ufffd c\u00e9");
  EXPECT_EQ(broken, 2u);
  EXPECT_EQ(ConvertFrom(kUtf8, std::string(200'000, 'x') + "\xff", &broken)->size(), 200'003u);
  EXPECT_EQ(broken, 1u);
}

}  // namespace
}  // namespace unspin
