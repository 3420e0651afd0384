// What an archive finds an article by, made of its words: the sketch, and anchors for runs of words.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/sketch/sketch.h"

namespace unspin {

// Scratch memory.
struct ShingleBuffers {
  std::vector<uint32_t> elements;
  std::vector<uint64_t> sample;
  Anchors runs;
};

// The sketch of the shingles that FoldShingles made.
Sketch SketchOf(std::span<const uint32_t> elements);

// The hash of the anchor for a run of five words.
uint64_t RunAnchorHash(uint64_t run);

// Adds anchors for one run of five words in 32, chosen by its hash (FracMinHash: Irber and others 2022): a suspect that
// took a passage has some of them. Returns the sketch of all runs, and leaves in `buffers.sample` those that IsSampled.
Sketch SketchAndAddRuns(const std::vector<uint64_t>& words, Anchors& anchors, ShingleBuffers& buffers);

}  // namespace unspin
