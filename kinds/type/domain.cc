// Everything quoin knows about domains; their constraints are objects of their own.
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/column/column.h"
#include "kinds/list.h"
#include "kinds/table/table_reading.h"
#include "kinds/type/domain_check.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> type{*this, "type", "the type it narrows", {.role = Role::type, .presence = Presence::filled}};
  Field<Text> collation{*this, "collation", "how its texts sort", {.role = Role::collation}};
  Field<Text> default_value{*this, "default", "value where a row gives none", {.role = Role::expression}};
  Field<bool> not_null{*this, "not_null", "rejects null"};
} fields;

Text alter(Id id, std::string_view action) { return concat("ALTER DOMAIN ", qualified(id), " ", action); }

Text set_default(const Object& to) {
  return alter(to.id, to.has(fields.default_value) ? concat("SET DEFAULT ", to[fields.default_value]) : "DROP DEFAULT");
}

Text definition(const Object& domain) {
  Text sql = concat("CREATE DOMAIN ", qualified(domain.id), " AS ", domain[fields.type]);
  if (domain.has(fields.collation)) sql += concat(" COLLATE ", domain[fields.collation]);
  if (domain.has(fields.default_value)) sql += concat(" DEFAULT ", domain[fields.default_value]);
  if (domain[fields.not_null]) sql += " NOT NULL";
  return sql;
}

Step made(const Object& domain) {
  Step step = making(domain, definition(domain));
  step.separator = " ";
  return step;
}
Steps create(const Object& domain) { return only(made(domain)); }

std::vector<Hazard> null_hazard(const Delta& delta) {
  if (!delta.touches(fields.not_null) || !(*delta.to)[fields.not_null]) return {};
  return {{"may-fail", concat("rows that hold null in ", path(delta.id), " make it fail")}};
}

Change change(const Delta& delta, const Users& users) {
  const bool sets_not_null = delta.touches(fields.not_null) && (*delta.to)[fields.not_null];
  if (delta.touches(fields.type) || delta.touches(fields.collation) ||
      (sets_not_null && !users.storing_inside(delta.id).empty()))
    return swapped_domain(delta, users);
  Steps steps;
  if (delta.touches(fields.default_value)) steps.push_back(in_place(delta, set_default(*delta.to)));
  if (!delta.touches(fields.not_null)) return steps;
  steps.push_back(in_place(delta, alter(delta.id, sets_not_null ? "SET NOT NULL" : "DROP NOT NULL")));
  steps.back().hazards = null_hazard(delta);
  return steps;
}

bool is_of(const Object& domain, Id type) {
  return !type->kind->has(opaque) && holding_of(domain, qualified(type)) != Holding::none;
}

// Under its default alone, that goes and comes back.
Follow on_rebuild(const Delta& domain, const Rebuilt& rebuilt, const Users& users) {
  const bool its_type = is_of(*domain.from, rebuilt.object.id) || is_of(*domain.to, rebuilt.object.id);
  if (its_type && rebuilt.manner == Rebuilt::Manner::anew) return swapped_domain(domain, users);
  Steps steps;
  if (domain.from->has(fields.default_value))
    steps.push_back({.sql = alter(domain.id, "DROP DEFAULT"), .releases = domain.from->needs});
  if (domain.to->has(fields.default_value) && !domain.touches(fields.default_value))
    steps.push_back({.sql = set_default(*domain.to), .needs = domain.to->needs});
  return steps;
}

Text catalog(int) {
  return concat(
      R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, array['1247:' || t.typarray || ':0'] as also,
  pg_catalog.format_type(t.typbasetype, t.typtypmod) as type,
  case when t.typcollation <> b.typcollation then (select pg_catalog.format('%I.%I', cn.nspname, co.collname)
    from pg_catalog.pg_collation co join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
    where co.oid = t.typcollation) end as collation,
  pg_catalog.pg_get_expr(t.typdefaultbin, 0) as "default", t.typnotnull as not_null)",
      owner_column({"DOMAIN", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}),
      R"(
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type b on b.oid = t.typbasetype
where t.typtype = 'd' and n.nspname <> 'information_schema')");
}

