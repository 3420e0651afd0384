# Installs the library for other projects: the public headers, package files for CMake (find_package(unspin), then link to
# unspin::core and unspin::render) and for pkg-config (unspin, unspin-render), and the licence.
include_guard(GLOBAL)
include(CMakePackageConfigHelpers)

# The headers that unspin/unspin.h includes, and those of the writers of reports. tests/cli/install_test.py compiles each.
set(core_headers
  align/operation.h article/article.h base/span.h engine/archive.h engine/archive_writer.h engine/engine.h
  engine/index_articles.h ingest/reader.h records/reader_options.h records/record.h report/report.h unspin.h)
set(render_headers findings_csv.h html.h json.h offsets.h report_line.h text.h)
foreach(header ${core_headers})
  get_filename_component(folder ${CMAKE_INSTALL_INCLUDEDIR}/unspin/${header} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/core/unspin/${header} DESTINATION ${folder} COMPONENT development)
endforeach()
list(TRANSFORM render_headers PREPEND ${PROJECT_SOURCE_DIR}/tools/render/)
install(FILES ${render_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/unspin/render COMPONENT development)
install(TARGETS unspin_render EXPORT unspin ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/unspin)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/unspinConfig.cmake.in ${PROJECT_BINARY_DIR}/unspinConfig.cmake
  INSTALL_DESTINATION ${package_folder})
# Before 1.0 the interface may change in every minor version.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/unspinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/unspinConfig.cmake ${PROJECT_BINARY_DIR}/unspinConfigVersion.cmake
  DESTINATION ${package_folder} COMPONENT development)
install(EXPORT unspin NAMESPACE unspin:: FILE unspinTargets.cmake DESTINATION ${package_folder} COMPONENT development)

# The package files of pkg-config find the prefix from where they stand, so that a prefix can be moved.
file(RELATIVE_PATH pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
foreach(name unspin unspin-render)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT licence)
