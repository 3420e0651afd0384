#include "unspin/ingest/list_inputs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/input_files.h"

namespace unspin {
namespace {

using testing::InputFiles;

TEST(ListInputsTest, NormalPathsKeepTheirMeaning) {
  EXPECT_EQ(NormalPath("./docs//a.txt"), "docs/a.txt");
  EXPECT_EQ(NormalPath("docs/./a/"), "docs/a");
  EXPECT_EQ(NormalPath("//docs/a"), "/docs/a");
  EXPECT_EQ(NormalPath("docs/../a"), "docs/../a") << "docs may be a link";
  EXPECT_EQ(NormalPath("."), ".");
  EXPECT_EQ(NormalPath("./"), ".");
  EXPECT_EQ(NormalPath("/"), "/");
  EXPECT_EQ(NormalPath("-"), "-");
  EXPECT_EQ(NormalPath("./-"), "./-") << "- is standard input";
}

TEST(ListInputsTest, FilesThatWereNamedAreNeverLeftAside) {
  const InputFiles files;
  const auto list = ListInputs({files.Write("style.css", "p {}")});
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->files.size(), 1u);
  EXPECT_FALSE(list->files[0].folder);
}

TEST(ListInputsTest, FoldersCountWhatTheyLeaveAside) {
  const InputFiles files;
  for (const char* name : {"in/a.html", "in/a_files/x.html", "in/a_files/y.js", "in/s.css", "in/b_files/z.html"})
    files.Write(name, "x");
  const auto list = ListInputs({files.Path("in")});
  ASSERT_TRUE(list.ok());
  std::vector<std::string> paths;
  for (const InputPath& file : list->files) paths.push_back(file.path);
  EXPECT_EQ(paths, (std::vector<std::string>{files.Path("in/a.html"), files.Path("in/b_files/z.html")}));
  EXPECT_EQ(list->folders.at(0).left_aside, (LeftAside{{"css", 1}, {"file of a saved page", 2}}));
}

TEST(ListInputsTest, OnlyTheFilesOfAnArchiveAreLeftAsideBesideIt) {
  const InputFiles files;
  files.Write("in/MANIFEST", "UNSPIN\x1a\n and so on");
  files.Write("in/LOCK", "17\n");
  files.Write("in/a.txt", "x");
  files.Write("other/LOCK", "The river lock reopens.");
  const auto list = ListInputs({files.Path("in"), files.Path("other")});
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->files.size(), 2u);
  EXPECT_EQ(list->folders.at(0).left_aside, (LeftAside{{"file of an archive", 2}}));
  EXPECT_TRUE(list->folders.at(1).left_aside.empty());
}

TEST(ListInputsTest, WhatSparkWritesBesideATableIsLeftAside) {
  const InputFiles files;
  for (const char* name :
       {"in/part-0.json", "in/_SUCCESS", "in/_delta_log/0.json", "in/_delta_log/1.json", "in/_index.md"})
    files.Write(name, "x");
  const auto list = ListInputs({files.Path("in")});
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->files.size(), 2u);
  EXPECT_EQ(list->folders.at(0).left_aside, (LeftAside{{"file beside a table", 3}}));
  EXPECT_EQ(ListInputs({files.Path("in/_SUCCESS")})->files.size(), 1u) << "a file that was named";
}

TEST(ListInputsTest, ANamedPipeIsNeverWaitedFor) {
  const InputFiles files;
  files.Write("in/a.txt", "x");
  ASSERT_EQ(::mkfifo(files.Path("in/MANIFEST").c_str(), 0600), 0);
  const auto list = ListInputs({files.Path("in")});
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->files.size(), 2u);
  EXPECT_NE(list->files[0].problem.find("no regular file"), std::string::npos) << list->files[0].problem;
  EXPECT_EQ(list->files[1].path, files.Path("in/a.txt"));
}

TEST(ListInputsTest, FoldersBehindLinksAreLeftOnDemandAndFilesAreNot) {
  const InputFiles files;
  files.Write("other/far.txt", "x");
  files.Write("in/page.html", "x");
  std::filesystem::create_directory_symlink(files.Path("other"), files.Path("in/linked"));
  std::filesystem::create_directory_symlink(files.Path("other"), files.Path("in/page_files"));
  std::filesystem::create_symlink(files.Path("other/far.txt"), files.Path("in/near.txt"));
  std::filesystem::create_directory_symlink(files.Path("in"), files.Path("root"));
  const auto followed = ListInputs({files.Path("in")});
  const auto left = ListInputs({files.Path("root")}, {.follow_folder_links = false, .is_stopped = {}});
  ASSERT_TRUE(followed.ok() && left.ok());
  EXPECT_EQ(followed->folders.at(0).entered.size(), 2u);
  EXPECT_EQ(left->folders.at(0).entered, std::vector<std::string>{files.Path("root")}) << "a link that was named";
  ASSERT_EQ(left->files.size(), 3u);
  EXPECT_NE(left->files[0].problem.find("not followed"), std::string::npos);
  EXPECT_EQ(left->files[1].path + left->files[1].problem, files.Path("root/near.txt"));
}

TEST(ListInputsTest, AListingEndsWhereItIsStopped) {
  const InputFiles files;
  for (int i = 0; i < 100; ++i) files.Write("in/f" + std::to_string(i) + "/a.txt", "x");
  for (const int last : {1, 50, 150}) {  // before the folder, among its names, below it
    int asked = 0;
    const auto list =
        ListInputs({files.Path("in")}, {.follow_folder_links = true, .is_stopped = [&] { return ++asked >= last; }});
    EXPECT_TRUE(absl::IsCancelled(list.status()));
    EXPECT_LE(asked, last + 3) << "it went on";
  }
}

}  // namespace
}  // namespace unspin
