// Everything quoin knows about default privileges: one object for a role that makes things, in one schema or in all.
#include "kinds/access/default_privileges.h"

#include "core/model/space.h"
#include "kinds/access/grant.h"
#include "kinds/users.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> items{*this,
                    "privileges",
                    "grant or revoke, privileges, on which objects, to or from whom: grant select on tables to reader",
                    {.role = Role::default_privilege,
                     .counts = Counts::in_any_order,
                     .access = "what roles may do with what is made from now on",
                     .presence = Presence::filled}};
} fields;

DefaultRights rights_of(const Object& o) { return {o.id, o[fields.items]}; }
DefaultRights no_rights(Id id) { return {id, {}}; }

Steps create(const Object& o) {
  Steps steps;
  for (Text& sql : rights_of(o).statements(no_rights(o.id))) steps.push_back(making(o, std::move(sql)));
  return steps;
}
std::vector<Hazard> hazards_of_drop(const Object& o, const Object* after) {
  return after ? std::vector<Hazard>() : hazards_of(fields.items, o.id);
}
std::vector<Hazard> hazards_of_access(const Delta& delta, const Users& users) {
  const Id schema = delta.id->parent;
  const bool was_there = (!schema || users.from.find(schema)) && users.has_rows_before();
  return delta.from || !was_there ? std::vector<Hazard>() : hazards_of(fields.items, delta.id);
}
Steps drop(const Object& o) { return dropping_by(o, no_rights(o.id).statements(rights_of(o))); }

Change change(const Delta& delta, const Users&) {
  Steps steps;
  for (Text& sql : rights_of(*delta.to).statements(rights_of(*delta.from)))
    steps.push_back(in_place(delta, std::move(sql)));
  return steps;
}

void derive(Object& o, Schema&) { o.put(fields.items, rights_of(o).items()); }

bool holds_anyway(const Object& o, const Schema&) { return !o.has(fields.items); }

// A row of pg_default_acl a role, schema and sort of objects; in all schemas it begins with what is so anyway, by
// acldefault(), whose letter of sequences is another.
Text catalog(std::string_view parent_class, std::string_view which) {
  return concat(R"(
with sides as (
  select d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, s.now, e.grantee, e.privilege_type, e.is_grantable
  from pg_catalog.pg_default_acl d cross join lateral (values (true, d.defaclacl), (false, case d.defaclnamespace
    when 0 then pg_catalog.acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end, d.defaclrole)
    end)) s(now, acl)
  cross join lateral pg_catalog.aclexplode(s.acl) e
  where d.defaclnamespace )",
                which, R"(
), items as (
  select a.oid, a.defaclrole, a.defaclnamespace, pg_catalog.format('%s %s on %s %s %s%s',
    case when a.now then 'grant' else 'revoke' end, pg_catalog.lower(a.privilege_type),
    case a.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then
      'types' when 'n' then 'schemas' when 'L' then 'large objects' end,
    case when a.now then 'to' else 'from' end,
    case when a.grantee = 0 then 'public' when a.grantee = a.defaclrole and r.rolname = current_user then
      'current_user' else pg_catalog.quote_ident(r.rolname) end,
    case when a.now and a.is_grantable then ' with grant option' else '' end) as item
  from sides a left join pg_catalog.pg_roles r on r.oid = a.grantee
  where (a.grantee = 0 or r.oid is not null) and not exists (select from sides b where b.oid = a.oid
    and b.now <> a.now and b.grantee = a.grantee and b.privilege_type = a.privilege_type
    and (not a.now or b.is_grantable = a.is_grantable))
)
select 826 as class, pg_catalog.min(i.oid) as oid, 0 as sub, )",
                parent_class, R"( as parent_class, i.defaclnamespace as parent_oid, 0 as parent_sub,
  case min(r.rolname) when current_user then 'current_user' else )",
                role_called_sql("min(r.rolname)"), R"( end as name,
  pg_catalog.array_agg(i.item) as privileges,
  pg_catalog.array_agg(distinct '826:' || i.oid || ':0') as also
from items i join pg_catalog.pg_roles r on r.oid = i.defaclrole
group by i.defaclrole, i.defaclnamespace)");
}
Text catalog_in_schemas(int) { return catalog("2615", "<> 0"); }
Text catalog_in_all(int) { return catalog("0", "= 0"); }

void apply(ast::Node action, const Kind& kind, const Slot& place, Reading& reading) {
  Schema& schema = reading.schema();
  const Id id = schema.ids().of(kind, place.scope, place.name);
  Object* old = schema.find(id);
  DefaultRights rights(id, old ? (*old)[fields.items] : std::span<const Text>());
  rights.apply(action, schema.major);
  List items = rights.items();
  if (items.empty()) return schema.remove(id);
  Object* object = old ? reading.change(id) : reading.make(kind, place.scope, place.name);
  if (object) object->put(fields.items, std::move(items));
}

