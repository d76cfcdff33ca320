// Everything quoin knows about check constraints of tables.
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/column/column.h"
#include "kinds/table/inheritance.h"
#include "kinds/table/table_reading.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> expression{
      *this, "expression", "must not be false for any row", {.role = Role::expression, .presence = Presence::filled}};
  Field<bool> no_inherit{*this, "no_inherit", "does not bind tables that inherit"};
  Field<bool> not_valid{*this, "not_valid", "rows of before may break it", {.heirs = Heirs::begin_with_it}};
  Field<bool> not_enforced{*this, "not_enforced", "is written down, not checked (PostgreSQL 18)"};
  Field<bool> inherited{*this,
                        "inherited",
                        "is there by what its table inherits alone, not of its own besides",
                        {.counts = Counts::once}};
  Field<bool> validated{*this,
                        "validated",
                        "holds for all rows of this table, though the parent's is NOT VALID",
                        {.counts = Counts::once, .heirs = Heirs::have_their_own}};
} fields;

Steps create(const Object& check) {
  const bool unchecked = check[fields.not_valid] || check[fields.not_enforced];
  Step step = adding_constraint(
      check, concat("CHECK ", in_parentheses(check[fields.expression]), check[fields.no_inherit] ? " NO INHERIT" : "",
                    check[fields.not_enforced] ? " NOT ENFORCED" : "",
                    check[fields.not_valid] && !check[fields.not_enforced] ? " NOT VALID" : ""));
  forget_leader(step, check);
  // In CREATE TABLE the server takes NOT VALID for granted to be needless, and leaves it out.
  if (check[fields.not_valid]) step.host = Id();
  const bool has_rows = check.id->parent->kind->has(holds_rows);
  if (!unchecked && has_rows) step.hazards = {{"may-fail", concat(path(check.id), ": fails where a row breaks it")}};
  return only(std::move(step));
}

Change change(const Delta& delta, const Users&) {
  FieldSet valid_alone;
  valid_alone.set(fields.not_valid.ordinal);
  if (delta.changed != valid_alone || (*delta.to)[fields.not_valid]) return Cannot{"its definition cannot change"};
  Step step = in_place(delta, alter_table(delta.id->parent, "VALIDATE CONSTRAINT " + quote_ident(delta.id->name)));
  step.hazards = {{"may-fail", concat(path(delta.id), ": fails where a row breaks it")}};
  return only(std::move(step));
}

// The server brings it through a column's new type, but not its constants, which have the old one.
Follow on_rebuild(const Delta& check, const Rebuilt& rebuilt, const Users& users) {
  const bool stays = server_follows(*check.to, rebuilt.object) && !changes_meaning(rebuilt.object, users);
  return stays ? Follow(Unaffected{}) : Follow(Replaced{});
}

Text catalog(int server_version) {
  return concat(
      R"(
select 2606 as class, k.oid as oid, 0 as sub, 1259 as parent_class, k.conrelid as parent_oid, 0 as parent_sub,
  k.conname as name, pg_catalog.pg_get_expr(k.conbin, k.conrelid) as expression, k.connoinherit as no_inherit,
  k.coninhcount > 0 and not k.conislocal and not c.relispartition as inherited,
  not k.convalidated)",
      server_version >= 180000 ? " and k.conenforced as not_valid, not k.conenforced as not_enforced" : " as not_valid",
      R"(
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
where k.contype = 'c' and )",
      users_table("c"));
}

void columns_in(ast::Node node, List& names) {
  if (node.is("ColumnRef") && node["fields"].size() > 0) {
    const Text name(node["fields"].items().back().text());
    if (!std::ranges::count(names, name)) names.push_back(name);
    return;
  }
  for (const auto& [field, value] : node.fields()) columns_in(value, names);
  for (ast::Node item : node.items()) columns_in(item, names);
}

void read(ast::Node constraint, Reading& reading) {
  const Id table = table_under(reading);
  if (!table) return;
  List mentioned;
  columns_in(constraint["raw_expr"], mentioned);
  if (mentioned.size() != 1) mentioned.clear();  // named after its only column, else after the table alone
  const Text given = truncate_identifier(constraint["conname"].text());
  Object* check = given.empty() ? nullptr : make_own_besides(check_kind, table, given, reading);
  if (!check) check = reading.make(check_kind, table, constraint_name(constraint, reading, mentioned, "check"));
  if (!check) return;
  check->put(fields.expression, reading.printed(constraint["raw_expr"]));
  check->put(fields.no_inherit, constraint["is_no_inherit"].flag());
  check->put(fields.not_enforced, constraint["not_enforced"].flag());
  check->put(fields.not_valid, constraint["skip_validation"].flag() && !constraint["not_enforced"].flag());
}

// An heir that is made later has it validated, since it is empty then.
void want_made_first(Object& check, Id heir, const Schema& schema) {
  const Object* same = schema.find(check_kind, heir, check.id->name);
  if (same && (*same)[fields.not_valid] && inherited_from(*same) == check.id) check.want(heir);
}

void derive(Object& check, Schema& schema) {
  check.put(fields.expression, settled(check[fields.expression]));
  derive_inheritance(check, schema);
  if (check[fields.not_valid])
    for (const Id heir : heirs_of(check.id->parent, schema)) want_made_first(check, heir, schema);
  follow_validity(check, schema);
}

Steps validate(const Object& check) { return validate_alone(check, check.id->name); }

Object* like(const Object& original, Id table, const Like& like) {
  Object* check =
      like.includes(Including::constraints) ? copied(original, table, original.id->name, like.reading) : nullptr;
  if (check) check->put(fields.inherited, Value());
  return check;
}

constexpr StatementReader readers[] = {{"Constraint", "CONSTR_CHECK", read}};
constexpr std::string_view parents[] = {"table", "foreign table"};
}  // namespace

constexpr Kind check_kind{.name = "check",
                          .key = "checks",
                          .weight = 140,
                          .fields = fields,
                          .traits = replaceable | dropped_with_parent | dropped_with_column | calls_when_made,
                          .noun = "CONSTRAINT",
                          .object_type = "OBJECT_TABCONSTRAINT",
                          .addressed = &by_relation,
                          .space = space::constraint,
                          .parents = parents,
                          .follows = inherited_from,
                          .own_besides = own_besides,
                          .sql = {.create = create,
                                  .drop = drop_constraint,
                                  .change = change,
                                  .on_rebuild = on_rebuild,
                                  .rename = rename_constraint,
                                  .after_leader = validate},
                          .reading = {.catalog = catalog, .readers = readers, .derive = derive, .like = like}};
}  // namespace quoin
