// Which files of a folder are no articles: what a browser saves beside a page, what a program needs, and our own files.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace unspin {

// What a walk left aside: the number of files or folders by kind, such as "css" or "report of unspin".
using LeftAside = std::map<std::string, uint64_t>;

// "12 files that are no articles (css 4, js 3, …)": the most frequent kinds first. REQUIRES: `left` is not empty.
std::string DescribeLeftAside(const LeftAside& left);

// The kind of a file that, by its name, is never an article: "css" for "page_files/a.CSS". Empty otherwise. An unknown
// extension says nothing.
std::string ForeignKindOfName(std::string_view path);

// The kind of a file of a folder that, by its first bytes, is no article. Empty if it is to be read: it may be one, or
// it is a document that may hold one, which becomes a bad record that says so. `head` is decompressed.
std::string ForeignKindOfContent(std::string_view head, std::string_view path);

// The stem of the page that a browser saved this folder with: "page" for "page_files". Empty if the name is of no such
// folder.
std::string_view PageOfCompanionFolder(std::string_view folder_name);

// Whether a file or folder of this name tells programs of the Hadoop family (Spark, Hive, Delta Lake) about the tables
// beside it: "_SUCCESS". Other names may begin with a low line: "_index.md".
bool IsTableBookkeeping(std::string_view name);

// Whether the name is one that the files of an archive have.
bool IsArchiveFileName(std::string_view name);

}  // namespace unspin
