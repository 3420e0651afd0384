// English: phrases of ZoneCue, as the tokenizer spells their words: hyphens are spaces.
#include <string_view>

#include "unspin/language/english_phrases.h"
#include "unspin/language/word_set.h"

namespace unspin {
namespace {

constexpr std::string_view kPollError =
    "margin of error of, margin of error is, margin of error was, margin of error for, margin of error at, margin "
    "of error plus, margin of sampling error, sampling error, sampling errors, error margin of, error of plus, plus "
    "or minus, credibility interval, confidence level of, margins of error, statistical margin, "
    "confidence interval";
constexpr std::string_view kPollMethod =
    "was conducted, were conducted, conducted by, conducted from, conducted between, conducted on, conducted "
    "online, landline, landlines, cellphone, cellphones, cell phone, cell phones, cellular, by telephone, by phone, "
    "telephone interviews, live interviewers, were interviewed, interviews with, interviewed, random sample, "
    "randomly selected, random digit, weighted, representative sample, surveyed, online survey, telephone survey, "
    "telephone poll, sample of, subgroups, sample size, nationally representative, was taken, taken by, were "
    "polled, polled, was carried out, fieldwork, probability based, online panel, questioned";
constexpr std::string_view kPollSample =
    "registered voters, likely voters, adults, respondents, caucus goers, primary voters, eligible voters, "
    "respondent, adults nationwide, households, likely caucusgoers, interviewees, voters nationwide";
constexpr std::string_view kContacts =
    "follow him on, follow her on, follow me on, follow them on, follow us on, follow on twitter, on twitter at, on "
    "twitter, can be reached, be reached at, reach him at, reach her at, reach me at, email him at, email her at, "
    "email me at, e mail him at, you can follow, you may follow, you can contact, write to him, write to her, "
    "contact him, contact her, contact the author, more about, his latest book, her latest book, his new book, her "
    "new book, his most recent book, her most recent book, latest book is, author of the book, this article "
    "originally, he tweets, she tweets, he tweets at, she tweets at, is on twitter, his column, her column, lives "
    "in, he lives, she lives, based in, is the author, books include, twitter com, syndicate, syndicated, his "
    "podcast, her podcast, he hosts, she hosts, he covers, she covers, he writes, she writes, he previously, she "
    "previously, he served as, she served as, forthcoming book, author most recently";
constexpr std::string_view kSubscription =
    "your inbox, sign up here, sign up today, sign up now, signing up, email sign up, newsletter sign up, subscribe "
    "to our, subscribe to the, subscribe here, subscribe now, subscribe today, subscribe on, click here to, click "
    "here for, click to get, click for more, recaptcha, support our, our newsletter, our newsletters, download our, "
    "opt out at any time, unsubscribe at any time, unsubscribe, become a member, becoming a member, becoming a "
    "subscriber, become a subscriber, support our journalism, support independent, reader supported, make a "
    "donation, donate today, donate now, a contribution today, continue reading the main story, manage newsletters, "
    "apple podcasts, at itunes, our podcast, our podcasts, invalid email address, you must select a newsletter, "
    "contribute today, financial contribution, already a subscriber, subscribers only, join the conversation, "
    "wherever you listen, wherever you get your podcasts, get all the latest, breaking news alerts, our free, daily "
    "newsletters, opinion newsletter, free newsletter, daily newsletter, weekly newsletter, morning newsletter, "
    "like us on facebook, follow us on, our youtube channel, subscription today, start your subscription, your "
    "subscription, newsletter here, membership drive, cancel anytime, cancel at any time, free trial, supporting "
    "our, add as an interest, get the latest news, get the latest from, the news app, get our app, have a tip, got "
    "a tip, send a tip, sign up to receive, promo code, share this article, our special edition newsletter, our "
    "coronavirus coverage, get breaking news, get real time";
constexpr std::string_view kSubscriptionHints =
    "newsletter, newsletters, subscribe, subscriber, subscribers, subscription, sign up, inbox, podcast, itunes, "
    "spotify, stitcher, email address, app, privacy policy, terms of service, donate, our readers, our journalism, "
    "our coverage, our reporting, alerts, updates from, for free, click here, member, membership, every morning, "
    "weekday mornings, sent to, share this article, our mission, readers like you, contribution, promotional, "
    "promotions, sign up for, subscribe to, paywall, paywalls, join us on, chip in, on itunes, get the latest, "
    "download the, delivered to, mobile app, alerts from, let us know, email us, tell us, join our, get in touch, "
    "catch up on, watch the latest, tune into, tune in, follow us, follow, download, visit, check out, want to "
    "support, support progressive, we aim to, our staff, our most important, our audience, this moment, facebook "
    "community, latest issue, for more from, thank you for signing up, send us, contact me, write to";
constexpr std::string_view kLegal =
    "forward looking statements, forward looking statement, undue reliance, no obligation to update, undertakes no "
    "obligation, undertake no obligation, speak only as of, safe harbor, materially different, differ materially, "
    "known and unknown risks, risks and uncertainties, future events or otherwise, except as required by law, "
    "securities laws, private securities litigation, personal data, our partners, use cookies, uses cookies, "
    "cookies and, cookie policy, privacy policy, privacy notice, terms of use, terms of service, terms and "
    "conditions, your preferences, your consent, you consent, to consent, personalised advertising, personalized "
    "advertising, personalised ads, personalized ads, targeted advertising, legitimate interest, views expressed, "
    "opinions expressed, do not necessarily reflect, does not necessarily reflect, do not necessarily represent, "
    "not necessarily those of, are those of the author, those of the author, do not represent the views, general "
    "purposes only, for informational purposes, information purposes, informational purposes only, investment "
    "advice, not constitute, past performance, future results, reliable indicator, no representation, "
    "representation or warranty, express or implied, no liability, accepts no liability, not be liable, offer to "
    "sell, to buy or sell, buy or to sell, nonprofit newsroom, non profit newsroom, nonprofit news, non profit "
    "news, independent news, independent newsroom, independent local news, independent nonprofit, independent "
    "journalism, news organization that, owned by our readers, comments are moderated, comments are open, community "
    "guidelines, comment policy, commenting policy, write to us, available without charge, licensing opportunities, "
    "rush transcript, rush deadline, final form, may be updated or revised, authoritative record, accuracy and "
    "availability, non gaap, gaap financial measures, adjusted operating profit, incorporated by reference, annual "
    "report filed, form 10 k, form 10 q, is a leading provider, leading provider of, for more information visit, "
    "for further information, submission guidelines, submit a letter, board of contributors, affiliate commission, "
    "affiliate links, may earn a commission, earn a commission, by clicking, using this site, this site is "
    "protected, data protection, trademark of, trademarks of, registered trademark, about the company, about us, "
    "investor relations, media contact, press contact, unique identifiers, device scanning, precise location data, "
    "ad and content, editorially independent, editorial independence, editorial control, supported by a grant, "
    "funded by a grant, standards and practices, code of ethics, ethics policy, corrections policy, had no role in "
    "the, considered in isolation, consolidated statements, has been updated, was updated at, this article is more "
    "than, updated at, solely responsible for, receives support for, as a public service, suggest a correction, is "
    "separate from the, separate from the news, opinions are decided by, we encourage readers, readers who wish, "
    "you can also contact us, a diversity of letters, our material, playback is unsupported, pitch us at";
constexpr std::string_view kLegalHints =
    "cookies, consent, privacy, disclaimer, advertising, disclosure, partners, device, preferences, processing, "
    "statements, uncertainties, factors, anticipate, estimate, expect, intend, believe, liability, warranty, "
    "completeness, accuracy, adviser, advisor, securities, regulator, accounting standards, columnists, column, "
    "author, columnist, contributor, contributors, channel, publisher, our readers, our journalism, our reporting, "
    "newsroom, nonprofit, non profit, founded in, headquartered in, based in, website, further information, visit, "
    "https, www, http, tips, corrections, moderated, permission, publishers, licensing, transcripts, transcript, "
    "readers, member, contractor, purposes, advice, measures, management believes, this release, press release, "
    "readers are cautioned, contact us, editorial board, actual results, any loss, in isolation, reconciliation of, "
    "substitute for, legal advice, solicitation, this website, are his own, are her own, nonprofit organization, "
    "are their own, this story, this report, this article, this post, this piece, correction, editorials, "
    "editorial, comment on, our facebook, all content, fact check, newsletter, news staff, our coverage";
constexpr std::string_view kCaptions =
    "getty images, ap photo, photo by, photos by, photograph by, photo credit, photo courtesy, photos courtesy, "
    "image courtesy, courtesy of, file photo, photo provided, handout photo, in this photo, in this file, in this "
    "image, in this undated, in this photograph, in this frame, in this video, pool photo, image caption, toggle "
    "caption, hide caption, show caption, enlarge this image, image copyright, media caption, image source, "
    "shutterstock, afp getty, via ap, via reuters, via getty, via afp, associated press photo, reuters photo, staff "
    "photo, image credit, ap file, bloomberg photo, screenshot, screen grab, screengrab, times photo, zuma press, "
    "sipa usa, wikimedia commons, epa efe";
constexpr std::string_view kCaptionHints =
    "pictured, is seen, are seen, was seen, is shown, are shown, is pictured, are pictured, looks on, look on, "
    "speaks during, speaks at, speaks to, talks to, arrives at, arrives for, walks to, waves to, stands with, from "
    "left, at left, at right, left and, right and, second from, photo, photos, image, this photo, delivers remarks, "
    "during a news conference, caption, gallery, slideshow, poses, reacts, hold signs, photographer";
constexpr std::string_view kIntroductions =
    "statement, statements, letter, tweet, tweets, tweeted, tweeting, retweeted, memo, memorandum, email, e mail, "
    "message, transcript, full text, text of, reads, posted, facebook post, wrote, as follows, excerpt, excerpts, "
    "remarks, testimony, press release, news release, resolution, executive order, proclamation, complaint, "
    "affidavit, indictment, on twitter, took to twitter, instagram, truth social, readout, op ed, email to, lyrics, "
    "verse, prayer, oath, blog post, provides, excerpt from";
constexpr std::string_view kSalutations =
    "dear, to the editor, to whom it may concern, my fellow, ladies and gentlemen, your honor, fellow citizens, to "
    "my colleagues, colleagues, friends, team";
constexpr std::string_view kSignatures =
    "sincerely, sincerely yours, yours truly, yours sincerely, yours faithfully, respectfully, respectfully "
    "submitted, respectfully yours, best regards, kind regards, warm regards, regards, best wishes, with gratitude, "
    "gratefully, in solidarity, cordially, very truly yours, god bless you, with love, love, warmly, yours, thank "
    "you";
constexpr std::string_view kLaws =
    "shall, shall be, shall not, hereby, herein, hereinafter, hereto, thereof, therein, thereto, thereunder, "
    "pursuant to, notwithstanding, subsection, subparagraph, provided that, provides that, for the purposes of, may "
    "be used only, is amended, be it enacted, whereas, set forth, any person who, such person, no person, "
    "prescribed by, under this section, of this section, of this act, united states code, u.s.c, aforesaid, "
    "referred to in the, in the annex, described in the annex, an act to, a bill to, for other purposes";
constexpr std::string_view kRelatedLinks =
    "photos, photo gallery, gallery, video, watch, related, related story, related stories, related article, "
    "related articles, related coverage, related content, see also, also see, read also, also read, read more, read "
    "next, read this next, more, more from, also on politico, recommended, you might also like, you may also like, "
    "don't miss, special coverage, see more, watch also, also watch, listen, trending, must read, opinion, click "
    "here, full coverage, slideshow, graphic, interactive, poll, quiz, further reading";

// By which no phrase is looked up that has another word.
constexpr std::string_view kFrequent[] = {
    "about", "also", "any",   "are",  "during", "for", "from",  "have",   "here", "his",  "her",  "in",    "into",
    "is",    "like", "more",  "news", "not",    "of",  "on",    "only",   "our",  "out",  "own",  "right", "states",
    "that",  "the",  "their", "this", "time",   "to",  "today", "united", "was",  "were", "with", "you",   "your",
};

}  // namespace

Phrases<ZoneCue> EnglishZoneCues() {
  return Phrases<ZoneCue>(
      {
          {ZoneCue::kPollError, kPollError},
          {ZoneCue::kPollMethod, kPollMethod},
          {ZoneCue::kPollSample, kPollSample},
          {ZoneCue::kContact, kContacts},
          {ZoneCue::kSubscription, kSubscription},
          {ZoneCue::kSubscriptionHint, kSubscriptionHints},
          {ZoneCue::kLegal, kLegal},
          {ZoneCue::kLegalHint, kLegalHints},
          {ZoneCue::kCaption, kCaptions},
          {ZoneCue::kCaptionHint, kCaptionHints},
          {ZoneCue::kIntroduction, kIntroductions},
          {ZoneCue::kSalutation, kSalutations},
          {ZoneCue::kSignature, kSignatures},
          {ZoneCue::kLaw, kLaws},
          {ZoneCue::kRelated, kRelatedLinks},
      },
      WordSet(kFrequent));
}

}  // namespace unspin
