// The whole public surface: engine, options, articles, report.
#pragma once

#include "unspin/dedup/deduplicator.h"
#include "unspin/dedup/shingle_file.h"
#include "unspin/dedup/stages.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/engine.h"
#include "unspin/engine/sketch_file.h"
#include "unspin/ingest/article.h"
#include "unspin/ingest/reader.h"
#include "unspin/report/report.h"
#include "unspin/spins/spin_dictionary.h"
