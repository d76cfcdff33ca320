// SOURCEs: where a schema is read from (DESIGN 1), and reading them.
#pragma once
#include "core/model/schema.h"
#include "core/postgres/postgres.h"
#include "core/postgres/shadow.h"
#include "parser/migrations/migration.h"
#include "project/settings.h"

namespace quoin {

enum class SourceForm { database, yaml, sql, migrations, empty };
struct SchemaSource {
  SourceForm form;
  Text where;         // URL, file or folder
  Text name() const;  // for people, without a password
};
/// Reads `yaml:…`, `db:…` and the like, else looks at what is there. Throws Error(input) that says what was looked for.
SchemaSource parse_source(const Text& text);
/// The YAML files of a schema source: one file, or those of a folder, ordered by name, in folders below
/// and where links lead, too. What only looks like one, as x.yaml.bak, goes to `left_out`.
List yaml_files(const Text& where, List& left_out);

/// Reads without a server (a database: from it). Mistakes in files are printed as findings, all of them, and then
/// thrown as one Error(input). Notes of the reader are in Schema::notes.
Schema read_source(const SchemaSource&, Ids&, const Settings&);
/// What the up sections of these make, one after the other, without a server.
Schema read_migrations(const std::vector<Migration>&, Ids&, const Settings&);
Schema read_live(postgres::Connection&, Ids&, const Settings&);

/// Throws Error(usage) for what is neither auto, off nor the URL of a server.
void check_shadow(std::string_view option);
/// --shadow auto|off|URL. nullopt: off, or auto on a machine without server programs (said with --verbose).
std::optional<Shadow> open_shadow(const Text& option, std::optional<int> major, const Settings&);

/// What to do where a scratch server lacks a role that the schema names: a private one may be given it.
enum class Roles { as_they_are, made_when_missing };
/// The role for want of which a statement failed, told from a private server's words, which are English; empty: none.
Text missing_role(const Error&);
/// Makes the role for want of which a statement failed. False: it failed for another reason, or none may be made.
bool make_missing_role(postgres::Connection&, const Error&, Roles);
/// Builds what an SQL file or migrations say in a scratch database. Throws Error(database) naming the statement.
void build(postgres::Connection&, const SchemaSource&, Roles, const Settings&);
struct ScriptText {
  Text file, sql;
  int line = 1;  // where `sql` begins in the file
};
/// All of a text on a shadow server: in one transaction, or a statement at a time where something in it cannot be in
/// one. Subscriptions, which would reach for another server, do what they can without it.
void run_script(postgres::Connection&, const ScriptText&, Roles);

/// A schema as far as quoin can make it in an empty database, and what hangs on the rest, by path.
struct Makeable {
  std::optional<Schema> part;  // no value: all of it
  List hanging;                // without what lies in another of these
};
Makeable makeable(const Schema&);
/// The statements that make all of a schema in an empty database.
Text creation_sql(const Schema&);

}  // namespace quoin
