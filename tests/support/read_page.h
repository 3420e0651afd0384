// One web page, from memory, as the reader reads it.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"

namespace unspin::testing {

inline Record ReadPage(const std::string& bytes) {
  ReaderOptions options;
  options.format = InputFormatNamed("html");
  return ArticleFromBytes(bytes, "page.html", options);
}

inline Article PageArticle(const std::string& bytes) {
  Record record = ReadPage(bytes);
  if (auto* bad = std::get_if<BadRecord>(&record)) {
    ADD_FAILURE() << bad->message;
    return {};
  }
  return std::get<Article>(std::move(record));
}

inline std::string PageText(const std::string& bytes) { return PageArticle(bytes).text; }

inline std::string Repeated(const std::string& part, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += part;
  return all;
}

// A page as news sites make them: an article among navigation, advertisements and comments.
inline constexpr char kNewsPage[] = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Council approves bridge | The Daily</title>
<meta property="og:title" content="Council approves the &ldquo;new&rdquo; bridge">
<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://daily.example/bridge?a=1&amp;b=2">
<meta property="article:published_time" content="2024-03-05T08:00:00Z">
<style>p { color: red }</style><script>var x = "<p>Not text, not text, not text, not text at all.</p>";</script></head>
<body class="page with-sidebar">
<header class="masthead"><a href="/">The Daily</a><p>Your town, every day, since 1889, in print and online, for all
of us.</p></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Council approves the new bridge</h1><p class="byline">By Ann Writer</p>
<figure><img src="x.jpg"><figcaption>The old bridge, seen from the north bank, in the winter of last
year.</figcaption></figure>
<p>The council   voted on
Tuesday to build a caf&eacute;-lined bridge, ending a debate that has run for <b>ten</b> years &amp; more.</p>
<div class="ad-slot">Advertisement: buy now, pay later, and save a lot of money, today only, at our shop.</div>
<p>&ldquo;We&rsquo;re glad,&rdquo; said the mayor, who had
<a href="/q">asked</a> for the vote. Caf<i>é</i> owners 😀 cheered.</p>
<aside class="related"><h3>Related</h3><p>Another long story about the bridge, its cost, its builders, and its
future.</p></aside>
<blockquote>Nothing lasts, but bridges come close, the engineer added.<br><br>She smiled.</blockquote>
<p>&copy; 2024 The Daily. All rights reserved.</p>
<footer><a href="/tag">bridge</a> <p>Copyright The Daily Ltd.</p><p>Share this story with your friends, your family,
and others.</p></footer></article>
<section id="comments"><h2>Comments</h2><p>I think this is wrong, and I have said so before, many times, to everyone
I know.</p></section></main>
<aside><p>Most read: a story, another story, a third story, and a fourth one for good measure.</p></aside>
<footer><p>The Daily is published by Daily Ltd, registered in England, number 1, all rights kept.</p></footer>
</body></html>)";

}  // namespace unspin::testing
