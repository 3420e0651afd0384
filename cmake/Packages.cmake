# The .deb that CPack makes, with the preset `deb` (tools/dev/deb): the program, manual pages, completions, and what Debian wants
# beside them. It depends on the libraries of the release that it was built on; dpkg-shlibdeps finds which.
include_guard(GLOBAL)

set(UNSPIN_PACKAGE_CONTACT "unspin maintainers <maintainers@unspin.invalid>" CACHE STRING "Who the .deb names as its maintainer")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR unspin)
set(CPACK_PACKAGE_CONTACT ${UNSPIN_PACKAGE_CONTACT})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "finds the original of a rewritten news article")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Compares news articles with an archive of originals and says how far each was
rewritten, how likely it is that it derives from one of them, and why.
It also clusters the near-duplicates of a corpus. Text, pages, JSON, CSV,
web archives and feeds are read. Parquet is not, because Debian has no
package of Apache Arrow.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program completions debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_NAME unspin)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS OFF)
if(UNSPIN_CASES_FOUND)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS libcurl4)  # loaded by `unspin watch --cases` alone, so dpkg-shlibdeps does not see it
endif()
# Files of a user with another umask are installed as Debian wants them.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
                                                WORLD_EXECUTE)
include(CPack)

if(UNSPIN_MANUAL AND EXISTS /etc/debian_version)
  set(debian_folder ${PROJECT_BINARY_DIR}/debian)
  set(script ${PROJECT_SOURCE_DIR}/tools/packages/debian_files.py)
  add_custom_command(
    OUTPUT ${debian_folder}/made
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${debian_folder}
    COMMAND ${Python3_EXECUTABLE} ${script} ${PROJECT_SOURCE_DIR} ${manual_folder}
            ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE} ${UNSPIN_PACKAGE_CONTACT} ${debian_folder}
    COMMAND ${CMAKE_COMMAND} -E touch ${debian_folder}/made
    DEPENDS ${manual_folder}/made ${script} ${PROJECT_SOURCE_DIR}/CHANGELOG.md
    COMMENT "Writing Debian's files"
    VERBATIM)
  add_custom_target(unspin_debian ALL DEPENDS ${debian_folder}/made)
  if(TARGET unspin::server)
    install(FILES ${PROJECT_SOURCE_DIR}/tools/server/deploy/unspin.service DESTINATION lib/systemd/system COMPONENT debian
      EXCLUDE_FROM_ALL)
    if(UNSPIN_CASES_FOUND)
      install(FILES ${PROJECT_SOURCE_DIR}/tools/server/deploy/unspin-watch.service DESTINATION lib/systemd/system
        COMPONENT debian EXCLUDE_FROM_ALL)
    endif()
    install(FILES ${PROJECT_SOURCE_DIR}/tools/server/deploy/nginx.conf DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
      COMPONENT debian EXCLUDE_FROM_ALL)
  endif()
  install(DIRECTORY ${debian_folder}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT debian EXCLUDE_FROM_ALL)
  install(DIRECTORY ${debian_folder}/doc/ DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)
  install(FILES ${manual_folder}/zsh/_unspin DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT debian
    EXCLUDE_FROM_ALL)
endif()