void put_default(ast::Node expression, Object& domain, Reading& reading) {
  const bool none = !expression || is_no_default(expression, domain[fields.type], reading.schema());
  domain.put(fields.default_value, none ? Text() : reading.printed(expression));
}

void read_constraint(ast::Node constraint, Object& domain, Reading& reading) {
  const std::string_view type = constraint["contype"].text();
  if (type == "CONSTR_NOTNULL") domain.put(fields.not_null, true);
  if (type == "CONSTR_NULL") domain.put(fields.not_null, false);
  if (type == "CONSTR_DEFAULT") put_default(constraint["raw_expr"], domain, reading);
  if (type == "CONSTR_CHECK") read_domain_check(constraint, domain.id, reading);
}

void read_create(ast::Node statement, Reading& reading) {
  const List names = statement["domainname"].texts();
  const Id schema = reading.creation_schema(statement["domainname"]);
  if (!schema || names.empty()) return;
  Object* domain = reading.make(domain_kind, schema, names.back());
  if (!domain) return;
  domain->put(fields.type, reading.type(statement["typeName"]));
  if (const ast::Node collation = statement["collClause"])
    domain->put(fields.collation, ast::print_name(collation["collname"]));
  for (ast::Node constraint : statement["constraints"]) read_constraint(constraint, *domain, reading);
}

void drop_check(ast::Node statement, Id domain, Reading& reading) {
  const Id check = reading.schema().ids().of(domain_check_kind, domain, Text(statement["name"].text()));
  if (statement["missing_ok"].flag() && !reading.schema().find(check)) return;
  if (reading.change(check)) reading.drop(check, statement["behavior"]);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find("type", statement["typeName"]);
  Object* domain = id ? reading.change(id) : nullptr;
  if (!domain) return;
  if (id->kind != &domain_kind) return reading.unknown(id, concat(path(id), " is no domain"));
  const std::string_view what = statement["subtype"].text();
  const ast::Node definition = statement["def"];
  if (what == "T" || what == "AD_AlterDefault")
    put_default(definition, *domain, reading);
  else if (what == "N" || what == "AD_DropNotNull")
    domain->put(fields.not_null, false);
  else if (what == "O" || what == "AD_SetNotNull")
    domain->put(fields.not_null, true);
  else if (what == "C" || what == "AD_AddConstraint")
    read_constraint(definition, *domain, reading);
  else if (what == "X" || what == "AD_DropConstraint")
    drop_check(statement, id, reading);
  else if (what == "V" || what == "AD_ValidateConstraint")
    validate_domain_check(reading.schema().ids().of(domain_check_kind, id, Text(statement["name"].text())), reading);
}

std::vector<Hazard> hazards_of_move(const Delta& delta, const Users& users) {
  const Typed before{(*delta.from)[fields.type], *delta.from, users.from};
  const Typed after{(*delta.to)[fields.type], *delta.to, users.to};
  std::vector<Hazard> all = conversion_hazards(path(delta.id), before, after);
  std::erase_if(all, [](const Hazard& hazard) { return hazard.rule == "rewrite"; });
  std::ranges::move(null_hazard(delta), std::back_inserter(all));
  users.to.each_child(delta.id, [&](const Object& child) {
    if (child.id->kind == &domain_check_kind)
      std::ranges::move(hazards_of_check(child, users), std::back_inserter(all));
  });
  return all;
}

constexpr StatementReader readers[] = {{"CreateDomainStmt", "", read_create}, {"AlterDomainStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

Steps swapped_domain(const Delta& delta, const Users& users) { return swapped(delta, users, made(*delta.to)); }

constexpr Kind domain_kind{.name = "domain",
                           .key = "domains",
                           .weight = 40,
                           .fields = fields,
                           .traits = has_section | has_owner,
                           .noun = "DOMAIN",
                           .object_type = "OBJECT_DOMAIN",
                           .space = space::type,
                           .parents = parents,
                           .value_type = &fields.type,
                           .rights = &type_rights,
                           .sql = {.create = create, .change = change, .on_rebuild = on_rebuild},
                           .cost = {.of_move = hazards_of_move},
                           .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
