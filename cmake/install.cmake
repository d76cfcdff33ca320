# What `cmake --install` gives: the program, the public headers, one static library with all rooms that it needs and
# libpg_query in it, a CMake package and a pkg-config file. What it links besides stays the system's.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(installed_rooms base sql postgres model kinds names normal migrations replay yaml diff catalog rows runner project library)
set(installed_archives)
foreach(room IN LISTS installed_rooms)
  list(APPEND installed_archives $<TARGET_FILE:quoin_${room}>)
endforeach()

set(QUOIN_LINK_FLAGS "")
if(QUOIN_SANITIZE)
  set(QUOIN_LINK_FLAGS "-fsanitize=address,undefined")
elseif(QUOIN_SANITIZE_THREADS)
  set(QUOIN_LINK_FLAGS "-fsanitize=thread")
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/quoin)
file(RELATIVE_PATH QUOIN_PREFIX_OF_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/quoin.pc.in ${CMAKE_BINARY_DIR}/quoin.pc @ONLY)
configure_package_config_file(cmake/quoin-config.cmake.in ${CMAKE_BINARY_DIR}/quoin-config.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/quoin-config-version.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS quoin)
install(DIRECTORY include/quoin DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(CODE "set(archives \"${installed_archives};${PgQuery_LIBRARY}\")\nset(archiver \"${CMAKE_AR}\")\nset(work \"${CMAKE_BINARY_DIR}\")")
install(SCRIPT cmake/merge_archives.cmake)
install(FILES ${CMAKE_BINARY_DIR}/libquoin.a DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${CMAKE_BINARY_DIR}/quoin-config.cmake ${CMAKE_BINARY_DIR}/quoin-config-version.cmake DESTINATION ${package_dir})
install(FILES ${CMAKE_BINARY_DIR}/quoin.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
