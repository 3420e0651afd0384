// The groups of functions that the module has, each bound in a file of its own.
#pragma once

#include <nanobind/nanobind.h>

namespace unspin::python {

void BindJudge(nanobind::module_& module);    // compare, align, HeldReport
void BindArchive(nanobind::module_& module);  // Archive, AuditStream
void BindDedup(nanobind::module_& module);    // Clusters
void BindSketch(nanobind::module_& module);   // SketchStream, similarity

}  // namespace unspin::python
