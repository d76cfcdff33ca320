# Finds libpg_query: QUOIN_PG_QUERY_ROOT, else what bootstrap unpacked under build/pg_query, else the system's.
set(_roots ${QUOIN_PG_QUERY_ROOT} ${CMAKE_SOURCE_DIR}/build/pg_query)
find_path(PgQuery_INCLUDE_DIR pg_query.h HINTS ${_roots} PATH_SUFFIXES usr/include include)
find_library(PgQuery_LIBRARY NAMES libpg_query.a HINTS ${_roots}
             PATH_SUFFIXES usr/lib/${CMAKE_LIBRARY_ARCHITECTURE} usr/lib/x86_64-linux-gnu usr/lib/aarch64-linux-gnu usr/lib lib)
find_library(PgQuery_PROTOBUF_C NAMES protobuf-c)
find_library(PgQuery_XXHASH NAMES xxhash)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PgQuery REQUIRED_VARS PgQuery_LIBRARY PgQuery_INCLUDE_DIR PgQuery_PROTOBUF_C PgQuery_XXHASH)
if(PgQuery_FOUND AND NOT TARGET PgQuery::PgQuery)
  add_library(PgQuery::PgQuery STATIC IMPORTED)
  set_target_properties(PgQuery::PgQuery PROPERTIES IMPORTED_LOCATION ${PgQuery_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${PgQuery_INCLUDE_DIR}
    INTERFACE_LINK_LIBRARIES "${PgQuery_PROTOBUF_C};${PgQuery_XXHASH};pthread;m")
endif()
