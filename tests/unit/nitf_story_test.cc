#include "unspin/inputs/nitf_story.h"

#include <gtest/gtest.h>

#include "support/xml_items.h"

namespace unspin {
namespace {

using testing::Facts;
using testing::ItemOf;

TEST(NitfStoryTest, AStoryIsRead) {
  const NewsItem item = ItemOf(R"(<nitf><head><title>short</title><docdata management-status="usable">
    <doc-id id-string="id-1"/><date.issue norm="20260102T030405Z"/><date.release norm="20260103T000000Z"/>
    <ed-msg info="Note"/><du-key version="2"/><doc.copyright holder="Agency" year="2026"/>
    <doc.rights owner="Agency" limitations="print only"/></docdata><pubdata name="Daily"/></head><body>
    <body.head><hedline><hl1>The <em>head</em></hl1><hl2>Deck</hl2></hedline><byline>By <person>Ann</person></byline>
    <dateline><location>PELL</location></dateline></body.head><body.content><p>One <money>5</money>.</p>
    <media><media-caption>Caption</media-caption></media><hl2>Sub</hl2></body.content>
    <body.end><tagline>End</tagline></body.end></body></nitf>)",
                               ReadNitf);
  EXPECT_EQ(Facts(item),
            "id id-1\ntitle The head\nurl \nsite Daily\npublished 20260102T030405Z\npubstatus usable\n"
            "embargoed 20260103T000000Z\nversion 2\nednote Note\ncopyrightholder Agency\n"
            "rights Copyright 2026 Agency\nusageterms owner Agency; limitations print only\nbyline By Ann\n"
            "dateline PELL\n");
  ASSERT_EQ(item.texts.size(), 1u);
  EXPECT_EQ(item.texts[0].text, "<p>One <money>5</money>.</p>\n    <h2>Sub</h2>");
}

TEST(NitfStoryTest, WhatIsMissingStaysEmpty) {
  const NewsItem item = ItemOf("<nitf><head><title>T</title></head></nitf>", ReadNitf);
  EXPECT_EQ(Facts(item), "id \ntitle T\nurl \nsite \npublished \n");
  EXPECT_TRUE(item.texts.empty());
}

}  // namespace
}  // namespace unspin