/// What an option of ALTER DEFAULT PRIVILEGES names: FOR ROLE, IN SCHEMA.
std::vector<ast::Node> named_by(ast::Node statement, std::string_view option_name) {
  std::vector<ast::Node> all;
  for (ast::Node option : statement["options"])
    if (option["defname"].text() == option_name)
      for (ast::Node one : option["arg"]) all.push_back(one);
  return all;
}

void read_alter(ast::Node statement, Reading& reading) {
  List roles;
  for (ast::Node role : named_by(statement, "roles")) roles.push_back(role_of_grant(role));
  if (roles.empty()) roles.emplace_back(session_role);
  const std::vector<ast::Node> schemas = named_by(statement, "schemas");
  for (const Text& role : roles) {
    if (schemas.empty())
      apply(statement["action"], default_privileges_in_all_kind, {space::role, Id(), role, {}}, reading);
    for (ast::Node name : schemas) {
      const Id schema = reading.find_object(schema_kind.object_type, name);
      if (schema && may_lie_in(default_privileges_kind, schema))
        apply(statement["action"], default_privileges_kind, {space::role, schema, role, {}}, reading);
    }
  }
}

constexpr StatementReader readers[] = {{"AlterDefaultPrivilegesStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};

bool are_default_privileges(const Object& o) {
  return o.id->kind == &default_privileges_kind || o.id->kind == &default_privileges_in_all_kind;
}
}  // namespace

DefaultPrivileges::DefaultPrivileges(const Schema& schema) {
  schema.each([&](const Object& object) {
    if (are_default_privileges(object)) all_.push_back(rights_of(object));
  });
  std::ranges::sort(all_, {}, [](const DefaultRights& one) { return one.id(); });
}

DefaultPrivileges DefaultPrivileges::of_session(std::span<const Id> made, const Schema& schema) {
  DefaultPrivileges mine;
  const auto add = [&](const Kind& kind, Id home) {
    for (const Text& role : {Text(session_role), schema.made_by})
      if (const Object* object = schema.find(kind, home, role); object && !role.empty())
        mine.all_.push_back(rights_of(*object));
  };
  add(default_privileges_in_all_kind, Id());
  std::vector<Id> homes;
  for (Id id : made)
    if (const Id home = schema_of(id); home && !std::ranges::count(homes, home)) homes.push_back(home);
  for (Id home : homes) add(default_privileges_kind, home);
  std::ranges::sort(mine.all_, {}, [](const DefaultRights& one) { return one.id(); });
  return mine;
}

void rename_in_default_privileges(Schema& schema, const Text& old_role, const Text& role) {
  schema.each([&](Object& object) {
    if (!are_default_privileges(object)) return;
    DefaultRights rights = rights_of(object);
    rights.rename_role(old_role, role);
    object.put(fields.items, rights.items());
  });
}

void settle_default_privileges(Schema& schema, int major) {
  schema.each([&](Object& object) {
    if (!are_default_privileges(object)) return;
    DefaultRights rights = rights_of(object);
    rights.settle(major);
    object.put(fields.items, rights.items());
  });
}

constexpr Kind default_privileges_kind{
    .name = "default privileges",
    .key = "default_privileges",
    .weight = 286,
    .fields = fields,
    .traits = replaceable | dropped_with_parent | has_section | rules_new,
    .addressed = &by_parent,
    .parents = parents,
    .named_after = space::role,
    .matter = Matter::grant,
    .holds_anyway = holds_anyway,
    .sql = {.create = create, .drop = drop, .change = change},
    .cost = {.of_drop = hazards_of_drop, .of_access = hazards_of_access},
    .reading = {.catalog = catalog_in_schemas, .readers = readers, .derive = derive}};
constexpr Kind default_privileges_in_all_kind{.name = "default privileges in all schemas",
                                              .key = "default_privileges_in_all_schemas",
                                              .weight = 285,
                                              .fields = fields,
                                              .traits = replaceable | has_section | rules_new,
                                              .addressed = &by_parent,
                                              .named_after = space::role,
                                              .matter = Matter::grant,
                                              .holds_anyway = holds_anyway,
                                              .sql = {.create = create, .drop = drop, .change = change},
                                              .cost = {.of_drop = hazards_of_drop, .of_access = hazards_of_access},
                                              .reading = {.catalog = catalog_in_all, .derive = derive}};
}  // namespace quoin
