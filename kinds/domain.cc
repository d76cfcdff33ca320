// Everything quoin knows about domains; their constraints are objects of their own.
#include "base/print.h"
#include "kinds/carried.h"
#include "kinds/domain_check.h"
#include "kinds/list.h"
#include "kinds/reading.h"

namespace quoin {
namespace {
Text set_default(const Object& from, const Object& to);
Text set_not_null(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> type{*this, "type", "the type it narrows", {.role = Role::type}};
  Field<Text> collation{*this, "collation", "how its texts sort", {.role = Role::collation}};
  Field<Text> default_value{
      *this, "default", "value where a row gives none", {.role = Role::expression, .alter = set_default}};
  Field<bool> not_null{*this, "not_null", "rejects null", {.alter = set_not_null}};
} fields;

Text alter(Id id, std::string_view action) { return concat("ALTER DOMAIN ", qualified(id), " ", action); }

Text set_default(const Object&, const Object& to) {
  return alter(to.id, to.has(fields.default_value) ? concat("SET DEFAULT ", to[fields.default_value]) : "DROP DEFAULT");
}
Text set_not_null(const Object&, const Object& to) {
  return alter(to.id, to[fields.not_null] ? "SET NOT NULL" : "DROP NOT NULL");
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

// What a domain stands for never changes: a new one takes the name, and its users move over.
Steps rewrite(const Delta& delta) {
  const Text aside = object_name(delta.id->name, "", "old");
  const Slots name = type_slot(*delta.to);
  Step renamed{.sql = concat("ALTER DOMAIN ", qualified(delta.id), " RENAME TO ", quote_ident(aside)), .frees = name};
  Step gone{.sql = concat("DROP DOMAIN ", quote_qualified(schema_of(delta.id)->name, aside)), .drops = {delta.id}};
  gone.hazards.push_back({"rewrite", concat("every table with a column of ", path(delta.id), " is rewritten")});
  gone.releases = delta.from->needs;
  return {renamed, made(*delta.to), gone};
}
Change change(const Delta& delta, const Users&) { return rewrite(delta); }

Follow follow(const Object& domain, const Object&) {
  return rewrite({.id = domain.id, .changed = {}, .from = &domain, .to = &domain});
}

Text catalog(int) {
  return concat(
      R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, array['1247:' || t.typarray || ':0'] as also,
  pg_catalog.format_type(t.typbasetype, t.typtypmod) as type,
  case when t.typcollation <> b.typcollation then (select case cn.nspname when 'pg_catalog' then '' else pg_catalog.quote_ident(cn.nspname) || '.' end
    || pg_catalog.quote_ident(co.collname)
    from pg_catalog.pg_collation co join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
    where co.oid = t.typcollation) end as collation,
  pg_catalog.pg_get_expr(t.typdefaultbin, 0) as "default", t.typnotnull as not_null)",
      owner_column({"DOMAIN", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}),
      R"(
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type b on b.oid = t.typbasetype
where t.typtype = 'd' and n.nspname <> 'information_schema')");
}

void read_constraint(ast::Node constraint, Object& domain, Reading& reading) {
  const std::string_view type = constraint["contype"].text();
  if (type == "CONSTR_NOTNULL") domain.put(fields.not_null, true);
  if (type == "CONSTR_NULL") domain.put(fields.not_null, false);
  if (type == "CONSTR_DEFAULT") domain.put(fields.default_value, ast::print(constraint["raw_expr"]));
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
    domain->put(fields.default_value, definition ? ast::print(definition) : Text());
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

constexpr Reader readers[] = {{"CreateDomainStmt", "", read_create}, {"AlterDomainStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind domain_kind{.name = "domain",
                           .key = "domains",
                           .weight = 40,
                           .fields = fields,
                           .traits = has_section,
                           .noun = "DOMAIN",
                           .object_type = "OBJECT_DOMAIN",
                           .parents = parents,
                           .slots = type_slot,
                           .create = create,
                           .change = change,
                           .follow = follow,
                           .catalog = catalog,
                           .readers = readers};
}  // namespace quoin
