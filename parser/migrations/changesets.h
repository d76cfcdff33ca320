// Liquibase's formatted SQL: the changesets of one file.
#pragma once
#include "parser/migrations/contexts.h"
#include "parser/migrations/migration.h"

namespace quoin {

/// True if a text begins as formatted SQL does: `--liquibase formatted sql`.
bool is_formatted_sql(std::string_view text);

struct ChangesetFile {
  Text file;                 // the file to read
  Text path;                 // under which its changesets are known: "changelog/01-base.sql"
  ChangesetLimits limits{};  // what the includes that lead to it say
};

/// What the files of a folder have in common while they are read.
struct ChangesetReading {
  Findings& left_out;
  Variables& variables;  // of --property lines
  const ChangesetFilter& filter;
};

/// True if a list of databases, as `dbms:` takes it, has PostgreSQL; an empty one has all.
bool is_for_postgresql(const Text& databases);

/// The changesets as migrations, in the file's order; the version of each is "path::id::author", as databasechangelog
/// names it. One that does not run on PostgreSQL or by the filter, or is to be ignored, is added to `left_out`;
/// `--property` lines to `variables`. Throws Error(Code::input) with the place for a changeset without author and id,
/// and for SQL that belongs to no changeset.
std::vector<Migration> read_changesets(const ChangesetFile&, const ChangesetReading&);

}  // namespace quoin
