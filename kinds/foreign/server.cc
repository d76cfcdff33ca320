// Everything quoin knows about foreign servers.
#include "kinds/access/carried.h"
#include "kinds/access/grantable.h"
#include "kinds/foreign/options.h"
#include "kinds/list.h"

namespace quoin {
namespace {
Text set_version(const Object& from, const Object& to);
Text set_options(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> wrapper{
      *this, "wrapper", "the foreign data wrapper that reaches it", {.role = Role::text, .presence = Presence::filled}};
  Field<Text> type{*this, "type", "what the wrapper makes of it", {.role = Role::text}};
  Field<Text> version{*this, "version", "what the wrapper makes of it", {.role = Role::text, .alter = set_version}};
  Field<List> options{
      *this, "options", "name=value; secrets are left out", {.role = Role::parameter, .alter = set_options}};
  Field<List> secrets{*this,
                      "secrets",
                      "options whose values are secret: set by hand, neither compared nor written",
                      {.role = Role::secret, .counts = Counts::once}};
} fields;

Text set_version(const Object&, const Object& to) {
  const std::string_view version = to[fields.version];
  return concat("ALTER SERVER ", address(to.id), " VERSION ", version.empty() ? Text("NULL") : quote_literal(version));
}
Text set_options(const Object& from, const Object& to) {
  return concat("ALTER SERVER ", address(to.id), options_change(from[fields.options], to[fields.options]));
}

Steps create(const Object& o) {
  const auto given = [&](std::string_view word, const Field<Text>& field) {
    return o.has(field) ? concat(" ", word, " ", quote_literal(o[field])) : Text();
  };
  Step step =
      making(o, concat("CREATE SERVER ", address(o.id), given("TYPE", fields.type), given("VERSION", fields.version),
                       " FOREIGN DATA WRAPPER ", quote_ident(o[fields.wrapper]), options_clause(o[fields.options])));
  step.hazards = hazards_of_secrets(o[fields.secrets], o.id);
  return only(std::move(step));
}

// What it holds are words about another place, no rows.
Change change(const Delta& delta, const Users&) {
  return Cannot{concat("the wrapper and the type of ", path(delta.id), " cannot change")};
}

std::vector<Hazard> hazards_of_drop(const Object& o, const Object*) {
  return hazards_of_lost_secrets(o[fields.secrets], o.id);
}

void derive(Object& server, Schema& schema) {
  set_secrets_aside(server, fields.options, fields.secrets);
  const Text wrapper(server[fields.wrapper]);
  for (const Kind* kind : {&foreign_data_wrapper_kind, &extension_kind})
    if (const Object* there = schema.find(schema.ids().of(*kind, Id(), wrapper))) return server.need(there->id);
}

Text catalog(int) {
  return concat(R"(
select 1417 as class, s.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, s.srvname as name,
  w.fdwname as wrapper, s.srvtype as type, s.srvversion as version, )",
                options_column("s.srvoptions"), " as options, ", secrets_column("s.srvoptions"), " as secrets",
                owner_column({"SERVER", "pg_catalog.format('%I', s.srvname)", "s.srvowner"}), R"(
from pg_catalog.pg_foreign_server s join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw)");
}

void read_create(ast::Node statement, Reading& reading) {
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* server = reading.make(server_kind, Id(), Text(statement["servername"].text()), existing);
  if (!server) return;
  server->put(fields.wrapper, Text(statement["fdwname"].text()));
  server->put(fields.type, Text(statement["servertype"].text()));
  server->put(fields.version, Text(statement["version"].text()));
  server->put(fields.options, options_of(statement["options"]));
  server->put(fields.secrets, secrets_of((*server)[fields.secrets], statement["options"]));
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.schema().ids().of(server_kind, Id(), Text(statement["servername"].text()));
  Object* server = reading.change(id);
  if (!server) return;
  if (statement["has_version"].flag()) server->put(fields.version, Text(statement["version"].text()));
  server->put(fields.options, changed_options((*server)[fields.options], statement["options"]));
  server->put(fields.secrets, secrets_of((*server)[fields.secrets], statement["options"]));
}

constexpr StatementReader readers[] = {{"CreateForeignServerStmt", "", read_create},
                                       {"AlterForeignServerStmt", "", read_alter}};

Text access_lists(int) { return access_lists_of({"1417", "pg_foreign_server", "srvowner", "srvacl", "S"}); }
constexpr Rights rights{"FOREIGN SERVER", &sort_of_foreign_servers, access_lists};
}  // namespace

constexpr Kind server_kind{.name = "server",
                           .key = "servers",
                           .weight = 216,
                           .fields = fields,
                           .traits = replaceable | has_section | has_owner,
                           .noun = "SERVER",
                           .object_type = "OBJECT_FOREIGN_SERVER",
                           .addressed = &by_name,
                           .rights = &rights,
                           .sql = {.create = create, .change = change},
                           .cost = {.of_drop = hazards_of_drop},
                           .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
