// The words and phrases by which a language's speech, documents, notices, credits, menus and standing paragraphs are
// recognized.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "unspin/language/phrases.h"
#include "unspin/language/word_set.h"
#include "unspin/language/word_tags.h"

namespace unspin {

// Lists of words.
enum class ZoneWord : uint32_t {
  kNavigation,    // menus and share bars are made of these
  kNotice,        // notices are made of these; spinners change some of them, never all
  kPlainNotice,   // those of kNotice that seldom occur in stories: any two say that a sentence is a notice
  kCreditLabel,   // before a colon, and before the name of whom a picture or a story comes from: "photo"
  kCreditWork,    // what reporters do, before "by" and their names: "editing"
  kOrigin,        // before ZoneWords::published: "originally"
  kContribution,  // begins ZoneWords::contributed_to
  kAgency,        // news and picture agencies
  kPictureAgency,
  kStoryNoun,    // what a story calls itself: "article"
  kFirstPerson,  // subjects and possessives of the first person: "I", "our"
  kSecondPerson,
  kSpeechVerb,  // "said"
  kMonth,
  kProvision,  // what parts of laws are called: "section"
  kRole,       // what writers are, in the sentence about themselves: "columnist"
  kOffice,     // what others are who write now and then: "professor"
};

// Lists of phrases. What kind of paragraph one is, several different phrases of its lists decide, never one.
enum class ZoneCue : uint8_t {
  kPollError,         // "plus or minus"
  kPollMethod,        // "by telephone"
  kPollSample,        // "registered voters"
  kContact,           // how to reach a writer: "follow her on"
  kSubscription,      // seldom elsewhere: "your inbox"
  kSubscriptionHint,  // elsewhere too: "newsletter"
  kLegal,             // seldom elsewhere: "undue reliance"
  kLegalHint,         // elsewhere too: "cookies"
  kCaption,           // seldom elsewhere: "getty images"
  kCaptionHint,       // elsewhere too: "is seen"
  kIntroduction,      // before a colon and a document: "the full statement"
  kSalutation,        // begins a letter: "dear"
  kSignature,         // ends one: "sincerely"
  kLaw,               // "shall"
  kRelated,           // begins a link to another story: "see also"
};
inline constexpr size_t kZoneCues = 15;

struct ZoneWords {
  WordTags<ZoneWord> tags;
  Phrases<ZoneCue> cues;
  WordSet by;                            // begins a byline, and is before the names in a credit: "by"
  WordSet of;                            // in "2 of 24", the number of a gallery's picture
  WordSet player_buttons;                // print in capitals in front of a video's caption: "CLOSE"
  WordSet the;                           // definite articles, which may be there instead of a name
  WordSet copyright;                     // a short sentence that begins with it is a notice
  WordSet copyright_mark;                // begins another notice below a notice: "copyright", and "c" of "(c)"
  WordSet pronouns;                      // of the third person: who said it
  WordSet no_speakers;                   // begin a line with a colon, and are nobody's name: "photos"
  WordSet questions;                     // label questions and answers: "Q"
  WordSet is;                            // between a writer's name and role
  WordSet elisions;                      // words that an apostrophe begins, spelled without it: "'em"
  WordSet published;                     // behind kOrigin: "This article was originally published by …"
  std::vector<uint64_t> contributed_to;  // word hashes of a phrase before kStoryNoun: "contributed to this"
};

}  // namespace unspin
