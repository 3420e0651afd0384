# Installs the package files with which other projects call find_package(unspin CONFIG) and link to unspin::core.
include_guard(GLOBAL)
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/unspin)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/unspinConfig.cmake.in ${PROJECT_BINARY_DIR}/unspinConfig.cmake
  INSTALL_DESTINATION ${package_folder})
# Before 1.0 the interface may change in every minor version.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/unspinConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/unspinConfig.cmake ${PROJECT_BINARY_DIR}/unspinConfigVersion.cmake
  DESTINATION ${package_folder})
install(EXPORT unspin NAMESPACE unspin:: FILE unspinTargets.cmake DESTINATION ${package_folder})
