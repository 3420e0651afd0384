// Compares a suspect article with an original one: prints the verdict, its probability, and the words replaced.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "unspin/unspin.h"

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

int main(int argc, char** argv) try {
  if (argc != 3) throw std::runtime_error("usage: compare ORIGINAL SUSPECT");
  unspin::Article original, suspect;
  original.text = ReadFile(argv[1]);
  suspect.text = ReadFile(argv[2]);

  const unspin::Engine engine;
  unspin::Workspace workspace(engine);  // one for each thread
  const unspin::Report report = engine.Compare(original, suspect, unspin::CheckOptions(), workspace);
  const unspin::Finding& finding = report.findings.front();
  std::printf("%s, probability %.4f\n", unspin::Name(finding.verdict), finding.probability);
  for (const unspin::Substitution& replaced : finding.substitutions) {
    std::printf("%s -> %s\n", replaced.original.c_str(), replaced.suspect.c_str());
  }
} catch (const std::exception& problem) {
  std::fprintf(stderr, "%s\n", problem.what());
  return 2;
}
