// Everything quoin knows about user mappings: as whom a role goes to a server.
#include "kinds/access/grant.h"
#include "kinds/foreign/options.h"
#include "kinds/list.h"

namespace quoin {
namespace {
Text set_options(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> options{
      *this, "options", "name=value; secrets are left out", {.role = Role::parameter, .alter = set_options}};
  Field<List> secrets{*this,
                      "secrets",
                      "options whose values are secret: set by hand, neither compared nor written",
                      {.role = Role::secret, .counts = Counts::once}};
} fields;
constexpr std::string_view parents[] = {"server"};

Text of_whom(Id mapping) {
  return concat("USER MAPPING FOR ", grantee(mapping->name), " SERVER ", quote_ident(mapping->parent->name));
}
Text set_options(const Object& from, const Object& to) {
  return concat("ALTER ", of_whom(to.id), options_change(from[fields.options], to[fields.options]));
}

Steps create(const Object& o) {
  Step step = making(o, concat("CREATE ", of_whom(o.id), options_clause(o[fields.options])));
  step.hazards = hazards_of_secrets(set_by_hand(o), o.id);
  return only(std::move(step));
}
Steps drop(const Object& o) { return only(dropping(o, concat("DROP ", of_whom(o.id)))); }

std::vector<Hazard> hazards_of_drop(const Object& o, const Object*) {
  if (o.unread.any())
    return {{"data-loss", concat("drops ", path(o.id), " and its options, which the role that read it may not see")}};
  return hazards_of_lost_secrets(o[fields.secrets], o.id);
}

void derive(Object& mapping, Schema&) { set_secrets_aside(mapping, fields.options, fields.secrets); }

// The table of mappings is not for everybody to read, its view is, which hides the options of others: from whom, its
// definition says. Only its owner's rights on it tell "none" from "hidden".
constexpr std::string_view is_hidden = R"(m.umoptions is null and not coalesce(
    (m.umuser <> 0 and m.usename = current_user
      and (pg_catalog.pg_has_role(s.srvowner, 'USAGE') or pg_catalog.has_server_privilege(s.oid, 'USAGE')))
    or (m.umuser = 0 and pg_catalog.pg_has_role(s.srvowner, 'USAGE'))
    or pg_catalog.current_setting('is_superuser')::pg_catalog.bool, false))";

Text catalog(int) {
  return concat(R"(
select 1418 as class, m.umid as oid, 0 as sub, 1417 as parent_class, m.srvid as parent_oid, 0 as parent_sub,
  case m.umuser when 0 then 'public' else )",
                role_called_sql("m.usename"), R"( end as name, )", options_column("m.umoptions"), " as options, ",
                secrets_column("m.umoptions"), " as secrets, ", is_hidden, R"( as "?options", )", is_hidden,
                R"( as "?secrets"
from pg_catalog.pg_user_mappings m join pg_catalog.pg_foreign_server s on s.oid = m.srvid
where m.umuser = 0 or m.usename is not null)");
}

/// The mapping that a statement names; null where the server is not there.
Id mapping_of(ast::Node statement, Reading& reading) {
  const Id server = reading.find_object("OBJECT_FOREIGN_SERVER", statement["servername"]);
  if (!server || server->kind != &server_kind) return {};
  return reading.schema().ids().of(user_mapping_kind, server, role_of_grant(statement["user"]));
}

void read_create(ast::Node statement, Reading& reading) {
  const Id id = mapping_of(statement, reading);
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* mapping = id ? reading.make(user_mapping_kind, id->parent, id->name, existing) : nullptr;
  if (!mapping) return;
  mapping->put(fields.options, options_of(statement["options"]));
  mapping->put(fields.secrets, secrets_of((*mapping)[fields.secrets], statement["options"]));
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = mapping_of(statement, reading);
  Object* mapping = id ? reading.change(id) : nullptr;
  if (!mapping) return;
  mapping->put(fields.options, changed_options((*mapping)[fields.options], statement["options"]));
  mapping->put(fields.secrets, secrets_of((*mapping)[fields.secrets], statement["options"]));
}

void read_drop(ast::Node statement, Reading& reading) {
  const Id id = mapping_of(statement, reading);
  if (id && (reading.schema().find(id) || !statement["missing_ok"].flag())) reading.drop(id, ast::Node());
}

constexpr StatementReader readers[] = {{"CreateUserMappingStmt", "", read_create},
                                       {"AlterUserMappingStmt", "", read_alter},
                                       {"DropUserMappingStmt", "", read_drop}};
}  // namespace

constexpr Kind user_mapping_kind{.name = "user mapping",
                                 .key = "user_mappings",
                                 .weight = 218,
                                 .fields = fields,
                                 .traits = replaceable,
                                 .addressed = &by_parent,
                                 .parents = parents,
                                 .sql = {.create = create, .drop = drop},
                                 .cost = {.of_drop = hazards_of_drop},
                                 .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
