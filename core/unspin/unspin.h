// The public surface: articles and how they are read, archives, the engine, reports.
#pragma once

#include "unspin/article/article.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/engine.h"
#include "unspin/ingest/reader.h"
#include "unspin/report/report.h"
