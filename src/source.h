// SOURCEs: where a schema is read from (DESIGN 1), and reading them.
#pragma once
#include "base/postgres.h"
#include "base/shadow.h"
#include "command.h"
#include "kinds/schema.h"

namespace quoin {

enum class SourceForm { database, yaml, sql, migrations, empty };
struct SchemaSource {
  SourceForm form;
  Text where;         // URL, file or folder
  Text name() const;  // for people, without a password
};
/// Reads `yaml:…`, `db:…` and the like, else looks at what is there. Throws Error(input) that says what was looked for.
SchemaSource parse_source(const Text& text);
/// The YAML files of a schema source: one file, or those of a folder, ordered by name; *.schema.json is no schema.
List yaml_files(const Text& where);

/// Reads without a server (a database: from it). Mistakes in files are printed as findings, all of them, and then
/// thrown as one Error(input). Notes of the reader are in Schema::notes.
Schema read_source(const SchemaSource&, Ids&, const Settings&);
Schema read_live(postgres::Connection&, Ids&, const Settings&);

/// --shadow auto|off|URL. nullopt: off, or auto on a machine without server programs (said with --verbose).
std::optional<Shadow> open_shadow(const Text& option, std::optional<int> major, const Settings&);

/// Builds what SQL text, migrations or steps say in a scratch database, a statement at a time where it cannot be one
/// transaction. Throws Error(database) naming the statement that failed.
void build(postgres::Connection&, const SchemaSource&, const Settings&);
void run_script(postgres::Connection&, const Text& sql, const Text& file);

/// The statements that make all of a schema in an empty database.
Text creation_sql(const Schema&);

}  // namespace quoin
