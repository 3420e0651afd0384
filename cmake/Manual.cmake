# Manual pages and completions, which the program's own list of commands and options is turned into (tools/packages).
include_guard(GLOBAL)

find_package(Python3 3.9 QUIET COMPONENTS Interpreter)
set(UNSPIN_MANUAL OFF)
if(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(STATUS "No manual pages and no completions: the program that lists its commands cannot run here")
elseif(NOT Python3_Interpreter_FOUND)
  message(STATUS "No manual pages and no completions: Python 3.9 or later was not found")
else()
  set(UNSPIN_MANUAL ON)
  set(manual_folder ${PROJECT_BINARY_DIR}/manual)
  set(scripts ${PROJECT_SOURCE_DIR}/tools/packages)
  add_custom_command(
    OUTPUT ${manual_folder}/made
    COMMAND ${Python3_EXECUTABLE} ${scripts}/write_pages.py $<TARGET_FILE:unspin_cli> ${manual_folder}
    COMMAND ${CMAKE_COMMAND} -E touch ${manual_folder}/made
    DEPENDS unspin_cli ${scripts}/write_pages.py ${scripts}/man_pages.py ${scripts}/completions.py
    COMMENT "Writing manual pages and completions"
    VERBATIM)
  add_custom_target(unspin_manual ALL DEPENDS ${manual_folder}/made)
  install(DIRECTORY ${manual_folder}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT manual)
  install(FILES ${manual_folder}/bash/unspin DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT completions)
  install(FILES ${manual_folder}/fish/unspin.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT completions)
  # Debian's zsh has a folder of its own for the completions of packages (cmake/Packages.cmake).
  install(FILES ${manual_folder}/zsh/_unspin DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT manual)
endif()
