// Sources: where a schema is read from (SOURCE on the command line), and reading them.
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
/// Understands `yaml:…`, `db:…` and the like; else looks at what the path is. Throws Error(input) that says what was
/// looked for.
SchemaSource parse_source(const Text& text);
/// The YAML files of a schema source: one file, or those of a folder and the folders below it, ordered by name; links
/// are followed. A file that only looks like one, as x.yaml.bak, is added to `left_out`.
List yaml_files(const Text& where, List& left_out);

/// Reads a source without a server (a database from its own). The Audience hears all mistakes in files as findings;
/// then one Error(input) is thrown. Notes of the reader are in Schema::notes.
Schema read_source(const SchemaSource&, Ids&, const Settings&);
/// The same, where documents may name what `other` has and `manage` says is not quoin's, which is added.
Schema read_beside(const SchemaSource&, Ids&, const Schema& other, const Settings&);
/// read_source() without what is not managed, and the tables in which other tools keep their history: what is
/// documented.
Schema read_managed(const SchemaSource&, Ids&, const Settings&);
/// The schema that the up sections of these make, one after the other, without a server.
Schema read_migrations(const std::vector<Migration>&, Ids&, const Settings&);
/// `lock_timeout`: as ReadOptions has it.
Schema read_live(postgres::Connection&, Ids&, const Settings&, const Text& lock_timeout = "0");

/// Throws Error(usage) for what is neither auto, off nor the URL of a server.
void check_shadow(std::string_view option);
/// The shadow server that --shadow auto|off|URL names. nullopt: off, or auto on a machine without server programs,
/// which is a detail to the Audience.
std::optional<Shadow> open_shadow(const Text& option, std::optional<int> major, const Settings&);

/// What to do where a scratch server lacks a role that the schema names: a private server may be given it.
enum class Roles { as_they_are, made_when_missing };
/// The missing role that made a statement fail, read from a private server's message, which is English; empty: it is no
/// missing role.
Text missing_role(const Error&);
/// Creates the missing role that made a statement fail. False: it failed for another reason, or no role may be created.
bool make_missing_role(postgres::Connection&, const Error&, Roles);
/// Calls `run`, and again as often as it fails for want of a role that may be created.
template <class Run>
void making_roles(postgres::Connection& connection, Roles roles, Run run) {
  for (;;) {
    try {
      return run();
    } catch (const Error& error) {
      if (!make_missing_role(connection, error, roles)) throw;
    }
  }
}
/// Runs an SQL file, or migrations, in a scratch database. Throws Error(database) naming the statement.
void build(postgres::Connection&, const SchemaSource&, Roles, const Settings&);
struct ScriptText {
  Text file, sql;
  int line = 1;  // where `sql` begins in the file
};
/// Runs a whole script on a shadow server: in one transaction, or one statement at a time where some statement cannot
/// be in one. A statement about a subscription runs without the publisher, which it would connect to.
void run_script(postgres::Connection&, const ScriptText&, Roles);

/// The part of a schema that quoin can create in an empty database, and the paths of what needs the rest.
struct Makeable {
  std::optional<Schema> part;  // no value: all of it
  List hanging;                // without what lies in another one of them
};
Makeable makeable(const Schema&);
/// The statements that make all of a schema in an empty database.
Text creation_sql(const Schema&);

}  // namespace quoin
