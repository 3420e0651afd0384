// The public surface: articles and how they are read, archives, the engine, reports.
#pragma once

#if __cplusplus < 202002L
#error "unspin needs C++20: compile with -std=c++20, or in CMake link to unspin::core, which asks for it"
#else
#include "unspin/article/article.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/index_articles.h"
#include "unspin/ingest/reader.h"
#include "unspin/report/report.h"
#endif
